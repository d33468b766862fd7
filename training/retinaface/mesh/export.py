"""Weights and goldens for the run time: python -m retinaface.mesh.export NETWORK

packages/models/weights/NETWORK-dense-head.safetensors; of mnet025 also mesh-decoder.safetensors and
two small goldens in fixtures/. Weights are half precision; the goldens use the rounded weights. The
head's file has two halves: `reduce.*` are 1×1 convolutions that the build of the detector appends to
its graph, in single precision; the rest is the head at kept anchors and its refinements.
"""

import argparse
import json

import numpy as np
import torch

from ..common.blendshapes import TOLD
from ..common.networks import MNET025, NETWORKS, Network
from ..common.paths import WEIGHTS
from ..common.tensor_file import read_tensors, write_tensors
from .camera import (
    DISTANCE_RANGE,
    PLACE_STEP,
    SCALE_STEP,
    TYPICAL_DISTANCE,
    TYPICAL_SIZE,
)
from .face_grid import FRONTAL
from .expression_agreement import fitted_eyeball
from .gaze import RADIUS as EYEBALL_RADIUS
from .golden import decoder_golden, expression_golden, head_golden, landmark_golden, write_golden
from .head import LIGHT_STEP, Head
from .landmark_refinement import PLACES, STEP, LandmarkReader, LandmarkRefinement
from .light import NEUTRAL
from .patch_export import patch_architecture, patch_tensors
from .patch_landmarks import HIDDEN, PatchLandmarks
from .patches import PATCHES as PATCHES_OF_FACE
from .refinement import POINTS, PointPlaces, Refinement, RefinementReader
from .shape_fit import IRIS_RADIUS, PatchFitReader
from .statistics import SHAPE_LATENTS
from .train_decoder import load_decoder
from .stages import (
    LANDMARKS,
    PATCHES,
    expression_weights,
    landmark_weights,
    last_stage,
    load_stage,
    load_stages,
    stage_file,
)


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


def grids_of(network: Network) -> list[dict]:
    """The maps that are read at points on the face, as they leave the detector."""
    kept = network.channels | network.reduced
    return [
        {
            "tensor": reduced(name) if name in network.maps else name,
            "stride": stride,
            "channels": kept[name],
            "activation": "relu" if name in network.maps else "none",
        }
        for name, stride in network.strides.items()
    ]


def head_metadata(network: Network, refinements: int, has_patches: bool) -> dict[str, str]:
    own = {str(s): network.own.format(s) for s in network.levels}
    if network.own_reduced:
        own = {s: reduced(tensor) for s, tensor in own.items()}
    kept = network.channels | network.reduced
    inputs = {
        "geometry": network.geometry,
        "own": {"channels": kept["own"], "tensors": own},
        "anchorKinds": [list(kind) for kind in network.kinds],
        "points": [[round(float(v), 9) for v in point] for point in network.points],
        "grids": grids_of(network),
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
    architecture = {"inputs": inputs, "outputs": outputs}
    if refinements:
        architecture["refinements"] = {"count": refinements, "points": POINTS}
    if has_patches:
        architecture["patches"] = patch_architecture()
    return {
        "architecture": json.dumps(architecture, separators=(",", ":")),
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


def layers_of(model: torch.nn.Module) -> dict[str, np.ndarray]:
    tensors = {}
    for name in ("hidden", "hidden2", "out"):
        layer = getattr(model, name)
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = half(layer.weight), layer.bias.numpy()
    return tensors


def normalisation_of(model: torch.nn.Module) -> dict[str, np.ndarray]:
    return {
        f"inputs.{part}": torch.cat([getattr(model, f"{part}_{name}") for name in model.sizes]).numpy()
        for part in ("mean", "scale")
    }


def refinement_tensors(refinements: list[Refinement]) -> dict[str, np.ndarray]:
    """Layers and normalisation of each, and the decoder's linear stand-in at the points they read."""
    places = PointPlaces(load_decoder()[1])
    tensors = {
        "refinements.points.weight": places.shape.numpy().T.astype(np.float32),
        "refinements.points.bias": places.mean.numpy().reshape(-1).astype(np.float32),
    }
    for i, model in enumerate(refinements):
        each = layers_of(model) | normalisation_of(model)
        tensors |= {f"refinements.{i}.{name}": value for name, value in each.items()}
    return tensors


def export_head(head: Head, refinements: list[Refinement], patches: PatchLandmarks | None) -> None:
    tensors = layers_of(head)
    if refinements:
        tensors |= refinement_tensors(refinements)
    if patches:
        tensors |= patch_tensors(patches, load_decoder()[1])
    tensors["inputs.mean"], tensors["inputs.scale"] = input_normalisation(head)
    for name, layer in head.reduce.items():
        weight = layer.weight / getattr(head, f"scale_{name}")
        tensors[f"reduce.{name}.weight"] = weight.numpy()
        tensors[f"reduce.{name}.bias"] = (
            layer.bias - weight @ getattr(head, f"mean_{name}")
        ).numpy()
    write_tensors(head.network.weights, tensors, head_metadata(head.network, len(refinements), bool(patches)))


def export_landmarks(model: LandmarkRefinement) -> None:
    network = model.network
    architecture = {
        "geometry": network.geometry,
        "anchorKinds": [list(kind) for kind in network.kinds],
        "frontalLandmarks": FRONTAL.tolist(),
        "grids": grids_of(network),
        "places": [[round(float(v), 6) for v in place] for place in PLACES],
        "step": STEP,
    }
    metadata = {
        "architecture": json.dumps(architecture, separators=(",", ":")),
        "detector": network.description,
    }
    write_tensors(landmark_weights(network), layers_of(model) | normalisation_of(model), metadata)


def export_expressions(model: PatchLandmarks, eyeball: list[float]) -> None:
    """Of a folded model."""
    hidden, out = model.coef[0], model.coef[3]
    architecture = {
        "features": len(PATCHES_OF_FACE) * HIDDEN,
        "coefficients": TOLD,
        "leastHeights": kept_least_heights(model.network),
        "eyes": [1, 2],
        "irisRadius": IRIS_RADIUS,
        "eyeball": {"radius": EYEBALL_RADIUS, "centre": eyeball},
    }
    metadata = {
        "architecture": json.dumps(architecture, separators=(",", ":")),
        "detector": model.network.description,
    }
    tensors = {}
    for name, layer in (("hidden", hidden), ("out", out)):
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = half(layer.weight), layer.bias.detach().numpy()
    write_tensors(expression_weights(model.network), tensors, metadata)


def kept_least_heights(network: Network) -> dict[str, int]:
    """What `expression_sizes` measured of the shipped file; it is run again after an export."""
    return json.loads(read_tensors(expression_weights(network))[1]["architecture"])["leastHeights"]


def rounded(model: torch.nn.Module) -> torch.nn.Module:
    """The model with its weights as the file has them."""
    with torch.no_grad():
        for name, value in model.named_parameters():
            if name.endswith(("weight", "theta")) and not name.startswith("reduce"):
                value.copy_(value.half().float())
    return model


def export_all(network: Network) -> None:
    head, *rest = (rounded(stage) for stage in load_stages(network, 1 + last_stage(network)))
    patches = None
    if stage_file(network, PATCHES).exists():
        patches = load_stage(network, PATCHES)
        patches.fold()
        patches = rounded(patches)
    export_head(head, rest, patches)
    decoder, components, topology = load_decoder()
    if network is MNET025:
        export_decoder(rounded(decoder), topology)
    with torch.no_grad():
        if network is MNET025:
            write_golden("mesh-decoder", decoder_golden(decoder))
        write_golden(f"{network.name}-dense-head", head_golden(head, rest, patches, components))
    if stage_file(network, LANDMARKS).exists():
        landmarks = rounded(load_stage(network, LANDMARKS))
        export_landmarks(landmarks)
        write_golden(f"{network.name}-landmarks", landmark_golden(LandmarkReader(head), landmarks))
    if patches:
        eyeball = fitted_eyeball(network, patches, components)
        export_expressions(patches, eyeball)
        with torch.no_grad():
            golden = expression_golden(PatchFitReader(head, rest, patches, components), eyeball)
        write_golden(f"{network.name}-expressions", golden)
    for path in sorted(WEIGHTS.glob("*.safetensors")):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    export_all(NETWORKS[parser.parse_args().network])
