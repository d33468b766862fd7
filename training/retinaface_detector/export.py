"""A trained network as ONNX: python -m retinaface_detector.export NAME OUT.onnx [--input uint8]

One input `data`, RGB in 0..255, both sides divisible by 32: float 1×3×height×width, or bytes
1×height×width×3 as pixels lie in memory. Outputs of each stride: `score` (backgrounds, then faces),
`box`, `landmarks` and the context `features`, named as the configuration `retinaface-ts` of
packages/core has them; and the backbone's maps that a dense head reads, `stage8` and `stage16`.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from torch import nn

from .anchors import LEVELS
from .checkpoint import load_network
from .network import RetinaFace

PARTS = ("score", "box", "landmarks", "features")
INNER = ("stage8", "stage16")
LARGEST_DIFFERENCE = 1e-3  # of a value, or of the largest of its map


class Exported(nn.Module):
    """The network with the outputs of its ONNX file."""

    def __init__(self, network: RetinaFace, interleaved: bool):
        super().__init__()
        self.network, self.interleaved = network, interleaved

    def forward(self, data: torch.Tensor) -> list[torch.Tensor]:
        planar = data.permute(0, 3, 1, 2).float() if self.interleaved else data
        inner, features, maps = self.network.maps(planar)
        outputs = []
        for context, (logit, box, points) in zip(features, maps):
            score = logit.sigmoid()
            outputs += [torch.cat([1 - score, score], 1), box, points, context]
        return outputs + inner[: len(INNER)]

    def example(self, height: int, width: int) -> torch.Tensor:
        if self.interleaved:
            return torch.randint(0, 256, (1, height, width, 3), dtype=torch.uint8)
        return torch.randint(0, 256, (1, 3, height, width)).float()


def output_names() -> list[str]:
    return [f"{part}_stride{stride}" for stride, _ in LEVELS for part in PARTS] + list(INNER)


def export(network: RetinaFace, path: Path, kind: str = "float") -> None:
    interleaved = kind == "uint8"
    module = Exported(network.to(memory_format=torch.contiguous_format), interleaved).eval()
    sides = {1: "height", 2: "width"} if interleaved else {2: "height", 3: "width"}
    names = output_names()
    axes = {name: {2: f"rows_{name}", 3: f"columns_{name}"} for name in names}
    torch.onnx.export(
        module,
        (module.example(64, 96),),
        str(path),
        input_names=["data"],
        output_names=names,
        dynamic_axes={"data": sides, **axes},
        opset_version=13,
        dynamo=False,
    )
    onnx.checker.check_model(onnx.load(path), full_check=True)
    compare(module, path)


def compare(module: Exported, path: Path) -> None:
    """The file must say what the network says, at sizes that it was not exported at."""
    session = ort.InferenceSession(str(path))
    for height, width in ((96, 64), (224, 320)):
        data = module.example(height, width)
        found = session.run(output_names(), {"data": data.numpy()})
        with torch.no_grad():
            expected = module(data)
        for name, a, b in zip(output_names(), found, expected):
            worst = float(np.abs(a - b.numpy()).max() / max(1, b.abs().max()))
            if a.shape != tuple(b.shape) or worst > LARGEST_DIFFERENCE:
                raise ValueError(f"{path}: {name} differs from the network's by {worst:.2g}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", help="a run, or a file of weights")
    parser.add_argument("out", type=Path)
    parser.add_argument("--layout", default="lean")
    parser.add_argument("--input", choices=["float", "uint8"], default="float")
    given = parser.parse_args()
    export(load_network(given.name, given.layout), given.out, given.input)
    print(given.out, given.out.stat().st_size)
