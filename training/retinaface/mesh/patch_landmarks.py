"""Small convolutional networks that find landmarks in patches of the picture, one for the mouth and one for both
eyes; and coefficients of expression of what they see."""

import torch
from torch import nn

from ..common.blendshapes import TOLD
from ..common.networks import Network
from .patches import EYE, PATCHES, SHAPES
from .refinement import LIPS

STEPS = ((5, 2), (3, 2), (3, 1), (3, 2))  # side and stride of the convolutions
CHANNELS = (16, 32, 32, 64)
HIDDEN, COEFFICIENTS_HIDDEN = 96, 96
LEAST_DEVIATION = 4  # of the values of a patch, of 255
SPREAD = 4  # samples a unit of the outputs
POINTS = {"mouth": len(LIPS), "eye": len(EYE) + 1}  # of an eye the middle of the iris too


def normalised(patch: torch.Tensor) -> torch.Tensor:
    """Mean 0 and, nearly, deviation 1, whatever the light."""
    deviation = patch.std((1, 2, 3), keepdim=True) + LEAST_DEVIATION
    return (patch - patch.mean((1, 2, 3), keepdim=True)) / deviation


class Tower(nn.Module):
    """[n, 3, rows, columns] to hidden features and points [n, points, 2] in columns and rows."""

    def __init__(self, name: str, dropout: float):
        super().__init__()
        layers, channels = [], 3
        rows, columns = SHAPES[name]
        for (side, stride), outputs in zip(STEPS, CHANNELS):
            layers += [
                nn.Conv2d(channels, outputs, side, stride, side // 2, bias=False),
                nn.BatchNorm2d(outputs),
                nn.ReLU(),
            ]
            channels, rows, columns = outputs, -(-rows // stride), -(-columns // stride)
        self.net = nn.Sequential(*layers)
        self.drop = nn.Dropout(dropout)
        self.fc = nn.Linear(rows * columns * channels, HIDDEN)
        self.out = nn.Linear(HIDDEN, 2 * POINTS[name])
        nn.init.zeros_(self.out.weight)
        self.register_buffer("mean", torch.zeros(POINTS[name], 2))
        self.spread = SPREAD

    def forward(self, patch: torch.Tensor):
        hidden = torch.relu(self.fc(self.drop(self.net(normalised(patch)).flatten(1))))
        return hidden, self.out(hidden).view(len(patch), -1, 2) * self.spread + self.mean


def folded(convolution: nn.Conv2d, norm: nn.BatchNorm2d) -> nn.Conv2d:
    """One convolution for both."""
    joined = nn.Conv2d(
        convolution.in_channels, convolution.out_channels, convolution.kernel_size, convolution.stride,
        convolution.padding,
    )  # fmt: skip
    factor = norm.weight / (norm.running_var + norm.eps).sqrt()
    with torch.no_grad():
        joined.weight.copy_(convolution.weight * factor[:, None, None, None])
        joined.bias.copy_(norm.bias - norm.running_mean * factor)
    return joined


class PatchLandmarks(nn.Module):
    """Points of the patches and coefficients [n, TOLD], of which some may be beyond 0 and 1."""

    def __init__(self, network: Network, dropout: float = 0.0):
        super().__init__()
        self.network = network
        self.mouth, self.eye = Tower("mouth", dropout), Tower("eye", dropout)
        self.coef = nn.Sequential(
            nn.Linear(len(PATCHES) * HIDDEN + 2, COEFFICIENTS_HIDDEN),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(COEFFICIENTS_HIDDEN, len(TOLD)),
        )
        self.register_buffer("cm", torch.zeros(len(TOLD)))
        self.register_buffer("cs", torch.ones(len(TOLD)))

    def fold(self) -> None:
        """Has convolutions and last layers do what normalisation, spread and mean do: files have none of these."""
        for tower in (self.mouth, self.eye):
            layers = list(tower.net)
            pairs = zip(layers[::3], layers[1::3])
            tower.net = nn.Sequential(*(part for pair in pairs for part in (folded(*pair), nn.ReLU())))
            with torch.no_grad():
                tower.out.weight *= SPREAD
                tower.out.bias.copy_(tower.out.bias * SPREAD + tower.mean.flatten())
            tower.mean.zero_()
            tower.spread = 1
        with torch.no_grad():
            self.coef[3].weight *= self.cs[:, None]
            self.coef[3].bias.copy_(self.coef[3].bias * self.cs + self.cm)
        self.cm.zero_()
        self.cs.fill_(1)

    def forward(self, patches: list[torch.Tensor], turn: torch.Tensor):
        mouth, lips = self.mouth(patches[0])
        eyes, lids = self.eye(torch.cat(patches[1:]))
        features = torch.cat([mouth, *eyes.chunk(2), turn], 1)
        return [lips, *lids.chunk(2)], self.coef(features) * self.cs + self.cm
