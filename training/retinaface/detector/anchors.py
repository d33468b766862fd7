"""Anchors, their matching to faces, and what the network has to predict at each of them.

Coordinates are edges: the first pixel spans 0 to 1. Anchors run over level, row, column, anchor.
They are those of the shipped mnet025, so that its outputs can be compared anchor by anchor.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

LEVELS = ((8, (32, 16)), (16, (128, 64)), (32, (512, 256)))
FIRST_CENTRE = 8.0
LANDMARK_STD = 0.2  # landmark = centre + 0.2 · value · size
POSITIVE, NEGATIVE = 0.5, 0.3
SMALL_SHARE = 0.8  # a face that no anchor fits takes those within this share of its best
LEAST = 0.12  # and none that overlaps less
BACKGROUND, FACE, IGNORED = 0, 1, -1


@lru_cache(maxsize=8)
def anchor_grid(height: int, width: int) -> np.ndarray:
    """[n, 3] float32: centre x, centre y, size."""
    rows = []
    for stride, sizes in LEVELS:
        y, x, size = np.meshgrid(
            FIRST_CENTRE + stride * np.arange(-(-height // stride)),
            FIRST_CENTRE + stride * np.arange(-(-width // stride)),
            np.array(sizes),
            indexing="ij",
        )
        rows.append(np.stack([x, y, size], -1).reshape(-1, 3))
    return np.concatenate(rows).astype(np.float32)


def intersections(anchors: np.ndarray, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shared area and overlap (intersection over union) of every anchor and box [n, m]."""
    half = anchors[:, 2:] / 2
    low = np.maximum((anchors[:, :2] - half)[:, None], boxes[:, :2])
    high = np.minimum((anchors[:, :2] + half)[:, None], boxes[:, 2:])
    inner = np.maximum(high - low, 0).prod(2)
    union = anchors[:, 2:] ** 2 + (boxes[:, 2:] - boxes[:, :2]).prod(1) - inner
    return inner, inner / np.maximum(union, 1e-6)


@dataclass
class Targets:
    """What each anchor should say."""

    label: np.ndarray  # [n] int8 BACKGROUND, FACE or IGNORED
    face: np.ndarray  # [n] row of the matched face, where label is FACE
    overlap: np.ndarray  # [n] of the anchor and that face


def match(anchors: np.ndarray, boxes: np.ndarray, usable: np.ndarray) -> Targets:
    """Anchors to faces: above 0.5 a face, below 0.3 background, ignored between.

    boxes [m, 4] edges; faces that are not `usable` (invalid, tiny, cut) only ignore the anchors
    over them. A face below every anchor's reach takes the anchors that fit it nearly best.
    """
    label = np.full(len(anchors), BACKGROUND, np.int8)
    face = np.zeros(len(anchors), np.int32)
    nearest = np.zeros(len(anchors))
    if not len(boxes):
        return Targets(label, face, nearest)
    inner, overlap = intersections(anchors, boxes)
    label[ignored_by(anchors, boxes[~usable], inner[:, ~usable])] = IGNORED
    if usable.any():
        rows, overlap = np.nonzero(usable)[0], overlap[:, usable]
        best = overlap.max(0)
        enough = np.where(best >= LEAST, np.minimum(POSITIVE, SMALL_SHARE * best), np.inf)
        own = np.where(overlap >= enough, overlap, 0)
        nearest = own.max(1)
        label[overlap.max(1) >= NEGATIVE] = IGNORED
        label[nearest > 0] = FACE
        face[:] = rows[own.argmax(1)]
    return Targets(label, face, nearest)


def ignored_by(anchors: np.ndarray, boxes: np.ndarray, inner: np.ndarray) -> np.ndarray:
    """Which anchors lie on one of the boxes: half of the smaller of the two, of like size."""
    area = (boxes[:, 2:] - boxes[:, :2]).prod(1)
    size = np.sqrt(np.maximum(area, 1e-6))
    share = inner / np.maximum(np.minimum(anchors[:, 2:] ** 2, area), 1e-6)
    like = (anchors[:, 2:] < 4 * size) & (size < 4 * anchors[:, 2:])
    return ((share >= 0.5) & like).any(1)


def encode(anchors: np.ndarray, boxes: np.ndarray, points: np.ndarray):
    """Box [n, 4] and landmark [n, 10] predictions of the faces that the anchors belong to."""
    centre, size = anchors[:, :2], anchors[:, 2:]
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    extent = np.maximum(boxes[:, 2:] - boxes[:, :2], 1)
    box = np.concatenate([(middle - centre) / size, np.log(extent / size)], 1)
    landmarks = (points - centre[:, None]) / (LANDMARK_STD * size[:, None])
    return box.astype(np.float32), landmarks.reshape(-1, 10).astype(np.float32)


def decode(anchors: np.ndarray, box: np.ndarray, landmarks: np.ndarray):
    """The inverse of `encode`: boxes [n, 4] and points [n, 5, 2]."""
    centre, size = anchors[:, :2], anchors[:, 2:]
    middle, half = centre + box[:, :2] * size, np.exp(box[:, 2:]) * size / 2
    points = centre[:, None] + LANDMARK_STD * landmarks.reshape(-1, 5, 2) * size[:, None]
    return np.concatenate([middle - half, middle + half], 1), points
