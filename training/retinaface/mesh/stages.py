"""What is trained of a dense branch, and where it is: the head (stage 0), the refinements after it (1, 2)
the refinement of the five landmarks ("landmarks"), and landmarks and coefficients of expression of patches
of the picture ("patches")."""

from pathlib import Path

import torch
from torch import nn

from ..common.networks import Network
from ..common.paths import WEIGHTS
from .head import Head
from .landmark_refinement import LandmarkRefinement
from .patch_landmarks import PatchLandmarks
from .refinement import Refinement


Stage = int | str
LANDMARKS = "landmarks"
PATCHES = "patches"


def stage_folder(network: Network, stage: Stage) -> Path:
    return network.work / ("samples" if stage == 0 else f"samples-{stage}")


def stage_file(network: Network, stage: Stage) -> Path:
    if isinstance(stage, str):
        return network.work / f"{stage}.pt"
    return network.work / ("head.pt" if stage == 0 else f"refinement-{stage}.pt")


def landmark_weights(network: Network) -> Path:
    """The shipped refinement of landmarks."""
    return WEIGHTS / f"{network.name}-landmarks.safetensors"


def expression_weights(network: Network) -> Path:
    """The shipped expression head."""
    return WEIGHTS / f"{network.name}-expressions.safetensors"


def new_stage(network: Network, stage: Stage, dropout: float = 0.0) -> nn.Module:
    if stage == LANDMARKS:
        return LandmarkRefinement(network, dropout)
    if stage == PATCHES:
        return PatchLandmarks(network, dropout)
    return Head(network, dropout) if stage == 0 else Refinement(network, dropout)


def columns_of_stage(network: Network, stage: Stage) -> list[str]:
    """What the stage reads besides the geometry."""
    if stage == LANDMARKS:
        return ["read"]
    if stage == PATCHES:
        return ["raw", "patch"]
    return list(network.channels) if stage == 0 else ["raw", "read"]


def load_stage(network: Network, stage: Stage) -> nn.Module:
    """With the averaged weights of its training."""
    model = new_stage(network, stage)
    saved = torch.load(stage_file(network, stage), weights_only=False)
    model.load_state_dict(saved["average"])
    return model.eval().requires_grad_(False)


def last_stage(network: Network) -> int:
    """The last refinement that was trained, or 0."""
    stage = 0
    while stage_file(network, stage + 1).exists():
        stage += 1
    return stage


def load_stages(network: Network, count: int) -> list[nn.Module]:
    return [load_stage(network, stage) for stage in range(count)]
