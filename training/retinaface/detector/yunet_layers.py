"""The layers of YuNet-n, named as its arrays are (models/yunet-n-weights.npz, Apache-2.0)."""

import torch
from torch import nn
from torch.nn import functional as F


class Unit(nn.Module):
    """1×1 convolution, depthwise 3×3 convolution, and unless it predicts, batch norm and ReLU."""

    def __init__(self, inputs: int, outputs: int, predicts: bool = False):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 1)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, groups=outputs)
        self.bn = None if predicts else nn.BatchNorm2d(outputs)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.conv2(self.conv1(x))
        return x if self.bn is None else F.relu(self.bn(x))


class Stem(nn.Module):
    """A plain 3×3 convolution of stride 2 and a unit."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, 2, 1)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = Unit(outputs, outputs)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.conv2(F.relu(self.bn1(self.conv1(x))))


class Stage(nn.Module):
    """Two units."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        middle = min(inputs, outputs)
        self.conv1 = Unit(inputs, middle)
        self.conv2 = Unit(middle, outputs)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.conv2(self.conv1(x))


class Backbone(nn.Module):
    def __init__(self, width: int = 64):
        super().__init__()
        self.model0 = Stem(3, 16)
        self.model1 = Stage(16, width)
        self.model2 = Stage(width, width)
        self.model3 = Stage(width, width)
        self.model4 = Stage(width, width)
        self.model5 = Stage(width, width)

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        """Maps of strides 4, 8, 16 and 32 of BGR pictures in 0..255."""
        fine = self.model2(self.model1(F.max_pool2d(self.model0(x), 2)))
        maps = [fine]
        for stage in (self.model3, self.model4, self.model5):
            maps.append(stage(F.max_pool2d(maps[-1], 2)))
        return maps


class Neck(nn.Module):
    """A unit a level; each level is added, enlarged, to the next finer one."""

    def __init__(self, levels: int, width: int = 64):
        super().__init__()
        self.lateral_convs = nn.ModuleList(Unit(width, width) for _ in range(levels))

    def forward(self, maps: list[torch.Tensor]) -> list[torch.Tensor]:
        levels = list(maps)
        for i in range(len(levels) - 1, -1, -1):
            if i + 1 < len(levels):
                levels[i] = levels[i] + F.interpolate(levels[i + 1], scale_factor=2, mode="nearest")
            levels[i] = self.lateral_convs[i](levels[i])
        return levels


class Heads(nn.Module):
    """A context feature a level, and cls, obj, box and five points from it: maps of 16 channels."""

    def __init__(self, levels: int, width: int = 64):
        super().__init__()

        def predictors(outputs: int) -> nn.ModuleList:
            return nn.ModuleList(Unit(width, outputs, predicts=True) for _ in range(levels))

        self.multi_level_share_convs = nn.ModuleList(
            nn.ModuleList([Unit(width, width)]) for _ in range(levels)
        )
        self.multi_level_cls = predictors(1)
        self.multi_level_obj = predictors(1)
        self.multi_level_bbox = predictors(4)
        self.multi_level_kps = predictors(10)

    def context(self, i: int, x: torch.Tensor) -> torch.Tensor:
        return self.multi_level_share_convs[i][0](x)

    def predictors(self, i: int) -> list[Unit]:
        """Of cls (1 channel), obj (1), box (4) and points (10), in this order."""
        parts = (self.multi_level_cls, self.multi_level_obj, self.multi_level_bbox, self.multi_level_kps)
        return [part[i] for part in parts]

    def level(self, i: int, x: torch.Tensor) -> torch.Tensor:
        """[b, 16, rows, columns]: logits of cls and obj, box, points."""
        x = self.context(i, x)
        return torch.cat([predictor(x) for predictor in self.predictors(i)], 1)

    def points(self, i: int, x: torch.Tensor) -> torch.Tensor:
        """[b, 10, rows, columns]: the points alone."""
        return self.multi_level_kps[i](self.context(i, x))
