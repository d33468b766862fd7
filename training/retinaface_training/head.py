"""The dense head: a small network on the detector's features at one kept anchor."""

import torch
from torch import nn

from .camera import to_p_cam
from .light import NEUTRAL

LATENTS, CAMERA, LIGHT = 128, 7, 9
# Tensor, points a side of the grid (taken from the stored 7 × 7), channels after the projection.
# `data` is the picture itself: the detector's inner tensors tell too little of the skin's tone.
BRANCHES = (("conv_4_relu", 7, 8), ("conv_6_relu", 7, 12), ("conv_12_relu", 7, 8), ("data", 7, 3))
CHANNELS = {"conv_4_relu": 32, "conv_6_relu": 64, "conv_12_relu": 128, "data": 3}
STORED = 7
WIDTH = 256
GEOMETRY = 24
OWN = 64
LIGHT_STEP = torch.tensor([25.0, 25.0, 15.0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])


def thin(grid: torch.Tensor, side: int) -> torch.Tensor:
    """Every so many-th point of a stored grid [n, 49, c]: 7 a side stays, 4 takes every second."""
    step = (STORED - 1) // (side - 1)
    square = grid.view(len(grid), STORED, STORED, -1)[:, ::step, ::step]
    return square.reshape(len(grid), side * side, -1)


class Head(nn.Module):
    def __init__(self, dropout: float = 0.1):
        super().__init__()
        self.reduce = nn.ModuleList(nn.Linear(CHANNELS[name], out) for name, _, out in BRANCHES)
        inputs = GEOMETRY + OWN + sum(side * side * out for _, side, out in BRANCHES)
        self.hidden = nn.Linear(inputs, WIDTH)
        self.hidden2 = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, LATENTS + CAMERA + LIGHT)
        # Colours come through the ReLU whole: two standard deviations above zero.
        nn.init.eye_(self.reduce[-1].weight)
        nn.init.constant_(self.reduce[-1].bias, 2)
        self.drop = nn.Dropout(dropout)
        nn.init.normal_(self.out.weight, 0, 1e-3)
        nn.init.zeros_(self.out.bias)
        for name, size in self.sizes().items():
            self.register_buffer(f"mean_{name}", torch.zeros(size))
            self.register_buffer(f"scale_{name}", torch.ones(size))

    @staticmethod
    def sizes() -> dict[str, int]:
        return {"geometry": GEOMETRY, "own": OWN, **CHANNELS}

    def set_normalisation(self, samples: dict[str, torch.Tensor]) -> None:
        for name, size in self.sizes().items():
            values = samples[name].float().reshape(-1, size)
            getattr(self, f"mean_{name}").copy_(values.mean(0))
            getattr(self, f"scale_{name}").copy_(values.std(0) + 1e-2)

    def normalised(self, name: str, value: torch.Tensor) -> torch.Tensor:
        return (value - getattr(self, f"mean_{name}")) / getattr(self, f"scale_{name}")

    def forward(self, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
        """Raw [n, 144]: latent, camera in the face's frame, light about NEUTRAL."""
        parts = [self.normalised(n, inputs[n]) for n in ("geometry", "own")]
        for (name, _, _), reduce in zip(BRANCHES, self.reduce):
            grid = self.normalised(name, inputs[name])
            parts.append(torch.relu(reduce(grid)).flatten(1))
        x = torch.cat([parts[0], self.drop(torch.cat(parts[1:], 1))], 1)
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
