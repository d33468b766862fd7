"""The dense head: a small network on the detector's features at one kept anchor."""

import torch
from torch import nn

from ..common.networks import Network
from .camera import to_p_cam
from .light import NEUTRAL
from .perceptron import Perceptron

LATENTS, CAMERA, LIGHT = 128, 7, 9
LIGHT_STEP = torch.tensor([25.0, 25.0, 15.0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])


class Head(Perceptron):
    """Reduces each map to few channels (the run time has these 1×1 convolutions in the detector's
    graph, so that small maps leave it), reads them and the picture itself on the face's grid, since
    inner maps tell too little of the skin's tone, and goes through two hidden layers."""

    def __init__(self, network: Network, dropout: float = 0.1):
        channels, reduced = network.channels, network.reduced
        own = reduced.get("own", channels["own"])
        inputs = network.geometry + own + len(network.points) * network.point_channels
        sizes = {"geometry": network.geometry, **channels}
        super().__init__(sizes, inputs, network.width, LATENTS + CAMERA + LIGHT, dropout)
        self.network = network
        self.reduce = nn.ModuleDict(
            {name: nn.Linear(channels[name], out) for name, out in reduced.items()}
        )

    def forward(self, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
        """Raw [n, 144]: latent, camera in the face's frame, light about NEUTRAL."""
        own = self.normalised("own", inputs["own"])
        parts = [self.reduce["own"](own) if "own" in self.reduce else own]
        for name in self.network.strides:
            grid = self.normalised(name, inputs[name])
            if name in self.reduce:
                grid = torch.relu(self.reduce[name](grid))
            parts.append(grid.flatten(1))
        geometry = self.normalised("geometry", inputs["geometry"])
        return self.through(torch.cat([geometry, self.drop(torch.cat(parts, 1))], 1))


def split(raw: torch.Tensor):
    """Latent [n, 128], raw camera [n, 7], P_ill [n, 9]."""
    latent, camera, light = raw.split([LATENTS, CAMERA, LIGHT], 1)
    return latent, camera, NEUTRAL + LIGHT_STEP * light


def parameters(raw, offset, turn, size_ratio):
    """P_ST [n, 128], P_cam [n, 7], P_ill [n, 9] in the anchor's frame."""
    latent, camera, light = split(raw)
    return latent, to_p_cam(camera, offset, turn, size_ratio), light
