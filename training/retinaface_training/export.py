"""Weights and goldens for the run time: python -m retinaface_training.export

packages/models/weights/mesh-decoder.safetensors, mnet025-dense-head.safetensors and two small
goldens in fixtures/; of another network the head alone, whose decoder is the shipped one. Weights are half precision; the goldens use the rounded weights. The head's
file has two halves: `reduce.*` are 1×1 convolutions that the build of the detector appends to its
graph, in single precision; the rest is the head at kept anchors.
"""

import json

import numpy as np
import torch

from .camera import DISTANCE_RANGE, PLACE_STEP, SCALE_STEP, TYPICAL_DISTANCE, TYPICAL_SIZE
from .face_grid import FRONTAL, GRID
from .golden import write_goldens
from .head import CHANNELS, GEOMETRY, GRIDS, LIGHT_STEP, REDUCED, Head
from .light import NEUTRAL
from .networks import ANCHOR_SIZES, LANDMARK_STD, MNET025, NETWORK
from .paths import WEIGHTS
from .samples import ANCHOR_KINDS, TENSORS
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


def reduced(name: str) -> str:
    """The detector's tensor after a reduction."""
    return f"{name}_reduced" if name in REDUCED else name


def head_metadata() -> dict[str, str]:
    own = {str(s): reduced("own").replace("own", NETWORK.own.format(s)) for s, _ in ANCHOR_KINDS}
    inputs = {
        "geometry": GEOMETRY,
        "own": {"channels": REDUCED["own"], "tensors": own},
        "anchorKinds": [[int(s), ANCHOR_SIZES[s][i]] for s, i in ANCHOR_KINDS],
        "points": [[round(float(v), 9) for v in point] for point in GRID],
        "grids": [
            {
                "tensor": reduced(name),
                "stride": TENSORS[name],
                "channels": REDUCED.get(name, CHANNELS[name]),
                "activation": "relu" if name in REDUCED else "none",
            }
            for name in GRIDS
        ],
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
        "detector": NETWORK.description,
        "detectorDecoding": json.dumps(
            {"firstCentre": NETWORK.first_centre, "landmarkDeviation": LANDMARK_STD}
        ),
    }


def input_normalisation(head: Head) -> tuple[np.ndarray, np.ndarray]:
    """Mean and scale of every input of `hidden`; those of what is reduced are in `reduce.*`."""
    means, scales = [head.mean_geometry], [head.scale_geometry]
    for name, points in (("own", 1), *((name, len(GRID)) for name in GRIDS)):
        count = REDUCED.get(name, CHANNELS[name])
        plain = name not in REDUCED
        means.append((getattr(head, f"mean_{name}") if plain else torch.zeros(count)).repeat(points))
        scales.append((getattr(head, f"scale_{name}") if plain else torch.ones(count)).repeat(points))
    return torch.cat(means).numpy(), torch.cat(scales).numpy()


def export_head(head: Head) -> None:
    tensors = {}
    for name in ("hidden", "hidden2", "out"):
        layer = getattr(head, name)
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = half(layer.weight), layer.bias.numpy()
    tensors["inputs.mean"], tensors["inputs.scale"] = input_normalisation(head)
    for name, layer in head.reduce.items():
        weight = layer.weight / getattr(head, f"scale_{name}")
        tensors[f"reduce.{name}.weight"] = weight.numpy()
        tensors[f"reduce.{name}.bias"] = (
            layer.bias - weight @ getattr(head, f"mean_{name}")
        ).numpy()
    write_tensors(NETWORK.weights, tensors, head_metadata())


def rounded(model: torch.nn.Module) -> torch.nn.Module:
    """The model with its weights as the file has them."""
    with torch.no_grad():
        for name, value in model.named_parameters():
            if name.endswith(("weight", "theta")) and not name.startswith("reduce"):
                value.copy_(value.half().float())
    return model


def export_all() -> None:
    head = rounded(load_head())
    export_head(head)
    if NETWORK is MNET025:
        decoder, _, topology = load_decoder()
        export_decoder(rounded(decoder), topology)
        write_goldens(decoder, head)
    for path in sorted(WEIGHTS.glob("*.safetensors")):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    export_all()
