"""Landmarks and coefficients of patches: python -m retinaface.mesh.train_patches NETWORK [--epochs 24] [--start FILE]

Needs samples of the stage "patches". Writes patches.pt after each epoch; a rerun goes on from there.
"""

import argparse
import copy
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import huber_loss

from ..common.landmarks68 import VERTICES
from ..common.networks import NETWORKS, Network
from ..common.topology import load_topology
from .patch_augmentation import augmented
from .patch_data import load_patch_data
from .patch_landmarks import PatchLandmarks
from .patches import EYE, split_patches
from .refinement import LIPS
from .samples import TRAINING_SETS
from .stages import PATCHES, stage_file

BATCH, RATE, DECAY, DROPOUT = 256, 4e-3, 0.05, 0.2
LEAST_HEIGHT = 28  # pixels of the face in the view
SET_WEIGHT = {"wider-train": 1.0, "portraits": 0.5, "cc0-faces": 1.0}
GAP, COEFFICIENT = 0.7, 0.2  # weights beside that of a landmark's distance
MOST_OFF, MOST_GAP = 8, 6  # samples beyond which an error counts no more
OUTLIER, LEAST_DEVIATION = 4, 0.01
# Of the 68 points: opening and width of the mouth; opening and width of an eye and height of its brow.
MOUTH_GAPS, EYE_GAPS = ((61, 67), (62, 66), (63, 65), (48, 54)), ((37, 41), (38, 40), (36, 39), (19, 37))


def rows_of(vertices: list[int], gaps) -> torch.Tensor:
    return torch.tensor([[vertices.index(int(VERTICES[point])) for point in pair] for pair in gaps])


GAPS = [rows_of(LIPS, MOUTH_GAPS), rows_of(EYE, EYE_GAPS), rows_of(EYE, EYE_GAPS)]


def gaps_of(points: torch.Tensor, pairs: torch.Tensor) -> torch.Tensor:
    return (points[:, pairs[:, 0]] - points[:, pairs[:, 1]]).norm(dim=2)


def columns_of(network: Network, seeds) -> dict[str, torch.Tensor]:
    """What training takes of the samples of every set."""
    parts = []
    for name in TRAINING_SETS:
        data = load_patch_data(network, name, load_topology(), seeds)
        tall = torch.from_numpy(np.nonzero(data.samples.height >= LEAST_HEIGHT)[0])
        columns = {"patch": data.samples.inputs["patch"], "turn": data.samples.turn}
        columns |= {"coefficients": data.coefficients, "weight": data.weight * SET_WEIGHT[name]}
        columns |= {f"points{i}": points for i, points in enumerate(data.points)}
        parts.append({k: v[tall] for k, v in columns.items()})
    return {k: torch.cat([p[k] for p in parts]) for k in parts[0]}


def loss_of(model: PatchLandmarks, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    places = [batch[f"points{i}"] for i in range(len(GAPS))]
    patches, places = augmented(split_patches(batch["patch"]), places)
    found, shown = model(patches, batch["turn"])
    loss, weight = 0, batch["weight"]
    for ours, theirs, pairs in zip(found, places, GAPS):
        off = (ours - theirs).abs().clamp(max=MOST_OFF).mean((1, 2))
        gap = (gaps_of(ours, pairs) - gaps_of(theirs, pairs)).abs().clamp(max=MOST_GAP).mean(1)
        loss = loss + ((off + GAP * gap) * weight).mean()
    told = batch["coefficients"]
    apart = huber_loss(shown / model.cs, told / model.cs, reduction="none", delta=OUTLIER)
    unusual = ((told - model.cm) / model.cs).abs().clamp(max=OUTLIER)
    return loss + COEFFICIENT * ((apart * (1 + unusual)).mean(1) * weight).mean()


def start(network: Network, data: dict[str, torch.Tensor]) -> PatchLandmarks:
    model = PatchLandmarks(network, DROPOUT)
    model.mouth.mean.copy_(data["points0"].mean(0))
    model.eye.mean.copy_((data["points1"].mean(0) + data["points2"].mean(0)) / 2)
    model.cm.copy_(data["coefficients"].mean(0))
    model.cs.copy_(data["coefficients"].std(0).clamp(min=LEAST_DEVIATION))
    return model


def follow(average: torch.nn.Module, model: torch.nn.Module, share: float) -> None:
    with torch.no_grad():
        for kept, now in zip(average.state_dict().values(), model.state_dict().values()):
            if kept.dtype.is_floating_point:
                kept.lerp_(now, share)


def train(network: Network, epochs: int, seeds, rate: float, start_from: Path | None, only) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    data = columns_of(network, seeds)
    count = len(data["weight"])
    model = start(network, data)
    if start_from:
        model.load_state_dict(torch.load(start_from, weights_only=False)["average"])
    for name, part in model.named_children():
        if only and name not in only:
            part.requires_grad_(False).eval()
    average = copy.deepcopy(model)
    an_epoch = count // BATCH
    steps = epochs * an_epoch
    optimiser = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=rate, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps, pct_start=0.15)
    state = {"model": model, "average": average, "optimiser": optimiser, "schedule": schedule}
    path, done = stage_file(network, PATCHES), 0
    if path.exists():
        saved = torch.load(path, weights_only=False)
        if saved.get("steps") == steps:
            done = saved["step"]
            for name, thing in state.items():
                thing.load_state_dict(saved[name])
    print(f"{count} samples, {steps} steps, {done} done", flush=True)
    started, losses = time.time(), []
    for step in range(done + 1, steps + 1):
        if step % an_epoch == 1:
            order = torch.randperm(count, generator=torch.Generator().manual_seed(step))
        first = (step - 1) % an_epoch * BATCH
        loss = loss_of(model, {k: v[order[first : first + BATCH]] for k, v in data.items()})
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        follow(average, model, max(0.005, 1 / (step + 1)))
        if step % an_epoch == 0:
            print(f"epoch {step // an_epoch} {np.mean(losses):.3f} {time.time() - started:.0f} s", flush=True)
            losses.clear()
            kept = {name: thing.state_dict() for name, thing in state.items()}
            torch.save(kept | {"step": step, "steps": steps}, path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0], help="of the samples")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--start", type=Path, help="a patches.pt to begin with")
    parser.add_argument("--only", nargs="+", choices=("mouth", "eye", "coef"), help="the others stay as they are")
    given = parser.parse_args()
    train(NETWORKS[given.network], given.epochs, given.seeds, given.rate, given.start, given.only)
