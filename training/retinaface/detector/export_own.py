"""retinaface-500m as ONNX: python -m retinaface.detector.export_own OUT.onnx [NAME]

Input `data`: float 1×3×height×width, RGB in 0..255, both sides divisible by 64. Outputs
`face_rpn_stride{8,16,32,64}`: 1×rows×columns×15, log-odds of a face (of √(cls · obj)), box, points; and
the backbone's maps, on which dense heads are trained. With --shipped, in their place, what the trained
dense head reads of them: `stride{4,8,16}_reduced`, 1×rows×columns×8. Without NAME the coarse branch is
as it begins.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from torch import nn

from ..common.networks import RETINAFACE_500M
from ..mesh.head import Head
from ..mesh.stages import load_stage
from .own_network import STRIDES, OwnNetwork, load, started

OPSET = 12  # the last whose Unsqueeze has its axes as an attribute, as `interleaveInput` writes it
INNER = ("stride4", "stride8", "stride16", "stride32")
LEAST, MOST = 1e-2, 1 - 1e-4  # of √(cls · obj), between which its log-odds are exact
LARGEST_DIFFERENCE = 1e-3


class Exported(nn.Module):
    """The network with the outputs of its file; `reductions` are 1×1 convolutions by map."""

    def __init__(self, network: OwnNetwork, reductions: dict[str, nn.Conv2d] | None = None):
        super().__init__()
        self.network = network
        self.reductions = nn.ModuleDict(reductions or {})
        stem = network.backbone.model0.conv1
        stem.weight = nn.Parameter(stem.weight.flip(1), requires_grad=False)  # RGB for BGR

    def forward(self, data: torch.Tensor) -> list[torch.Tensor]:
        maps, levels = self.network(data)
        found = [cells(level) for level in levels]
        if not self.reductions:
            return found + maps
        named = dict(zip(INNER, maps))
        return found + [r(named[name]).permute(0, 2, 3, 1) for name, r in self.reductions.items()]

    def output_names(self) -> list[str]:
        inner = [f"{name}_reduced" for name in self.reductions] or list(INNER)
        return [f"face_rpn_stride{s}" for s in STRIDES] + inner


def cells(level: torch.Tensor) -> torch.Tensor:
    score = (level[:, :1].sigmoid() * level[:, 1:2].sigmoid()).sqrt().clamp(LEAST, MOST)
    return torch.cat([(score / (1 - score)).log(), level[:, 2:]], 1).permute(0, 2, 3, 1)


def reductions_of(head: Head) -> dict[str, nn.Conv2d]:
    """A head's reductions as convolutions of maps that are not normalised."""
    layers = {}
    for name, linear in head.reduce.items():
        layer = nn.Conv2d(linear.in_features, linear.out_features, 1).requires_grad_(False)
        weight = linear.weight / getattr(head, f"scale_{name}")
        layer.weight.copy_(weight[..., None, None])
        layer.bias.copy_(linear.bias - weight @ getattr(head, f"mean_{name}"))
        layers[name] = layer
    return layers


def export(network: OwnNetwork, path: Path, reductions: dict[str, nn.Conv2d] | None = None) -> None:
    module = Exported(network, reductions).eval().to(memory_format=torch.contiguous_format)
    names = module.output_names()
    planar = 0 if reductions else len(INNER)
    axes = {"data": {2: "height", 3: "width"}}
    for i, name in enumerate(names):
        first = 1 if i < len(names) - planar else 2
        axes[name] = {first: f"rows_{name}", first + 1: f"columns_{name}"}
    torch.onnx.export(
        module,
        (torch.zeros(1, 3, 128, 192),),
        str(path),
        input_names=["data"],
        output_names=names,
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = ort.InferenceSession(str(path))
    data = np.random.default_rng(0).uniform(0, 255, (1, 3, 192, 256)).astype(np.float32)
    with torch.no_grad():
        expected = module(torch.from_numpy(data))
    for name, a, b in zip(names, session.run(names, {"data": data}), expected):
        worst = float(np.abs(a - b.numpy()).max() / max(1, b.abs().max()))
        if a.shape != tuple(b.shape) or worst > LARGEST_DIFFERENCE:
            raise ValueError(f"{path}: {name} differs from the network's by {worst:.2g}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("name", nargs="?")
    parser.add_argument("--shipped", action="store_true")
    given = parser.parse_args()
    reductions = reductions_of(load_stage(RETINAFACE_500M, 0)) if given.shipped else None
    export(load(given.name) if given.name else started(), given.out, reductions)
    print(given.out, given.out.stat().st_size)
