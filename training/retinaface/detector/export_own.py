"""retinaface-500m as ONNX: python -m retinaface.detector.export_own OUT.onnx [NAME]

Input `data`: float 1×3×height×width, RGB in 0..255, both sides divisible by 64. Outputs
`face_rpn_stride{8,16,32,64}`: 1×rows×columns×15, log-odds of a face (of √(cls · obj)), box, points; and
the backbone's maps that the dense head reads. Without NAME the coarse branch is as it begins.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from torch import nn

from .own_network import STRIDES, OwnNetwork, started

OPSET = 13
INNER = ("stride4", "stride8", "stride16", "stride32")
LEAST, MOST = 1e-3, 1 - 1e-4  # of √(cls · obj), between which its log-odds are exact
LARGEST_DIFFERENCE = 1e-3


class Exported(nn.Module):
    """The network with the outputs of its file."""

    def __init__(self, network: OwnNetwork):
        super().__init__()
        self.network = network
        stem = network.backbone.model0.conv1
        stem.weight = nn.Parameter(stem.weight.flip(1), requires_grad=False)  # RGB for BGR

    def forward(self, data: torch.Tensor) -> list[torch.Tensor]:
        maps, fine = self.network.fine(data)
        return [cells(level) for level in fine + self.network.coarse(maps[-1])] + maps


def cells(level: torch.Tensor) -> torch.Tensor:
    score = (level[:, :1].sigmoid() * level[:, 1:2].sigmoid()).sqrt().clamp(LEAST, MOST)
    return torch.cat([(score / (1 - score)).log(), level[:, 2:]], 1).permute(0, 2, 3, 1)


def output_names() -> list[str]:
    return [f"face_rpn_stride{s}" for s in STRIDES] + list(INNER)


def export(network: OwnNetwork, path: Path) -> None:
    module = Exported(network).eval().to(memory_format=torch.contiguous_format)
    sides = {2: "height", 3: "width"}
    axes = {name: {1: f"rows_{name}", 2: f"columns_{name}"} for name in output_names()[: len(STRIDES)]}
    axes |= {name: {2: f"rows_{name}", 3: f"columns_{name}"} for name in INNER}
    torch.onnx.export(
        module,
        (torch.zeros(1, 3, 128, 192),),
        str(path),
        input_names=["data"],
        output_names=output_names(),
        dynamic_axes={"data": sides} | axes,
        opset_version=OPSET,
        dynamo=False,
    )
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = ort.InferenceSession(str(path))
    data = np.random.default_rng(0).uniform(0, 255, (1, 3, 192, 256)).astype(np.float32)
    with torch.no_grad():
        expected = module(torch.from_numpy(data))
    for name, a, b in zip(output_names(), session.run(output_names(), {"data": data}), expected):
        worst = float(np.abs(a - b.numpy()).max() / max(1, b.abs().max()))
        if a.shape != tuple(b.shape) or worst > LARGEST_DIFFERENCE:
            raise ValueError(f"{path}: {name} differs from the network's by {worst:.2g}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("name", nargs="?")
    given = parser.parse_args()
    from .train_coarse import load  # which itself exports the frozen part

    export(load(given.name) if given.name else started(), given.out)
    print(given.out, given.out.stat().st_size)
