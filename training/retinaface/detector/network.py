"""RetinaFace: backbone, feature pyramid, an independent context module and heads a level."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

from .anchors import LEVELS
from .layers import Convolution, Separable

FEATURES = 64  # context features, as many as mnet025's
ANCHORS = len(LEVELS[0][1])
FACE_PRIOR = -4.6  # logit of a face before training: 1 %


@dataclass
class Prediction:
    """Of all anchors in the order of `anchor_grid`."""

    logit: torch.Tensor  # [b, n] face against background
    box: torch.Tensor  # [b, n, 4]
    points: torch.Tensor  # [b, n, 10]
    features: list[torch.Tensor]  # a level: [b, 64, rows, columns]


class Pyramid(nn.Module):
    """Lateral 1×1, upsampled sum, one 3×3 after each sum, and `refine` more blocks on the finest."""

    def __init__(self, widths: tuple[int, ...], channels: int, convolution: Callable, refine: int):
        super().__init__()
        self.lateral = nn.ModuleList(Convolution(w, channels, 1) for w in widths)
        self.merge = nn.ModuleList(convolution(channels, channels) for _ in widths[:-1])
        self.refine = nn.Sequential(*(refinement(channels) for _ in range(refine)))

    def forward(self, maps: list[torch.Tensor]) -> list[torch.Tensor]:
        levels = [layer(x) for layer, x in zip(self.lateral, maps)]
        for i in range(len(levels) - 2, -1, -1):
            above = F.interpolate(levels[i + 1], scale_factor=2, mode="nearest")
            levels[i] = self.merge[i](levels[i] + above)
        return [self.refine(levels[0]), *levels[1:]]


def refinement(channels: int) -> nn.Module:
    """A residual block that passes its input on until it has learned something."""
    block = Separable(channels, channels, residual=True)
    nn.init.zeros_(block.pointwise[1].weight)
    return block


class Context(nn.Module):
    """Fields of view of one, two and three 3×3 convolutions, joined to 64 channels."""

    def __init__(self, channels: int, convolution: Callable):
        super().__init__()
        half, quarter = FEATURES // 2, FEATURES // 4
        self.near = convolution(channels, half, active=False)
        self.step = convolution(channels, quarter)
        self.middle = convolution(quarter, quarter, active=False)
        self.further = convolution(quarter, quarter)
        self.far = convolution(quarter, quarter, active=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        wide = self.step(x)
        parts = [self.near(x), self.middle(wide), self.far(self.further(wide))]
        return torch.relu(torch.cat(parts, 1))


class Heads(nn.Module):
    """Score, box and landmarks of a level's anchors."""

    def __init__(self):
        super().__init__()
        self.score = nn.Conv2d(FEATURES, ANCHORS, 1)
        self.box = nn.Conv2d(FEATURES, 4 * ANCHORS, 1)
        self.points = nn.Conv2d(FEATURES, 10 * ANCHORS, 1)
        for layer in (self.score, self.box, self.points):
            nn.init.normal_(layer.weight, 0, 0.01)
            nn.init.zeros_(layer.bias)
        nn.init.constant_(self.score.bias, FACE_PRIOR)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        return self.score(x), self.box(x), self.points(x)


class RetinaFace(nn.Module):
    def __init__(self, backbone: nn.Module, channels: int, convolution: Callable, refine: int = 0):
        super().__init__()
        self.backbone = backbone
        self.pyramid = Pyramid(backbone.widths, channels, convolution, refine)
        self.context = nn.ModuleList(Context(channels, convolution) for _ in LEVELS)
        self.heads = nn.ModuleList(Heads() for _ in LEVELS)

    def maps(self, x: torch.Tensor):
        """The backbone's maps, features and the three head maps of each level.

        x [b, 3, h, w] RGB in 0..255, or what else the backbone takes.
        """
        inner = self.backbone(x)
        features = [context(level) for context, level in zip(self.context, self.pyramid(inner))]
        return inner, features, [heads(f) for heads, f in zip(self.heads, features)]

    def forward(self, x: torch.Tensor) -> Prediction:
        _, features, maps = self.maps(x)
        logit, box, points = (
            torch.cat([flatten(m[i], k) for m in maps], 1) for i, k in enumerate((1, 4, 10))
        )
        return Prediction(logit[..., 0], box, points, features)


def flatten(x: torch.Tensor, k: int) -> torch.Tensor:
    """[b, anchors · k, rows, columns] to float32 [b, rows · columns · anchors, k]."""
    return x.float().permute(0, 2, 3, 1).reshape(len(x), -1, k)
