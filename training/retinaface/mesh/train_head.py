"""The dense head through the frozen decoder: python -m retinaface.mesh.train_head NETWORK [--stage K]

Most epochs see the decoder as the linear map that it was grown from; the last steps go through the
decoder itself. Writes head.pt after each epoch; a rerun goes on from there. Stage 1 is the first
refinement of what the head gives, stage 2 the second.
"""

import argparse
import copy
import time
from pathlib import Path

import numpy as np
import torch

from ..common.expressions import ratios
from ..common.landmarks68 import VERTICES
from ..common.networks import NETWORKS, Network
from ..common.topology import COARSE, vertex_normals
from .head_data import face_targets, join, load_head_data
from .head_loss import head_loss
from .head_targets import LabelTargets
from .stages import new_stage, stage_file
from .statistics import SHAPE_LATENTS
from .train_decoder import load_decoder

BATCH = 256
RATE, DECAY, DROPOUT = 2e-3, 0.1, 0.2
KEEP = 0.3  # least teacher confidence
SET_WEIGHT = {"wider-train": 1.0, "portraits": 0.5, "cc0-faces": 1.0}  # portraits are alike


class LinearSurface:
    """The decoder's linear stand-in; normals are the mean shape's, turned."""

    def __init__(self, components, topology):
        mean = torch.from_numpy(components.mean)[:COARSE]
        self.mean_shape, self.mean_colour = mean[:, :3], mean[:, 3:]
        self.shape, self.colour = (
            torch.from_numpy(basis.reshape(len(basis), -1, 3)[:, :COARSE].copy()).flatten(1)
            for basis in (components.shape, components.colour)
        )
        faces = torch.from_numpy(topology.faces[3]).long()
        self.normals = vertex_normals(self.mean_shape[None], faces)[0]

    def __call__(self, latent):
        n = len(latent)
        shape = (latent[:, :SHAPE_LATENTS] @ self.shape).view(n, -1, 3) + self.mean_shape
        colour = (latent[:, SHAPE_LATENTS:] @ self.colour).view(n, -1, 3) + self.mean_colour
        return shape, colour, lambda rotation, _: self.normals @ rotation.transpose(1, 2)


class DecodedSurface:
    """The frozen decoder on the first 468 of its vertices."""

    def __init__(self, decoder, topology):
        self.decoder = decoder
        self.faces = torch.from_numpy(topology.faces[3]).long()

    def __call__(self, latent):
        values = self.decoder(latent)[:, :COARSE]
        return values[..., :3], values[..., 3:], lambda _, turned: vertex_normals(turned, self.faces)


def emphasis(data) -> torch.Tensor:
    """Large faces are few and their labels are exact; so are mouths and eyes that are not as most are."""
    large = torch.from_numpy(np.clip((data.height / 40) ** 0.7, 0.5, 2.5) * data.confidence).float()
    shown = ratios(data.target[:, VERTICES, :2])
    unusual = ((shown - shown.median(0).values) / shown.std(0)).abs().amax(1).clamp(0.5, 3)
    return large * unusual[torch.from_numpy(data.face)]


def make_batch(data, targets, rows, mirror, weight):
    face, flip = torch.from_numpy(data.face[rows.numpy()]), data.mirrored[rows]
    batch = {k: getattr(data, k)[rows] for k in ("offset", "turn", "norm", "image_to_crop")}
    return batch | {
        "inputs": {k: v[rows].float() for k, v in data.inputs.items()},
        "target": face_targets(data, rows, mirror, torch.arange(COARSE)),
        "rotation": targets.rotation_in_face_frame(face, flip, data.to_face[rows]),
        "latent": targets.latent(face, flip),
        "has_shape": targets.has_shape[face].float(),
        "has_colour": targets.has_colour[face].float(),
        "colour_share": targets.colour_share,
        "pixels": targets.pixels[face],
        "weight": weight[rows],
    }


def train(
    network: Network,
    stage: int,
    epochs: int,
    fine_steps: int,
    sets: dict,
    rate=RATE,
    start: Path | None = None,
) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    decoder, components, topology = load_decoder()
    mirror = torch.from_numpy(topology.mirror[:COARSE]).long()
    targets = LabelTargets(list(sets), topology, components)
    parts = {n: load_head_data(network, stage, n, topology, seeds, keep=KEEP) for n, seeds in sets.items()}
    weight = torch.cat([emphasis(p) * SET_WEIGHT[n] for n, p in parts.items()])
    data = join(list(parts.values()))
    del parts
    linear, decoded = LinearSurface(components, topology), DecodedSurface(decoder, topology)
    head = new_stage(network, stage, DROPOUT)
    few = torch.arange(0, len(data), 20)
    head.set_normalisation({k: v[few] for k, v in data.inputs.items()})
    if start:
        head.load_state_dict(torch.load(start, weights_only=False)["average"])
    average = copy.deepcopy(head)
    a_epoch = len(data) // BATCH
    total = epochs * a_epoch + fine_steps
    optimiser = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=total, pct_start=0.1)
    path, step = stage_file(network, stage), 0
    if path.exists():
        saved = torch.load(path, weights_only=False)
        if saved["step"] < total == saved["total"]:
            for thing, key in ((head, "head"), (average, "average"), (optimiser, "optimiser")):
                thing.load_state_dict(saved[key])
            schedule.load_state_dict(saved["schedule"])
            step = saved["step"]
    print(f"{len(data)} samples, {total} steps", flush=True)
    sums, started = np.zeros(2), time.time()
    while step < total:
        if step % a_epoch == 0 or "order" not in locals():
            order = torch.randperm(len(data))
        fine = step >= epochs * a_epoch
        size = BATCH // 2 if fine else BATCH
        first = (step % a_epoch) * BATCH
        batch = make_batch(data, targets, order[first : first + size], mirror, weight)
        surface = decoded if fine else linear
        loss, *figures = head_loss(head(batch["inputs"]), batch, surface)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        step += 1
        sums += figures
        with torch.no_grad():
            for kept, now in zip(average.parameters(), head.parameters()):
                kept.lerp_(now, max(0.002, 1 / (step + 1)))
        if step % 100 == 0 or step == total:
            print(
                f"{step}/{total} 2D {sums[0]:.3f} % pixel {sums[1] / 100:.4f} "
                f"{time.time() - started:.0f} s",
                flush=True,
            )
            sums[:] = 0
        if step % a_epoch == 0 or step == total:
            state = {"head": head, "average": average, "optimiser": optimiser, "schedule": schedule}
            torch.save(
                {k: v.state_dict() for k, v in state.items()} | {"step": step, "total": total}, path
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    parser.add_argument("--stage", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=11)
    parser.add_argument("--fine-steps", type=int, default=150)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--start", type=Path, help="a checkpoint to begin from")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0], help="of the samples")
    given = parser.parse_args()
    sets = {name: tuple(given.seeds) for name in SET_WEIGHT}
    network = NETWORKS[given.network]
    train(network, given.stage, given.epochs, given.fine_steps, sets, given.rate, given.start)
