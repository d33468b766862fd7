"""The few layers that both networks are made of."""

import torch
from torch import nn


class Convolution(nn.Sequential):
    """Convolution, batch norm and, unless it is the last of a sum or a join, ReLU."""

    def __init__(self, inputs: int, outputs: int, kernel=3, stride=1, groups=1, active=True):
        layers = [
            nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
            nn.BatchNorm2d(outputs),
        ]
        super().__init__(*layers, *([nn.ReLU()] if active else []))
        nn.init.kaiming_normal_(self[0].weight, mode="fan_out", nonlinearity="relu")


class Separable(nn.Module):
    """Depthwise 3×3 and pointwise convolution (MobileNet), added to its input where shapes allow
    and `residual` asks for it."""

    def __init__(self, inputs: int, outputs: int, stride=1, active=True, residual=False):
        super().__init__()
        self.depthwise = Convolution(inputs, inputs, 3, stride, groups=inputs)
        self.pointwise = Convolution(inputs, outputs, 1, active=active and not residual)
        self.residual = residual

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.pointwise(self.depthwise(x))
        return torch.relu(x + y) if self.residual else y


def dense(inputs: int, outputs: int, active=True) -> nn.Module:
    return Convolution(inputs, outputs, 3, active=active)


def separable(inputs: int, outputs: int, active=True) -> nn.Module:
    return Separable(inputs, outputs, active=active)
