"""mnet025's backbone, as it is, under a network that takes its maps."""

import onnx
from onnx import compose, helper, version_converter

from ..common.networks import INPUT
from ..common.paths import detector_file
from .backbones import GRAFTED_MAPS

OPSET = 13
PREFIX = "neck_"
BATCH_ROWS_COLUMNS = ((0, "batch"), (2, "height"), (3, "width"))


def backbone(outputs: tuple[str, ...]) -> onnx.ModelProto:
    """mnet025 up to these tensors: float 1×3×height×width in 0..255, RGB."""
    model = version_converter.convert_version(onnx.load(detector_file()), OPSET)
    shape = model.graph.input[0].type.tensor_type.shape
    for i, name in BATCH_ROWS_COLUMNS:
        shape.dim[i].dim_param = name
    del model.graph.output[:], model.graph.value_info[:]
    model.graph.output.extend(
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in outputs
    )
    return onnx.utils.Extractor(model).extract_model([INPUT], list(outputs))


def graft(neck: onnx.ModelProto, interleaved: bool) -> onnx.ModelProto:
    """One network of pixels from one whose inputs are `GRAFTED_MAPS`."""
    neck = compose.add_prefix(neck, PREFIX, rename_inputs=False, rename_outputs=False)
    neck.ir_version = (base := backbone(tuple(GRAFTED_MAPS))).ir_version
    joined = compose.merge_models(base, neck, [(name, name) for name in GRAFTED_MAPS])
    return from_bytes(joined) if interleaved else joined


def from_bytes(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same network for bytes 1×height×width×3 as pixels lie in memory."""
    graph = model.graph
    for node in graph.node:
        node.input[:] = ["planes" if name == INPUT else name for name in node.input]
    float_type = onnx.TensorProto.FLOAT
    graph.node.insert(0, helper.make_node("Transpose", ["samples"], ["planes"], perm=[0, 3, 1, 2]))
    graph.node.insert(0, helper.make_node("Cast", [INPUT], ["samples"], to=float_type))
    sides = ["batch", "height", "width", 3]
    graph.input[0].CopyFrom(helper.make_tensor_value_info(INPUT, onnx.TensorProto.UINT8, sides))
    return model
