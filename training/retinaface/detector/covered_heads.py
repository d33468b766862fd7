"""Heads under a cover, as those lay it over them who hide faces: no faces, and learned as such."""

import cv2
import numpy as np

from .pictures import Faces

SHARE, FROM = 0.25, 48.0  # of the faces of so many pixels
REACH = (0.75, 1.0)  # radii of the cover in widths and heights of the face's box
GREY = (64, 192)
FADE = 0.15


def cover_some(rng, pixels: np.ndarray, faces: Faces) -> tuple[np.ndarray, np.ndarray]:
    """The pixels with some heads covered; and which faces are shown [n]."""
    size = (faces.boxes[:, 2:] - faces.boxes[:, :2]).max(1, initial=0)
    shown = (size < FROM) | (rng.random(len(size)) >= SHARE)
    for box in faces.boxes[~shown]:
        pixels = cover(rng, pixels, box)
    return pixels, shown


def cover(rng, pixels: np.ndarray, box: np.ndarray) -> np.ndarray:
    """An ellipse of the head's mean colours, one to nine of them, drawn near to each other and to a grey."""
    middle = (box[:2] + box[2:]) / 2
    radii = (box[2:] - box[:2]) * rng.uniform(*REACH)
    low = np.clip(middle - radii, 0, pixels.shape[1]).astype(int)
    high = np.clip(middle + radii, 0, pixels.shape[1]).astype(int)
    part = pixels[low[1] : high[1], low[0] : high[0]].astype(np.float32)
    if not part.size:
        return pixels
    cells = int(rng.integers(1, 4))
    how = rng.choice([cv2.INTER_LINEAR, cv2.INTER_NEAREST])
    few = cv2.resize(part, (cells, cells), interpolation=cv2.INTER_AREA).reshape(cells, cells, 3)
    mean = part.mean((0, 1))
    few = mean + rng.uniform(0, 1) * (few - mean)
    few = few + rng.uniform(0, 1) * (rng.uniform(*GREY) - few)
    colours = cv2.resize(np.float32(few), part.shape[1::-1], interpolation=int(how))
    y, x = np.mgrid[low[1] : high[1], low[0] : high[0]]
    distance = np.hypot((x - middle[0]) / radii[0], (y - middle[1]) / radii[1])
    share = np.clip((1 - distance) / FADE, 0, 1)[..., None]
    pixels = pixels.copy()
    pixels[low[1] : high[1], low[0] : high[0]] = part + share * (colours - part)
    return pixels
