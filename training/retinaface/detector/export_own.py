"""retinaface-500m as ONNX: python -m retinaface.detector.export_own OUT.onnx [NAME]

Input `data`: float 1×3×height×width, RGB in 0..255, both sides divisible by 64. Outputs
`face_rpn_stride{8,16,32,64}`: 1×rows×columns×15, log-odds of a face (of √(cls · obj)), box, points; and
the backbone's maps, on which dense heads are trained. With --shipped, in their place, what the trained
dense head reads of them: `stride{4,8,16}_reduced`, 1×rows×columns×8, and the context features of each
level, which its predictors read: `context_stride{8,16,32,64}`, 1×64×rows×columns. Without NAME the coarse branch is
as it begins.

The predictors of a level become one unit of 16 channels: in four, of 1, 1, 4 and 10 channels, runtimes
compute and move more than there is.
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
from .own_network import FINE, STRIDES, OwnNetwork, load, started
from .yunet_layers import Unit

OPSET = 12  # the last whose Unsqueeze has its axes as an attribute, as `interleaveInput` writes it
INNER = ("stride4", "stride8", "stride16", "stride32")
PARTS = (1, 1, 4 + 10)  # channels of cls, obj, and box with points
LEAST, MOST = 1e-2, 1 - 1e-4  # of √(cls · obj), between which its log-odds are exact
LARGEST_DIFFERENCE = 1e-3


class Exported(nn.Module):
    """The network with the outputs of its file; `reductions` are 1×1 convolutions by map."""

    def __init__(self, network: OwnNetwork, reductions: dict[str, nn.Conv2d] | None = None):
        super().__init__()
        self.network = network
        fine, coarse = network.bbox_head, network.coarse.bbox_head
        middle = [coarse.predictors(0)[:-1], fine.predictors(FINE)[-1:]]
        inputs = [[fine.predictors(i)] for i in range(FINE)] + [middle, [coarse.predictors(1)]]
        self.predictors = nn.ModuleList(side_by_side(predictors) for predictors in inputs)
        self.reductions = nn.ModuleDict(reductions or {})
        stem = network.backbone.model0.conv1
        stem.weight = nn.Parameter(stem.weight.flip(1), requires_grad=False)  # RGB for BGR

    def forward(self, data: torch.Tensor) -> list[torch.Tensor]:
        network, coarse = self.network, self.network.coarse
        maps = network.backbone(data)
        contexts = [network.bbox_head.context(i, x) for i, x in enumerate(network.neck(maps[1:]))]
        middle, coarsest = (coarse.bbox_head.context(i, x) for i, x in enumerate(coarse.levels(maps[-1])))
        levels = [*contexts[:FINE], torch.cat([middle, contexts[FINE]], 1), coarsest]
        found = [cells(predict(x)) for predict, x in zip(self.predictors, levels)]
        return found + self.inner(maps, [*contexts[:FINE], middle, coarsest])

    def inner(self, maps: list[torch.Tensor], contexts: list[torch.Tensor]) -> list[torch.Tensor]:
        named = dict(zip(INNER, maps))
        reduced = [r(named[name]).permute(0, 2, 3, 1) for name, r in self.reductions.items()]
        return [*reduced, *contexts] if reduced else maps

    def expected(self, data: torch.Tensor) -> list[torch.Tensor]:
        """The same by the network as it was trained."""
        maps, levels = self.network(data)
        return [cells(level) for level in levels] + self.inner(maps, [])

    def output_names(self) -> list[str]:
        reduced = [f"{name}_reduced" for name in self.reductions]
        contexts = [f"context_stride{s}" for s in STRIDES]
        inner = [*reduced, *contexts] if reduced else list(INNER)
        return [f"face_rpn_stride{s}" for s in STRIDES] + inner


def cells(level: torch.Tensor) -> torch.Tensor:
    cls, obj, rest = level.split(PARTS, 1)
    score = (cls.sigmoid() * obj.sigmoid()).sqrt().clamp(LEAST, MOST)
    return torch.cat([(score / (1 - score)).log(), rest], 1).permute(0, 2, 3, 1)


def side_by_side(predictors: list[list[Unit]]) -> Unit:
    """The predictors of each input as one, of the inputs' channels one after the other."""
    units = [unit for group in predictors for unit in group]
    groups = [torch.cat([unit.conv1.weight.flatten(1) for unit in group]) for group in predictors]
    weight = torch.block_diag(*groups)
    whole = Unit(weight.shape[1], weight.shape[0], predicts=True).requires_grad_(False)
    whole.conv1.weight.copy_(weight[..., None, None])
    whole.conv1.bias.copy_(torch.cat([unit.conv1.bias for unit in units]))
    whole.conv2.weight.copy_(torch.cat([unit.conv2.weight for unit in units]))
    whole.conv2.bias.copy_(torch.cat([unit.conv2.bias for unit in units]))
    return whole


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
    planar = len(STRIDES) if reductions else len(INNER)  # outputs, the last, whose channels come first
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
        expected = module.expected(torch.from_numpy(data))
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
