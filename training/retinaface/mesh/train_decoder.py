"""The mesh decoder: python -m retinaface.mesh.train_decoder [--steps 4000]

The encoder is the projection on the principal components, so the latent is known; the decoder
learns to be better than the linear map back. Half of each batch are faces, half are made-up
latents with the linear map's answer, which keep it sane between the few faces there are.
Writes WORK/decoder.pt (also every 500 steps; a rerun goes on from there).
"""

import argparse

import numpy as np
import torch

from ..common.paths import WORK
from ..common.topology import load_topology
from .graph import Decoder, architecture
from .statistics import Faces, fit_components, load_faces, mirrored, vector_rms

BATCH = 32
RATE = 4e-3
SHAPE_WEIGHT = 1.5
CHECKPOINT = "decoder.pt"


def training_rows(faces: Faces, mirror: np.ndarray) -> Faces:
    train = faces.take(~faces.held_out)
    twice = Faces(
        mirrored(train.values, mirror),
        train.has_colour,
        train.portrait,
        train.held_out,
        train.name,
    )
    fields = Faces.__dataclass_fields__
    return Faces(*(np.concatenate([getattr(train, f), getattr(twice, f)]) for f in fields))


def batch_loss(decoder, latent, target, coloured) -> torch.Tensor:
    """Mean squared error in units of each channel's spread; colours only where they are known."""
    error = decoder.normalised(latent).transpose(0, 1) - (target - decoder.mean) / decoder.scale
    shape = error[..., :3].square().mean((1, 2))
    colour = error[..., 3:].square().mean((1, 2)) * coloured
    return (SHAPE_WEIGHT * shape + colour).mean()


def report(decoder, components, held: Faces) -> dict[str, float]:
    latents = torch.from_numpy(components.encode(held.values))
    with torch.no_grad():
        ours = decoder(latents).numpy() - held.values
        linear = components.decode(latents).numpy() - held.values
    return {
        "shape_rms_cm": vector_rms(ours[..., :3]),
        "colour_rms": vector_rms(ours[..., 3:]),
        "linear_shape_rms_cm": vector_rms(linear[..., :3]),
        "linear_colour_rms": vector_rms(linear[..., 3:]),
    }


def train(steps: int, threads: int = 1) -> dict[str, float]:
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    topology = load_topology()
    faces = load_faces(topology)
    components = fit_components(faces, topology)
    rows = training_rows(faces, topology.mirror)
    latents = components.encode(rows.values)
    colour_spread = rows.values[rows.has_colour][..., 3:].std(0).mean((0, 1))
    decoder = Decoder(architecture(), topology)
    decoder.mean.copy_(torch.from_numpy(components.mean))
    shape_spread = rows.values[..., :3].std(0).mean()
    decoder.scale.copy_(torch.tensor([shape_spread] * 3 + [colour_spread] * 3))
    optimiser = torch.optim.Adam(decoder.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.05)
    path, start = WORK / CHECKPOINT, 0
    held = faces.take(faces.held_out & faces.has_colour)
    if path.exists():
        saved = torch.load(path, weights_only=False)
        if saved["layers"] == decoder.layers and saved["step"] < steps == saved["steps"]:
            decoder.load_state_dict(saved["decoder"])
            optimiser.load_state_dict(saved["optimiser"])
            schedule.load_state_dict(saved["schedule"])
            start = saved["step"]
    coloured, plain = np.nonzero(rows.has_colour)[0], np.nonzero(~rows.has_colour)[0]
    for step in range(start, steps):
        pick = np.concatenate([rng.choice(coloured, BATCH // 2 - 4), rng.choice(plain, 4)])
        latent = torch.from_numpy(latents[pick])
        invented = torch.randn(BATCH // 2, latents.shape[1])
        target = torch.cat([torch.from_numpy(rows.values[pick]), components.decode(invented)])
        known = torch.from_numpy(rows.has_colour[pick]).float()
        loss = batch_loss(
            decoder, torch.cat([latent, invented]), target, torch.cat([known, torch.ones(BATCH // 2)])
        )
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if (step + 1) % 500 == 0 or step + 1 == steps:
            figures = report(decoder, components, held)
            text = " ".join(f"{k} {v:.4f}" for k, v in figures.items())
            print(f"{step + 1}/{steps} loss {loss.item():.4f} {text}", flush=True)
            torch.save(
                {
                    "layers": decoder.layers,
                    "decoder": decoder.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "schedule": schedule.state_dict(),
                    "components": components,
                    "step": step + 1,
                    "steps": steps,
                    "figures": figures,
                    "topology_crc32": topology.crc32,
                },
                path,
            )
    print(f"{decoder.parameter_count()} parameters")
    return figures


def load_decoder(path=None):
    """The trained decoder, frozen, and its components."""
    saved = torch.load(path or WORK / CHECKPOINT, weights_only=False)
    topology = load_topology()
    if saved["topology_crc32"] != topology.crc32:
        raise ValueError("the decoder was trained on another topology: train it again")
    decoder = Decoder(saved["layers"], topology)
    decoder.load_state_dict(saved["decoder"])
    return decoder.requires_grad_(False), saved["components"], topology


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=4000)
    train(parser.parse_args().steps)
