"""Batches of crops with the targets of every anchor. A batch depends on seed and step alone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import torch

from .anchors import FACE, POSITIVE, anchor_grid, encode, match
from .crops import Crop, take_crop
from .distillation import Teacher
from .pictures import Pictures
from .recipe import Recipe

PIXELS = 16 * 320 * 320  # of a batch, whatever the side of its crops
AHEAD = 2


def crop_targets(crop: Crop, side: int) -> dict[str, np.ndarray]:
    anchors = anchor_grid(side, side)
    targets = match(anchors, crop.faces.boxes, crop.usable)
    rows = np.nonzero(targets.label == FACE)[0]
    face = targets.face[rows]
    box, points = np.zeros((len(anchors), 4), np.float32), np.zeros((len(anchors), 10), np.float32)
    placed = np.zeros(len(anchors), bool)
    if len(rows):
        box[rows], found = encode(anchors[rows], crop.faces.boxes[face], crop.faces.points[face])
        placed[rows] = ~np.isnan(found).any(1)
        points[rows] = np.nan_to_num(found)
    owner = np.full(len(anchors), -1, np.int32)
    owner[rows] = crop.row[face]
    return {
        "label": targets.label,
        "reach": np.minimum(targets.overlap / POSITIVE, 1).astype(np.float32),
        "box": box,
        "points": points,
        "has_points": placed,
        "owner": owner,  # row of the picture's faces
    }


class Batches:
    def __init__(self, pictures: Pictures, teacher: Teacher | None, recipe: Recipe):
        self.pictures, self.teacher = pictures, teacher
        self.seed, self.sides, self.large = recipe.seed, recipe.sides, recipe.large

    def picture_order(self, first: int, count: int) -> list[int]:
        """Pictures number `first` to `first + count` of an endless shuffled row."""
        n = len(self.pictures)
        numbers = range(first, first + count)
        orders = {e: np.random.default_rng([self.seed, e]).permutation(n) for e in
                  range(first // n, (first + count - 1) // n + 1)}
        return [int(orders[i // n][i % n]) for i in numbers]

    def make(self, step: int) -> tuple[dict[str, torch.Tensor], list[Crop]]:
        side = self.sides[step % len(self.sides)]
        count = PIXELS // side**2
        rng = np.random.default_rng([self.seed, 1, step])
        chosen = self.picture_order(pictures_before(step, self.sides), count)
        crops = [take_crop(rng, self.pictures, i, side, self.large) for i in chosen]
        rows = [crop_targets(c, side) for c in crops]
        batch = {k: np.stack([r[k] for r in rows]) for k in rows[0]}
        batch["pixels"] = np.stack([c.pixels for c in crops])
        if self.teacher:
            known = self.teacher(batch["pixels"])
            batch |= {f"teacher_{k}": v for k, v in known.items()}
        return {k: torch.from_numpy(v) for k, v in batch.items()}, crops

    def stream(self, first: int, last: int) -> Iterator[tuple[dict[str, torch.Tensor], list[Crop]]]:
        """Batches of the steps `first` to `last`, made in a second thread."""
        cv2.setNumThreads(1)
        with ThreadPoolExecutor(1) as pool:
            waiting = [pool.submit(self.make, s) for s in range(first, min(first + AHEAD, last))]
            for step in range(first, last):
                if step + AHEAD < last:
                    waiting.append(pool.submit(self.make, step + AHEAD))
                yield waiting.pop(0).result()


def pictures_before(step: int, sides: tuple[int, ...]) -> int:
    """How many pictures the steps before this one have taken."""
    counts = [PIXELS // side**2 for side in sides]
    whole, rest = divmod(step, len(sides))
    return whole * sum(counts) + sum(counts[:rest])
