"""The refinement of five landmarks: python -m retinaface.mesh.train_landmarks NETWORK [--seeds 0 1]

Needs samples of the stage "landmarks". Writes landmarks.pt; prints the mean distance from the teacher's
points over that of the eyes, before and after, on held-out faces seen from the front.
"""

import argparse
import copy

import numpy as np
import torch

from ..common.landmarks68 import VERTICES
from ..common.networks import NETWORKS, Network
from ..common.topology import load_topology
from .head_data import face_targets, join, load_head_data
from .landmark_refinement import LandmarkRefinement
from .samples import HELD, TRAINING_SETS
from .stages import LANDMARKS, stage_file

BATCH, RATE, DECAY, DROPOUT = 256, 2e-3, 0.1, 0.2
LEAST_EYES = 0.25  # face sizes between the eyes


def five_of(points68: torch.Tensor) -> torch.Tensor:
    """Eyes' centres, tip of the nose, corners of the mouth [n, 5, 2] of 68 points."""
    eyes = [points68[:, 36:42].mean(1), points68[:, 42:48].mean(1)]
    return torch.stack([*eyes, points68[:, 30], points68[:, 48], points68[:, 54]], 1)


def targets_of(data, rows, mirror) -> torch.Tensor:
    return five_of(face_targets(data, rows, mirror, torch.from_numpy(VERTICES))[..., :2])


def mirror_of(topology) -> torch.Tensor:
    return torch.from_numpy(topology.mirror[:468]).long()


def report(model, data, mirror) -> str:
    """Mean distance over that of the eyes, before and after."""
    with torch.no_grad():
        rows = torch.arange(len(data))
        truth = targets_of(data, rows, mirror)
        apart = (truth[:, 0] - truth[:, 1]).norm(dim=1)
        frontal = (apart > LEAST_EYES).numpy() & (data.confidence > 0.6)
        before = data.inputs["geometry"][:, :10].view(-1, 5, 2)
        both = [(p - truth).norm(dim=2).mean(1) / apart for p in (before, model(data.inputs))]
    return ", ".join(f"{100 * e.numpy()[frontal].mean():.2f} %" for e in both)


def train(network: Network, epochs: int, seeds) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    topology = load_topology()
    mirror = mirror_of(topology)
    parts = [load_head_data(network, LANDMARKS, n, topology, seeds) for n in TRAINING_SETS]
    data = join(parts)
    held = load_head_data(network, LANDMARKS, "wider-train", topology, (HELD,))
    weight = torch.from_numpy(np.clip(data.height / 40, 0.5, 2) * data.confidence).float()
    model = LandmarkRefinement(network, DROPOUT)
    model.set_normalisation({k: v[::20] for k, v in data.inputs.items()})
    average = copy.deepcopy(model)
    steps = epochs * (len(data) // BATCH)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    for step in range(steps):
        rows = torch.randint(len(data), (BATCH,))
        found = model({k: v[rows].float() for k, v in data.inputs.items()})
        apart = (found - targets_of(data, rows, mirror)).square().sum(2)
        loss = (((apart + 1e-6).sqrt().mean(1) * data.norm[rows]) * weight[rows]).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        with torch.no_grad():
            for kept, now in zip(average.parameters(), model.parameters()):
                kept.lerp_(now, max(0.002, 1 / (step + 1)))
        if step % 500 == 499 or step + 1 == steps:
            print(step + 1, report(average.eval(), held, mirror), flush=True)
            torch.save({"average": average.state_dict()}, stage_file(network, LANDMARKS))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    given = parser.parse_args()
    train(NETWORKS[given.network], given.epochs, given.seeds)
