"""The shipped dense head for another evaluation: python -m retinaface.mesh.adopt_head NETWORK

Writes head.pt, and the refinements and landmarks.pt where they ship, as training does, with the weights of
packages/models. Normalisation of what the head reduces is part of the shipped weights, so it is the
identity here.
"""

import argparse
import json

import torch

from ..common.networks import NETWORKS, Network
from ..common.tensor_file import read_tensors
from .head import Head
from .stages import LANDMARKS, Stage, landmark_weights, new_stage, stage_file


def shipped_head(network: Network) -> Head:
    tensors, _ = read_tensors(network.weights)
    head = Head(network)
    channels, reduced = network.channels, network.reduced
    state = head.state_dict()
    for name in state.keys() & tensors.keys():
        state[name] = torch.from_numpy(tensors[name]).float()
    for part in ("mean", "scale"):
        row, at = torch.from_numpy(tensors[f"inputs.{part}"]), network.geometry + reduced.get("own", channels["own"])
        state[f"{part}_geometry"] = row[: network.geometry]
        for name in network.strides:
            count = reduced.get(name, channels[name])
            if name not in reduced:
                state[f"{part}_{name}"] = row[at : at + count]
            at += count * len(network.points)
    head.load_state_dict(state)
    return head


def layers_and_normalisation(model: torch.nn.Module, tensors: dict, prefix: str = "") -> torch.nn.Module:
    """A refinement with its shipped weights."""
    state = model.state_dict()
    for name in state.keys() & {t.removeprefix(prefix) for t in tensors if t.startswith(prefix)}:
        state[name] = torch.from_numpy(tensors[prefix + name]).float()
    for part in ("mean", "scale"):
        rows = torch.from_numpy(tensors[f"{prefix}inputs.{part}"]).split(list(model.sizes.values()))
        state |= {f"{part}_{name}": row for name, row in zip(model.sizes, rows)}
    model.load_state_dict(state)
    return model


def shipped_refinements(network: Network) -> dict[Stage, torch.nn.Module]:
    tensors, metadata = read_tensors(network.weights)
    count = json.loads(metadata["architecture"]).get("refinements", {"count": 0})["count"]
    stages = {
        i + 1: layers_and_normalisation(new_stage(network, i + 1), tensors, f"refinements.{i}.")
        for i in range(count)
    }
    if landmark_weights(network).exists():
        tensors, _ = read_tensors(landmark_weights(network))
        stages[LANDMARKS] = layers_and_normalisation(new_stage(network, LANDMARKS), tensors)
    return stages


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    network = NETWORKS[parser.parse_args().network]
    network.work.mkdir(parents=True, exist_ok=True)
    for stage, model in ({0: shipped_head(network)} | shipped_refinements(network)).items():
        torch.save({"average": model.state_dict()}, stage_file(network, stage))
