"""The shipped mesh decoder for a further dense head: python -m retinaface_training.adopt_decoder

Writes WORK/decoder.pt as train_decoder does, with the weights of packages/models and components
fitted anew. Components are the latent's axes: each must point where the decoder moves when that
latent grows. Their signs are turned to the decoder's.
"""

import json

import numpy as np
import torch

from .graph import Decoder
from .paths import WEIGHTS, WORK
from .statistics import SHAPE_LATENTS, Components, fit_components, load_faces
from .tensor_file import read_tensors
from .topology import Topology, load_topology
from .train_decoder import CHECKPOINT

STEP = 0.5  # standard deviations each way
LIKE = 0.9  # least mean cosine between the components and what the decoder does


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


def cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a * b).sum(1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1))


def turned(components: Components, decoder: Decoder) -> tuple[Components, np.ndarray]:
    """The components with the decoder's signs, and how alike the two are [128]."""
    shape, colour = directions(decoder, len(components.shape) + len(components.colour))
    like = np.concatenate(
        [
            cosines(shape[:SHAPE_LATENTS], components.shape),
            cosines(colour[SHAPE_LATENTS:], components.colour),
        ]
    )
    sign = np.sign(like).astype(np.float32)[:, None]
    components.shape *= sign[:SHAPE_LATENTS]
    components.colour *= sign[SHAPE_LATENTS:]
    return components, np.abs(like)


def adopt() -> None:
    topology = load_topology()
    decoder = shipped_decoder(topology)
    components, like = turned(fit_components(load_faces(topology), topology), decoder)
    shape, colour = like[:SHAPE_LATENTS].mean(), like[SHAPE_LATENTS:].mean()
    print(f"mean cosine: shape {shape:.3f}, colour {colour:.3f}; least {like.min():.3f}")
    if min(shape, colour) < LIKE:
        raise ValueError("the shipped decoder was grown from other components than these")
    torch.save(
        {
            "layers": decoder.layers,
            "decoder": decoder.state_dict(),
            "components": components,
            "topology_crc32": topology.crc32,
        },
        WORK / CHECKPOINT,
    )


if __name__ == "__main__":
    adopt()
