"""The landmarks of patches and the fit to them, as the dense head's file has them."""

import numpy as np
import torch

from ..common.topology import load_topology
from .patch_landmarks import LEAST_DEVIATION, STEPS, PatchLandmarks, Tower
from .patches import PATCHES, SHAPES, PatchPlaces, landmarks
from .shape_fit import LATENT, LEAST_SIZE, PLACE, ShapeFit


def patch_architecture() -> dict:
    counts = [len(v) for v in landmarks(load_topology())]
    return {
        "patches": [
            {"tower": tower, "columns": columns, "rows": rows, "first": first, "last": last, "points": count}
            for (_, tower, columns, rows, first, last), count in zip(PATCHES, counts)
        ],
        "towers": {name: [{"side": side, "stride": stride} for side, stride in STEPS] for name in SHAPES},
        "leastDeviation": LEAST_DEVIATION,
        "leastSize": LEAST_SIZE,
        "prior": {"latent": LATENT, "place": PLACE},
    }


def tower_tensors(name: str, tower: Tower) -> dict[str, np.ndarray]:
    """Of a folded tower: channels come last in windows and features."""
    tensors = {}

    def add(layer: str, weight: torch.Tensor, bias: torch.Tensor) -> None:
        tensors[f"patches.{name}.{layer}.weight"] = weight.detach().numpy().astype(np.float16)
        tensors[f"patches.{name}.{layer}.bias"] = bias.detach().numpy().astype(np.float32)

    convolutions = list(tower.net)[::2]
    for i, layer in enumerate(convolutions):
        add(str(i), layer.weight.permute(0, 2, 3, 1).flatten(1), layer.bias)
    channels = convolutions[-1].out_channels
    features = tower.fc.weight.unflatten(1, (channels, -1)).transpose(1, 2).flatten(1)
    add("hidden", features, tower.fc.bias)
    add("out", tower.out.weight, tower.out.bias)
    return tensors


def patch_tensors(model: PatchLandmarks, components) -> dict[str, np.ndarray]:
    places = PatchPlaces(components)
    fit = ShapeFit(components, sum(landmarks(load_topology()), []))
    tensors = {}
    for name, basis, mean in (("middles", places.shape, places.mean), ("points", fit.basis, fit.mean)):
        tensors[f"patches.{name}.weight"] = basis.flatten(1).T.numpy().astype(np.float32)
        tensors[f"patches.{name}.bias"] = mean.flatten().numpy().astype(np.float32)
    return tensors | tower_tensors("mouth", model.mouth) | tower_tensors("eye", model.eye)
