"""The dense head: a small network on the detector's features at one kept anchor."""

import torch
from torch import nn

from ..common.networks import Network
from .camera import to_p_cam
from .light import NEUTRAL

LATENTS, CAMERA, LIGHT = 128, 7, 9
LIGHT_STEP = torch.tensor([25.0, 25.0, 15.0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])


class Head(nn.Module):
    """Reduces each map to few channels (the run time has these 1×1 convolutions in the detector's
    graph, so that small maps leave it), reads them and the picture itself on the face's grid, since
    inner maps tell too little of the skin's tone, and goes through two hidden layers."""

    def __init__(self, network: Network, dropout: float = 0.1):
        super().__init__()
        self.network = network
        channels, reduced = network.channels, network.reduced
        self.reduce = nn.ModuleDict(
            {name: nn.Linear(channels[name], out) for name, out in reduced.items()}
        )
        kept = channels | reduced
        point = sum(kept[name] for name in network.strides)
        inputs = network.geometry + kept["own"] + len(network.points) * point
        self.hidden = nn.Linear(inputs, network.width)
        self.hidden2 = nn.Linear(network.width, network.width)
        self.out = nn.Linear(network.width, LATENTS + CAMERA + LIGHT)
        self.drop = nn.Dropout(dropout)
        nn.init.normal_(self.out.weight, 0, 1e-3)
        nn.init.zeros_(self.out.bias)
        for name, size in self.sizes().items():
            self.register_buffer(f"mean_{name}", torch.zeros(size))
            self.register_buffer(f"scale_{name}", torch.ones(size))

    def sizes(self) -> dict[str, int]:
        return {"geometry": self.network.geometry, **self.network.channels}

    def set_normalisation(self, samples: dict[str, torch.Tensor]) -> None:
        for name, size in self.sizes().items():
            values = samples[name].float().reshape(-1, size)
            getattr(self, f"mean_{name}").copy_(values.mean(0))
            getattr(self, f"scale_{name}").copy_(values.std(0) + 1e-2)

    def normalised(self, name: str, value: torch.Tensor) -> torch.Tensor:
        return (value - getattr(self, f"mean_{name}")) / getattr(self, f"scale_{name}")

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
        x = torch.cat([geometry, self.drop(torch.cat(parts, 1))], 1)
        x = torch.relu(self.hidden(x))
        return self.out(torch.relu(self.hidden2(x)))


def split(raw: torch.Tensor):
    """Latent [n, 128], raw camera [n, 7], P_ill [n, 9]."""
    latent, camera, light = raw.split([LATENTS, CAMERA, LIGHT], 1)
    return latent, camera, NEUTRAL + LIGHT_STEP * light


def parameters(raw, offset, turn, size_ratio):
    """P_ST [n, 128], P_cam [n, 7], P_ill [n, 9] in the anchor's frame."""
    latent, camera, light = split(raw)
    return latent, to_p_cam(camera, offset, turn, size_ratio), light
