"""retinaface-500m: YuNet-n as it is at strides 8 and 16, and a coarse branch of strides 32 and 64.

YuNet-n gives several boxes for a face of more than about 300 pixels. The coarse branch reads the
backbone's last map; what it learns changes nothing at strides 8 and 16.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from ..common.paths import SHARED
from .paths import RUNS
from .yunet_layers import Backbone, Heads, Neck, Unit

STRIDES = (8, 16, 32, 64)
FINE = 2  # levels that are YuNet-n's
POINTS = 6  # channel of the first coordinate of the points
ARRAYS = SHARED / "models" / "yunet-n-weights.npz"


class CoarseBranch(nn.Module):
    """Predictions of strides 32 and 64 from the backbone's map of stride 32."""

    def __init__(self, width: int = 64, wide: int = 128):
        super().__init__()
        self.stage = nn.Sequential(Unit(width, wide), Unit(wide, wide), Unit(wide, wide))
        self.narrow = Unit(wide, width)
        self.lateral = Unit(width, width)
        self.bbox_head = Heads(2, width)

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        return [self.bbox_head.level(i, level) for i, level in enumerate(self.levels(x))]

    def levels(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The pyramid's maps of strides 32 and 64."""
        coarsest = self.narrow(self.stage(F.max_pool2d(x, 2)))
        return self.lateral(x + F.interpolate(coarsest, scale_factor=2, mode="nearest")), coarsest


class OwnNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = Backbone()
        self.neck = Neck(3)
        self.bbox_head = Heads(FINE + 1)
        self.coarse = CoarseBranch()

    def forward(self, x: torch.Tensor) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
        """The backbone's maps of BGR pictures [b, 3, rows, columns], whose sides divide by 64, and
        the predictions [b, 16, rows, columns] of strides 8, 16, 32 and 64.

        The points of stride 32 are YuNet-n's: those of the coarse branch, which learned from fewer
        faces, lie further off.
        """
        maps = self.backbone(x)
        levels = self.neck(maps[1:])
        fine = [self.bbox_head.level(i, levels[i]) for i in range(FINE)]
        middle, coarsest = self.coarse(maps[-1])
        points = self.bbox_head.points(FINE, levels[FINE])
        return maps, [*fine, torch.cat([middle[:, :POINTS], points], 1), coarsest]


def started() -> OwnNetwork:
    """With YuNet-n's arrays; the coarse branch begins as its stride 32."""
    torch.manual_seed(0)
    network = OwnNetwork()
    state = network.state_dict()
    arrays = {k: torch.from_numpy(v) for k, v in np.load(ARRAYS).items()}
    for name in state:
        source = source_of(name)
        if source in arrays and arrays[source].shape == state[name].shape:
            state[name] = arrays[source]
    network.load_state_dict(state)
    for unit in (*network.coarse.stage, network.coarse.narrow):
        nn.init.kaiming_normal_(unit.conv1.weight, nonlinearity="linear")
        nn.init.normal_(unit.conv2.weight, 0, (2 / 9) ** 0.5)
    return network


def load(name: str) -> OwnNetwork:
    """With the averaged weights of a run of the coarse branch."""
    network = started()
    state = torch.load(RUNS / name / "state.pt", map_location="cpu", weights_only=False)
    network.coarse.load_state_dict(state["average"])
    return network.eval().requires_grad_(False)


def source_of(name: str) -> str:
    """The array of YuNet-n that a parameter begins with."""
    if not name.startswith("coarse."):
        return name
    if name.startswith("coarse.lateral."):
        return name.replace("coarse.lateral", "neck.lateral_convs.2")
    words = name.split(".")
    return ".".join(words[1:3] + ["2"] + words[4:]) if words[1] == "bbox_head" else name
