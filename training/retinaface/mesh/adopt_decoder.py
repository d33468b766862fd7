"""The shipped mesh decoder for a further dense head: python -m retinaface.mesh.adopt_decoder

Writes WORK/decoder.pt as train_decoder does, with the weights of packages/models. Components are what
each latent does about the mean face, which is the linear map that the decoder was grown from.
"""

import json

import numpy as np
import torch

from ..common.paths import WEIGHTS, WORK
from ..common.tensor_file import read_tensors
from ..common.topology import Topology, load_topology
from .graph import Decoder
from .statistics import LATENTS, SHAPE_LATENTS, Components
from .train_decoder import CHECKPOINT

STEP = 0.5  # standard deviations each way


def shipped_decoder(topology: Topology) -> Decoder:
    tensors, metadata = read_tensors(WEIGHTS / "mesh-decoder.safetensors")
    decoder = Decoder(json.loads(metadata["architecture"]), topology)
    state = {"mean": tensors["mean"], "scale": tensors["scale"]}
    for i, layer in enumerate(decoder.layers):
        if layer["type"] != "upsample":
            weight = "weight" if layer["type"] == "linear" else "theta"
            state[f"steps.{i}.{weight}"] = tensors[f"layers.{i}.weight"]
            state[f"steps.{i}.bias"] = tensors[f"layers.{i}.bias"]
    decoder.load_state_dict({k: torch.from_numpy(v).float() for k, v in state.items()})
    return decoder.requires_grad_(False)


def directions(decoder: Decoder, latents: int) -> tuple[np.ndarray, np.ndarray]:
    """What a unit of each latent does about the mean face: shape and colour [latents, 1833 * 3]."""
    step = STEP * torch.eye(latents)
    moved = ((decoder(step) - decoder(-step)) / (2 * STEP)).numpy()
    return tuple(moved[..., part].reshape(latents, -1) for part in (slice(3), slice(3, 6)))


def linear_map(decoder: Decoder) -> Components:
    shape, colour = directions(decoder, LATENTS)
    shape, colour = shape[:SHAPE_LATENTS], colour[SHAPE_LATENTS:]
    mean = decoder(torch.zeros(1, LATENTS))[0].numpy()
    return Components(
        mean, shape, colour, np.linalg.norm(shape, axis=1), np.linalg.norm(colour, axis=1)
    )


def adopt() -> None:
    topology = load_topology()
    decoder = shipped_decoder(topology)
    torch.save(
        {
            "layers": decoder.layers,
            "decoder": decoder.state_dict(),
            "components": linear_map(decoder),
            "topology_crc32": topology.crc32,
        },
        WORK / CHECKPOINT,
    )


if __name__ == "__main__":
    adopt()
