"""A trained network as ONNX: python -m retinaface.detector.export NAME OUT.onnx [--input uint8]

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

from ..common.networks import INPUT
from .anchors import LEVELS
from .backbones import GRAFTED_MAPS, Mnet025Maps
from .checkpoint import load_network
from .distillation import Teacher
from .graft import OPSET, graft
from .network import RetinaFace

PARTS = ("score", "box", "landmarks", "features")
INNER = ("stage8", "stage16")
LARGEST_DIFFERENCE = 1e-3  # of a value, or of the largest of its map


class Exported(nn.Module):
    """The network with the outputs of its ONNX file."""

    def __init__(self, network: RetinaFace, interleaved: bool):
        super().__init__()
        self.network, self.interleaved = network, interleaved

    def forward(self, data) -> list[torch.Tensor]:
        planar = data.permute(0, 3, 1, 2).float() if self.interleaved else data
        inner, features, maps = self.network.maps(planar)
        outputs = []
        for context, (logit, box, points) in zip(features, maps):
            score = logit.sigmoid()
            outputs += [torch.cat([1 - score, score], 1), box, points, context]
        return outputs + inner[: len(INNER)]


def output_names() -> list[str]:
    return [f"{part}_stride{stride}" for stride, _ in LEVELS for part in PARTS] + list(INNER)


def made_up_pixels(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (1, height, width, 3), np.uint8)


def export(network: RetinaFace, path: Path, kind: str = "float") -> None:
    network = network.to(memory_format=torch.contiguous_format)
    interleaved, grafted = kind == "uint8", isinstance(network.backbone, Mnet025Maps)
    module = Exported(network, interleaved and not grafted).eval()
    example = inputs_of(network, made_up_pixels(64, 96), interleaved)
    sides = {1: "height", 2: "width"} if module.interleaved else {2: "height", 3: "width"}
    inputs = {name: {k: f"{v}_{name}" for k, v in sides.items()} for name in GRAFTED_MAPS}
    inputs = inputs if grafted else {INPUT: sides}
    outputs = {name: {2: f"rows_{name}", 3: f"columns_{name}"} for name in output_names()}
    torch.onnx.export(
        module,
        (example,),
        str(path),
        input_names=list(inputs),
        output_names=output_names(),
        dynamic_axes=inputs | outputs,
        opset_version=OPSET,
        dynamo=False,
    )
    if grafted:
        onnx.save(graft(onnx.load(path), interleaved), path)
    onnx.checker.check_model(onnx.load(path), full_check=True)
    compare(module, path, interleaved)


def inputs_of(network: RetinaFace, pixels: np.ndarray, interleaved: bool):
    """What the network is called with for bytes [1, height, width, 3]."""
    if isinstance(network.backbone, Mnet025Maps):
        known = Teacher(tuple(GRAFTED_MAPS))(pixels)
        return [torch.from_numpy(known[name]) for name in GRAFTED_MAPS]
    return torch.from_numpy(pixels if interleaved else planes_of(pixels))


def planes_of(pixels: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(pixels.transpose(0, 3, 1, 2), np.float32)


def compare(module: Exported, path: Path, interleaved: bool) -> None:
    """The file must say what the network says, at sizes that it was not exported at."""
    session = ort.InferenceSession(str(path))
    for height, width in ((96, 64), (224, 320)):
        pixels = made_up_pixels(height, width)
        data = pixels if interleaved else planes_of(pixels)
        found = session.run(output_names(), {INPUT: data})
        with torch.no_grad():
            expected = module(inputs_of(module.network, pixels, interleaved))
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
