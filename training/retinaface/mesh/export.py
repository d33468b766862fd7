"""Weights and goldens for the run time: python -m retinaface.mesh.export NETWORK

packages/models/weights/NETWORK-dense-head.safetensors; of mnet025 also mesh-decoder.safetensors and
two small goldens in fixtures/. Weights are half precision; the goldens use the rounded weights. The
head's file has two halves: `reduce.*` are 1×1 convolutions that the build of the detector appends to
its graph, in single precision; the rest is the head at kept anchors.
"""

import argparse
import json

import numpy as np
import torch

from ..common.networks import MNET025, NETWORKS, Network
from ..common.paths import WEIGHTS
from ..common.tensor_file import write_tensors
from .camera import (
    DISTANCE_RANGE,
    PLACE_STEP,
    SCALE_STEP,
    TYPICAL_DISTANCE,
    TYPICAL_SIZE,
)
from .face_grid import FRONTAL
from .golden import write_goldens
from .head import LIGHT_STEP, Head
from .light import NEUTRAL
from .statistics import SHAPE_LATENTS
from .train_decoder import load_decoder
from .stages import load_stage


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


def reduced(tensor: str) -> str:
    """The detector's tensor after its reduction."""
    return f"{tensor}_reduced"


def head_metadata(network: Network) -> dict[str, str]:
    own = {str(s): network.own.format(s) for s in network.levels}
    if network.own_reduced:
        own = {s: reduced(tensor) for s, tensor in own.items()}
    kept = network.channels | network.reduced
    inputs = {
        "geometry": network.geometry,
        "own": {"channels": kept["own"], "tensors": own},
        "anchorKinds": [list(kind) for kind in network.kinds],
        "points": [[round(float(v), 9) for v in point] for point in network.points],
        "grids": [
            {
                "tensor": reduced(name) if name in network.maps else name,
                "stride": stride,
                "channels": kept[name],
                "activation": "relu" if name in network.maps else "none",
            }
            for name, stride in network.strides.items()
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
        "detector": network.description,
        "detectorDecoding": json.dumps(
            {"firstCentre": network.first_centre, "landmarkDeviation": network.landmark_std}
        ),
    }


def input_normalisation(head: Head) -> tuple[np.ndarray, np.ndarray]:
    """Mean and scale of every input of `hidden`; those of what is reduced are in `reduce.*`."""
    means, scales = [head.mean_geometry], [head.scale_geometry]
    network = head.network
    kept = network.channels | network.reduced
    for name, points in {"own": 1, **dict.fromkeys(network.strides, len(network.points))}.items():
        count, plain = kept[name], name not in network.reduced
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
    write_tensors(head.network.weights, tensors, head_metadata(head.network))


def rounded(model: torch.nn.Module) -> torch.nn.Module:
    """The model with its weights as the file has them."""
    with torch.no_grad():
        for name, value in model.named_parameters():
            if name.endswith(("weight", "theta")) and not name.startswith("reduce"):
                value.copy_(value.half().float())
    return model


def export_all(network: Network) -> None:
    head = rounded(load_stage(network, 0))
    export_head(head)
    if network is MNET025:
        decoder, _, topology = load_decoder()
        export_decoder(rounded(decoder), topology)
        write_goldens(decoder, head)
    for path in sorted(WEIGHTS.glob("*.safetensors")):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    export_all(NETWORKS[parser.parse_args().network])
