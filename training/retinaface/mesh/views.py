"""Views of a picture: as it is, or about one face of random size, turn and place."""

from dataclasses import dataclass

import cv2
import numpy as np

HEIGHT = (32, 480)  # of the face in the view, pixels
MOST_SCALE = 5.0
TURNED, FAR, NEAR = 0.3, 70.0, 12.0  # share of far turns; degrees
ROOM = 2.0  # face heights that the view spans at least
STEP, LEAST = 64, 128  # pixels of the view's side


@dataclass
class Shown:
    """Pixels [h, w, 3] of a view and the map [2, 3] from the picture's pixels to its own."""

    pixels: np.ndarray
    view: np.ndarray


def plain_view(rgb: np.ndarray) -> Shown:
    return Shown(rgb, np.array([[1.0, 0, 0], [0, 1.0, 0]]))


def random_view(rng, rgb: np.ndarray, box: np.ndarray) -> Shown:
    height = box[3] - box[1]
    scale = min(np.exp(rng.uniform(*np.log(HEIGHT))) / height, MOST_SCALE)
    degrees = rng.uniform(-FAR, FAR) if rng.random() < TURNED else rng.normal(0, NEAR)
    side = max(LEAST, STEP * int(np.ceil(ROOM * scale * height / STEP)))
    c, s = scale * np.cos(np.radians(degrees)), scale * np.sin(np.radians(degrees))
    linear = np.array([[c, s], [-s, c]])
    if rng.random() < 0.5:
        linear[:, 0] *= -1
    slack = max(side / 2 - 0.7 * scale * height, 0)
    place = side / 2 + rng.uniform(-slack, slack, 2)
    view = np.column_stack([linear, place - linear @ ((box[:2] + box[2:]) / 2)])
    return Shown(warped(rgb, view, scale, side), view)


def warped(rgb: np.ndarray, view: np.ndarray, scale: float, side: int) -> np.ndarray:
    """The view's pixels; a picture that is much reduced is averaged first."""
    factor = np.ones(2)
    if scale < 0.7:
        small = np.maximum(np.round(np.array(rgb.shape[1::-1]) * scale).astype(int), 1)
        factor = small / np.array(rgb.shape[1::-1])
        rgb = cv2.resize(rgb, small, interpolation=cv2.INTER_AREA)
    linear = view[:, :2] / factor
    shift = view[:, 2] + linear @ [0.5, 0.5] - 0.5  # from pixel corners to centres
    return cv2.warpAffine(rgb, np.column_stack([linear, shift]), (side, side), flags=cv2.INTER_LINEAR)


def boxes_in_view(boxes: np.ndarray, view: np.ndarray) -> np.ndarray:
    """Boxes of the same size about the moved centres."""
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2 @ view[:, :2].T + view[:, 2]
    half = (boxes[:, 2:] - boxes[:, :2]) / 2 * np.sqrt(abs(np.linalg.det(view[:, :2])))
    return np.concatenate([centre - half, centre + half], 1)
