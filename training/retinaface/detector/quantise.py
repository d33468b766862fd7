"""retinaface-500m in 8-bit integers: python -m retinaface.detector.quantise FLOAT32.onnx OUT.onnx

Input `pixels`: uint8 1×height×width×3, RGB, both sides divisible by 64. Outputs
`face_rpn_stride{8,16,32,64}` and `stride{4,8,16}_reduced` as in float32. Each activation has the range that it takes on pictures
of the training data, each output channel of a layer its own range of weights. The predictors and the dense head's
reductions stay in float32: boxes and points need finer steps.

The first layer makes two columns of its outputs from four pixels at a time, side by side as 12
channels: with three channels the runtime spends a third of the whole network's time in it.
"""

import argparse
import tempfile
from pathlib import Path

import cv2
import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnx.utils import extract_model
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)

from ..common.held_out import is_held_out
from ..common.labels import read_rgb
from .pictures import PICTURES, read_annotations

CALIBRATION_PICTURES = 48
SCALES = (0.5, 1, 1)
LAYERS = ["Conv", "MaxPool", "Add", "Resize", "Relu", "Concat"]
PREDICTORS = "/predictors"  # how their nodes' names begin; the reductions come after them
PIXELS = 4  # that the first layer takes at a time


class Calibration(CalibrationDataReader):
    def __init__(self):
        self.rng = np.random.default_rng(0)
        names = [name for name in read_annotations() if not is_held_out(name)]
        self.names = iter(self.rng.choice(names, CALIBRATION_PICTURES, replace=False))

    def get_next(self) -> dict[str, np.ndarray] | None:
        name = next(self.names, None)
        if name is None:
            return None
        rgb = read_rgb(PICTURES / "images" / f"{name}.jpg")
        scale = self.rng.choice(SCALES)
        rgb = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        height, width = (n // 64 * 64 for n in rgb.shape[:2])
        rgb[0, :2] = [[0] * 3, [255] * 3]  # the input has all values
        return {"data": np.float32(rgb[None, :height, :width].transpose(0, 3, 1, 2))}


def quantise(source: Path, out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        heads, whole = f"{folder}/heads.onnx", f"{folder}/int8.onnx"
        outputs = [o.name for o in onnx.load(source).graph.output]
        kept = [name for name in outputs if name.startswith(("face_rpn_", "stride"))]
        extract_model(str(source), heads, ["data"], kept)
        names = [n.name for n in onnx.load(heads).graph.node]
        first = next(i for i, name in enumerate(names) if name.startswith(PREDICTORS))
        quantize_static(
            heads,
            whole,
            Calibration(),
            quant_format=QuantFormat.QOperator,
            op_types_to_quantize=LAYERS,
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=names[first:],
            calibrate_method=CalibrationMethod.MinMax,
        )
        onnx.save(from_pixels(onnx.load(whole)), out)


def from_pixels(model: onnx.ModelProto) -> onnx.ModelProto:
    """The network on pixels as they lie in pictures, where it would quantise planes of floats."""
    graph = model.graph
    quantises = next(n for n in graph.node if n.op_type == "QuantizeLinear" and "data" in n.input)
    layer = next(n for n in graph.node if quantises.output[0] in n.input)
    weights = {w.name: w for w in graph.initializer}
    scale, zero = (numpy_helper.to_array(weights[name]) for name in quantises.input[1:])
    if abs(scale - 1) > 1e-6 or zero != 0:
        raise ValueError(f"expected an input of scale 1 and zero point 0, found {scale} and {zero}")
    columns = PIXELS // 2  # of outputs
    outputs = 0
    for i in (3, 4, 5, 8):  # weights, their scales and zero points, biases
        values = numpy_helper.to_array(weights[layer.input[i]])
        outputs = len(values)
        wide = widened(values) if i == 3 else np.tile(values, columns)
        weights[layer.input[i]].CopyFrom(numpy_helper.from_array(wide, layer.input[i]))
    shapes = {"wide_shape": [0, 0, -1, 3 * PIXELS], "narrow_shape": [0, 0, -1, outputs]}
    graph.initializer.extend(numpy_helper.from_array(np.array(v), k) for k, v in shapes.items())
    wide = {"kernel_shape": [3, 2], "pads": [1, 1, 1, 0], "strides": [2, 1], "channels_last": 1}
    inputs = ["wide", *layer.input[1:]]
    graph.node.remove(quantises)
    graph.node.remove(layer)
    first = [
        helper.make_node("Reshape", ["pixels", "wide_shape"], ["wide"]),
        helper.make_node("QLinearConv", inputs, ["pairs"], domain="com.microsoft", **wide),
        helper.make_node("Reshape", ["pairs", "narrow_shape"], ["cells"]),
        helper.make_node("Transpose", ["cells"], [layer.output[0]], perm=[0, 3, 1, 2]),
    ]
    for node in reversed(first):
        graph.node.insert(0, node)
    del graph.input[:]
    dims = [1, "height", "width", 3]
    graph.input.append(helper.make_tensor_value_info("pixels", onnx.TensorProto.UINT8, dims))
    return model


def widened(weights: np.ndarray) -> np.ndarray:
    """From outputs×3×3×3 for one pixel in two to 2·outputs×12×3×2 for four pixels at a time."""
    outputs, channels, rows, columns = weights.shape
    wide = np.zeros((PIXELS // 2, outputs, 2, PIXELS, channels, rows), weights.dtype)
    for output in range(PIXELS // 2):
        for column in range(columns):
            block, pixel = divmod(PIXELS + 2 * output + column - 1, PIXELS)
            wide[output, :, block, pixel] = weights[..., column]
    # outputs, blocks, pixels, channels, rows: pixels and channels lie side by side.
    return wide.transpose(0, 1, 3, 4, 5, 2).reshape(-1, PIXELS * channels, rows, 2)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    quantise(given.source, given.out)
    print(given.out, given.out.stat().st_size)
