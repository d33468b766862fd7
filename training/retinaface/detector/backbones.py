"""The layouts: the paper's MobileNet-0.25, a lean one for small faces, and a lean neck for mnet025."""

import torch
from torch import nn

from .layers import Convolution, Separable, dense, separable
from .network import RetinaFace

MEAN, SCALE = 127.5, 1 / 128
# mnet025's maps of strides 8, 16 and 32, and their channels.
GRAFTED_MAPS = {"conv_6_relu": 64, "conv_12_relu": 128, "conv_final_relu": 256}


def normalised(x: torch.Tensor) -> torch.Tensor:
    return (x - MEAN) * SCALE


class MobileNet025(nn.Module):
    """7×7 stem of stride 4 (paper), then MobileNet's blocks at a quarter of its width."""

    widths = (64, 128, 256)

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(Convolution(3, 16, 7, 4), Separable(16, 32), Separable(32, 32))
        self.stage8 = nn.Sequential(Separable(32, 64, 2), Separable(64, 64))
        self.stage16 = nn.Sequential(
            Separable(64, 128, 2), *(Separable(128, 128) for _ in range(5))
        )
        self.stage32 = nn.Sequential(Separable(128, 256, 2), Separable(256, 256))

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        fine = self.stage8(self.stem(normalised(x)))
        middle = self.stage16(fine)
        return [fine, middle, self.stage32(middle)]


def repeated(width: int, times: int) -> list[nn.Module]:
    return [Separable(width, width, residual=True) for _ in range(times)]


class LeanBackbone(nn.Module):
    """Sample redistribution (SCRFD): more blocks at stride 8, narrower ones at 16 and 32.

    Two plain convolutions lead to stride 4: they cost more multiply-adds than separable ones, but
    less time, at run time and in training.
    """

    widths = (64, 96, 128)

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(Convolution(3, 16, 3, 2), Convolution(16, 32, 3, 2))
        self.stage8 = nn.Sequential(Separable(32, 64, 2), *repeated(64, 4))
        self.stage16 = nn.Sequential(Separable(64, 96, 2), *repeated(96, 3))
        self.stage32 = nn.Sequential(Separable(96, 128, 2), *repeated(128, 2))

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        fine = self.stage8(self.stem(normalised(x)))
        middle = self.stage16(fine)
        return [fine, middle, self.stage32(middle)]


class Mnet025Maps(nn.Module):
    """Takes the maps that mnet025's backbone has made; that backbone is not trained."""

    widths = tuple(GRAFTED_MAPS.values())

    def forward(self, maps: list[torch.Tensor]) -> list[torch.Tensor]:
        return maps


def grafted_network() -> RetinaFace:
    return RetinaFace(Mnet025Maps(), 64, separable, refine=2)


def paper_network() -> RetinaFace:
    return RetinaFace(MobileNet025(), 64, dense)


def lean_network() -> RetinaFace:
    return RetinaFace(LeanBackbone(), 64, separable)


LAYOUTS = {"mobilenet": paper_network, "lean": lean_network, "grafted": grafted_network}
