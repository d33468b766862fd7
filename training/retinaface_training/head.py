"""The dense head: a small network on the detector's features at one kept anchor."""

import torch
from torch import nn

from .camera import to_p_cam
from .face_grid import GRID
from .light import NEUTRAL
from .networks import INPUT, NETWORK, OWN_CHANNELS

LATENTS, CAMERA, LIGHT = 128, 7, 9
# Tensors and the channels that a 1×1 convolution reduces them to. The run time has these
# convolutions in the detector's graph, so that small maps leave it instead of large ones.
REDUCED = {name: 16 for name in ("own", *NETWORK.inner)}
# Read on the grid over the face. `data` is the picture itself: the detector's inner tensors tell too
# little of the skin's tone.
GRIDS = (*NETWORK.inner, INPUT)
CHANNELS = {
    "own": OWN_CHANNELS,
    **{name: channels for name, (_, channels) in NETWORK.inner.items()},
    INPUT: 3,
}
WIDTH = 160
GEOMETRY = 24
LIGHT_STEP = torch.tensor([25.0, 25.0, 15.0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])


class Head(nn.Module):
    def __init__(self, dropout: float = 0.1):
        super().__init__()
        self.reduce = nn.ModuleDict(
            {name: nn.Linear(CHANNELS[name], out) for name, out in REDUCED.items()}
        )
        point = sum(REDUCED.get(name, CHANNELS[name]) for name in GRIDS)
        inputs = GEOMETRY + REDUCED["own"] + len(GRID) * point
        self.hidden = nn.Linear(inputs, WIDTH)
        self.hidden2 = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, LATENTS + CAMERA + LIGHT)
        self.drop = nn.Dropout(dropout)
        nn.init.normal_(self.out.weight, 0, 1e-3)
        nn.init.zeros_(self.out.bias)
        for name, size in self.sizes().items():
            self.register_buffer(f"mean_{name}", torch.zeros(size))
            self.register_buffer(f"scale_{name}", torch.ones(size))

    @staticmethod
    def sizes() -> dict[str, int]:
        return {"geometry": GEOMETRY, **CHANNELS}

    def set_normalisation(self, samples: dict[str, torch.Tensor]) -> None:
        for name, size in self.sizes().items():
            values = samples[name].float().reshape(-1, size)
            getattr(self, f"mean_{name}").copy_(values.mean(0))
            getattr(self, f"scale_{name}").copy_(values.std(0) + 1e-2)

    def normalised(self, name: str, value: torch.Tensor) -> torch.Tensor:
        return (value - getattr(self, f"mean_{name}")) / getattr(self, f"scale_{name}")

    def forward(self, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
        """Raw [n, 144]: latent, camera in the face's frame, light about NEUTRAL."""
        parts = [self.reduce["own"](self.normalised("own", inputs["own"]))]
        for name in GRIDS:
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
