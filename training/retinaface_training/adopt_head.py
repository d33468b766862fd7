"""The shipped dense head for another evaluation: python -m retinaface_training.adopt_head

Writes head.pt as train_head does, with the weights of packages/models. Normalisation of what is
reduced is part of the shipped weights, so it is the identity here.
"""

import torch

from .face_grid import GRID
from .head import CHANNELS, GEOMETRY, GRIDS, REDUCED, Head
from .networks import NETWORK
from .tensor_file import read_tensors


def shipped_head() -> Head:
    tensors, _ = read_tensors(NETWORK.weights)
    head = Head()
    state = head.state_dict()
    for name in state.keys() & tensors.keys():
        state[name] = torch.from_numpy(tensors[name]).float()
    for part in ("mean", "scale"):
        row, at = torch.from_numpy(tensors[f"inputs.{part}"]), GEOMETRY + REDUCED["own"]
        state[f"{part}_geometry"] = row[:GEOMETRY]
        for name in GRIDS:
            count = REDUCED.get(name, CHANNELS[name])
            if name not in REDUCED:
                state[f"{part}_{name}"] = row[at : at + count]
            at += count * len(GRID)
    head.load_state_dict(state)
    return head


if __name__ == "__main__":
    NETWORK.work.mkdir(parents=True, exist_ok=True)
    torch.save({"average": shipped_head().state_dict()}, NETWORK.work / "head.pt")
