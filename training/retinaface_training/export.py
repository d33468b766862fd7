"""Weights and goldens for the run time: python -m retinaface_training.export

packages/models/weights/mesh-decoder.safetensors, mnet025-dense-head.safetensors and two small
goldens in fixtures/. Weights are half precision; the goldens use the rounded weights.
"""

import json

import numpy as np
import torch

from .camera import DISTANCE_RANGE, PLACE_STEP, SCALE_STEP, TYPICAL_DISTANCE, TYPICAL_SIZE
from .detector import ANCHOR_SIZES, FIRST_CENTRE, LANDMARK_STD
from .face_grid import EXTENT, FRONTAL
from .golden import write_goldens
from .head import BRANCHES, LIGHT_STEP, Head
from .light import NEUTRAL
from .paths import WEIGHTS
from .samples import ANCHOR_KINDS, OWN, TENSORS
from .statistics import SHAPE_LATENTS
from .tensor_file import write_tensors
from .train_decoder import load_decoder
from .train_head import load_head


def half(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().numpy().astype(np.float16)


def export_decoder(decoder, topology) -> None:
    tensors = {
        "mean": decoder.mean.numpy().astype(np.float32),
        "scale": decoder.scale.numpy().astype(np.float32),
    }
    for i, (layer, step) in enumerate(zip(decoder.layers, decoder.steps)):
        if layer["type"] != "upsample":
            weight = step.weight if layer["type"] == "linear" else step.theta
            tensors[f"layers.{i}.weight"] = half(weight)
            tensors[f"layers.{i}.bias"] = step.bias.detach().numpy().astype(np.float32)
    metadata = {
        "architecture": json.dumps(decoder.layers, separators=(",", ":")),
        "latent": json.dumps({"size": 128, "shape": SHAPE_LATENTS, "mean": 0, "deviation": 1}),
        "topology": topology.crc32,
        "parameters": str(decoder.parameter_count()),
    }
    write_tensors(WEIGHTS / "mesh-decoder.safetensors", tensors, metadata)


def head_metadata() -> dict[str, str]:
    inputs = {
        "order": ["geometry", "own", *(name for name, _, _ in BRANCHES)],
        "geometry": 24,
        "own": {str(s): OWN.format(s) for s, _ in ANCHOR_KINDS},
        "anchorKinds": [[int(s), ANCHOR_SIZES[s][i]] for s, i in ANCHOR_KINDS],
        "grids": [
            {"tensor": name, "stride": TENSORS[name], "points": side, "channels": out}
            for name, side, out in BRANCHES
        ],
        "extent": EXTENT,
        "frontalLandmarks": FRONTAL.tolist(),
    }
    outputs = {
        "latent": 128,
        "camera": {
            "typicalSize": TYPICAL_SIZE,
            "typicalDistance": TYPICAL_DISTANCE,
            "scaleStep": SCALE_STEP,
            "placeStep": PLACE_STEP,
            "distanceRange": list(DISTANCE_RANGE),
        },
        "light": {
            "neutral": [round(v, 6) for v in NEUTRAL.tolist()],
            "step": [round(v, 6) for v in LIGHT_STEP.tolist()],
        },
    }
    return {
        "architecture": json.dumps({"inputs": inputs, "outputs": outputs}, separators=(",", ":")),
        "detector": "mnet.25_v2.onnx of the npm package retinaface@0.0.6",
        "detectorDecoding": json.dumps(
            {"firstCentre": FIRST_CENTRE, "landmarkDeviation": LANDMARK_STD}
        ),
    }


def export_head(head: Head) -> None:
    tensors = {}
    for name in ("hidden", "hidden2", "out"):
        layer = getattr(head, name)
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = half(layer.weight), layer.bias.numpy()
    for (name, _, _), layer in zip(BRANCHES, head.reduce):
        tensors[f"reduce.{name}.weight"] = half(layer.weight)
        tensors[f"reduce.{name}.bias"] = layer.bias.numpy()
    for name in Head.sizes():
        tensors[f"{name}.mean"] = getattr(head, f"mean_{name}").numpy()
        tensors[f"{name}.scale"] = getattr(head, f"scale_{name}").numpy()
    write_tensors(WEIGHTS / "mnet025-dense-head.safetensors", tensors, head_metadata())


def rounded(model: torch.nn.Module) -> torch.nn.Module:
    """The model with its weights as the file has them."""
    with torch.no_grad():
        for name, value in model.named_parameters():
            if name.endswith(("weight", "theta")):
                value.copy_(value.half().float())
    return model


def export_all() -> None:
    decoder, _, topology = load_decoder()
    head = load_head()
    export_decoder(rounded(decoder), topology)
    export_head(rounded(head))
    write_goldens(decoder, head)
    for path in sorted(WEIGHTS.glob("*.safetensors")):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    export_all()
