"""Weights of a run, from its folder or from a file."""

from pathlib import Path

import torch

from .backbones import LAYOUTS
from .network import RetinaFace
from .paths import RUNS


def load_network(name: str, layout: str) -> RetinaFace:
    """The averaged weights of the run `name`, or those of the file of that name."""
    network = LAYOUTS[layout]()
    network.load_state_dict(read_weights(Path(name)) if Path(name).is_file() else run_weights(name))
    return network.eval().requires_grad_(False)


def run_weights(name: str) -> dict[str, torch.Tensor]:
    path = RUNS / name / "state.pt"
    if not path.exists():
        raise FileNotFoundError(f"{name} is neither a file nor a run: there is no {path}")
    return torch.load(path, map_location="cpu", weights_only=True)["average"]


def read_weights(path: Path) -> dict[str, torch.Tensor]:
    """Of a file that `average.half` wrote."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    return {k: v.float() if v.is_floating_point() else v for k, v in state.items()}
