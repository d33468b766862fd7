"""The shipped dense head for another evaluation: python -m retinaface.mesh.adopt_head NETWORK

Writes head.pt as train_head does, with the weights of packages/models. Normalisation of what is
reduced is part of the shipped weights, so it is the identity here.
"""

import argparse

import torch

from ..common.networks import NETWORKS, Network
from ..common.tensor_file import read_tensors
from .head import Head


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


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    network = NETWORKS[parser.parse_args().network]
    network.work.mkdir(parents=True, exist_ok=True)
    torch.save({"average": shipped_head(network).state_dict()}, network.work / "head.pt")
