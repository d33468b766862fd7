"""Multiply-adds of the layouts and of mnet025 at 640×480: python -m retinaface.detector.macs"""

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import numpy_helper
from torch import nn

from ..common.paths import detector_file
from .anchors import LEVELS
from .backbones import GRAFTED_MAPS, LAYOUTS, Mnet025Maps

HEIGHT, WIDTH = 480, 640


def network_macs(network: nn.Module) -> dict[str, int]:
    """Multiply-adds of the convolutions of each part of a network."""
    counts: dict[str, int] = {}

    def count(part: str):
        def hook(layer, _, output):
            k = layer.kernel_size[0] * layer.kernel_size[1] * layer.in_channels // layer.groups
            counts[part] = counts.get(part, 0) + k * output.numel() // len(output)

        return hook

    hooks = [
        layer.register_forward_hook(count(part_of(name)))
        for name, layer in network.named_modules()
        if isinstance(layer, nn.Conv2d)
    ]
    with torch.no_grad():
        network.eval()(example(network))
    for hook in hooks:
        hook.remove()
    return counts


def example(network: nn.Module):
    if not isinstance(network.backbone, Mnet025Maps):
        return torch.zeros(1, 3, HEIGHT, WIDTH)
    sides = [(HEIGHT // s, WIDTH // s) for s, _ in LEVELS]
    return [torch.zeros(1, c, *side) for c, side in zip(GRAFTED_MAPS.values(), sides)]


def part_of(name: str) -> str:
    words = name.split(".")
    return ".".join(words[:2]) if words[0] in ("backbone", "context", "heads") else words[0]


def file_macs(path) -> dict[str, int]:
    """Multiply-adds of each convolution of an ONNX file; it is run once to see every shape."""
    model = onnx.load(path)
    shape = model.graph.input[0].type.tensor_type.shape
    shape.dim[2].dim_param, shape.dim[3].dim_param = "height", "width"
    nodes = [n for n in model.graph.node if n.op_type == "Conv"]
    del model.graph.output[:]
    model.graph.output.extend(onnx.ValueInfoProto(name=n.output[0]) for n in nodes)
    weights = {w.name: numpy_helper.to_array(w) for w in model.graph.initializer}
    session = ort.InferenceSession(model.SerializeToString())
    zeros = np.zeros((1, 3, HEIGHT, WIDTH), np.float32)
    outputs = session.run(None, {session.get_inputs()[0].name: zeros})
    return {n.name: weights[n.input[1]][0].size * y.size for n, y in zip(nodes, outputs)}


if __name__ == "__main__":
    known = file_macs(detector_file())
    base = sum(known.values())
    backbone = sum(count for name, count in known.items() if name.startswith("conv_"))
    print(f"mnet025 {base / 1e6:.0f} M")
    for name, make in LAYOUTS.items():
        network = make()
        parts = network_macs(network)
        if isinstance(network.backbone, Mnet025Maps):
            parts = {"backbone": backbone} | parts
        total = sum(parts.values())
        print(f"{name} {total / 1e6:.0f} M, {total / base:.1%} of mnet025")
        for part, count in parts.items():
            print(f"  {part} {count / 1e6:.1f} M")
