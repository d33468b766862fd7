"""Random square crops: place, scale, flip, colour."""

from dataclasses import dataclass

import cv2
import numpy as np

from .pictures import Faces, Pictures

# Side of the crop in network pixels, and the range of network pixels a picture pixel. Pictures are
# at most 640 pixels long, as they are when the network is measured: scales lie about 1.
SIDES = {320: (0.5, 2.0), 640: (0.75, 1.5)}
EMPTY = 0.1  # share of crops placed without regard to faces
# How much of the side a picture's largest face takes in crops that are made for it. Large faces are
# few, and a network that has not seen them finds each of them several times.
LARGE_EXTENT, LARGE_SCALE = (0.25, 1.1), (0.25, 4.0)
LEAST_SIZE = 5.0  # pixels: smaller faces are ignored
SWAP = [1, 0, 2, 4, 3]  # landmarks after mirroring


@dataclass
class Crop:
    """`pixels` [side, side, 3] u8; a picture point p lies at p · scale + offset, then mirrored."""

    pixels: np.ndarray
    faces: Faces
    usable: np.ndarray  # [n] faces to be found; the others are to be ignored
    row: np.ndarray  # [n] of the picture's faces
    picture: int
    scale: float
    offset: np.ndarray
    mirrored: bool


def choose_scale(rng, faces: Faces, side: int, large: float) -> tuple[float, np.ndarray]:
    """Scale, and the rows of the faces that the crop may be placed over."""
    low, high = np.log(SIDES[side])
    rows = np.nonzero(faces.valid)[0]
    if not len(rows) or rng.random() >= large:
        return float(np.exp(rng.uniform(low, high))), rows
    extent = (faces.boxes[rows, 2:] - faces.boxes[rows, :2]).max(1)
    share = np.exp(rng.uniform(*np.log(LARGE_EXTENT)))
    return float(np.clip(side * share / extent.max(), *LARGE_SCALE)), rows[[extent.argmax()]]


def place(rng, faces: Faces, rows: np.ndarray, shape, scale: float, side: int) -> np.ndarray:
    """Offset [2] of the crop: over one of the faces, within the picture where that is possible."""
    extent = np.array([shape[1], shape[0]]) * scale
    low, high = np.minimum(side - extent, 0), np.maximum(side - extent, 0)
    low, high = np.where(high > 0, 0, low), np.where(high > 0, high, 0)
    if len(rows) and rng.random() >= EMPTY:
        box = faces.boxes[rng.choice(rows)]
        middle = (box[:2] + box[2:]) / 2 * scale
        low, high = np.maximum(low, -middle), np.minimum(high, side - middle)
    return rng.uniform(low, np.maximum(low, high))


def recolour(rng, pixels: np.ndarray) -> np.ndarray:
    """Brightness, contrast, saturation and a cast, as one affine map of colours."""
    grey = np.full((3, 3), 1 / 3)
    saturation, contrast = rng.uniform(0.5, 1.4), rng.uniform(0.6, 1.4)
    matrix = contrast * (saturation * np.eye(3) + (1 - saturation) * grey)
    matrix *= rng.uniform(0.9, 1.1, (3, 1))
    shift = 127.5 * (1 - contrast) + rng.uniform(-32, 32)
    return cv2.transform(pixels, np.hstack([matrix, np.full((3, 1), shift)]))


def take_crop(rng, pictures: Pictures, i: int, side: int, large: float) -> Crop:
    picture, faces = pictures.pixels(i), pictures.faces[i]
    scale, rows = choose_scale(rng, faces, side, large)
    offset = place(rng, faces, rows, picture.shape, scale, side)
    pixels = warp(picture, scale, offset, side)
    mirrored = bool(rng.random() < 0.5)
    if rng.random() < 0.7:
        pixels = recolour(rng, pixels)
    moved, row = move_faces(faces, scale, offset, side)
    if mirrored:
        pixels, moved = pixels[:, ::-1], mirror(moved, side)
    size = (moved.boxes[:, 2:] - moved.boxes[:, :2]).max(1, initial=0)
    middle = (faces.boxes[row, :2] + faces.boxes[row, 2:]) / 2 * scale + offset
    inside = ((middle > 0) & (middle < side)).all(1)
    usable = moved.valid & inside & (size >= LEAST_SIZE)
    return Crop(np.ascontiguousarray(pixels), moved, usable, row, i, scale, offset, mirrored)


def warp(picture: np.ndarray, scale: float, offset: np.ndarray, side: int) -> np.ndarray:
    """The part of the picture that is seen, resized, on black."""
    extent = np.array(picture.shape[1::-1])
    first = np.clip(np.floor(-offset / scale), 0, extent - 1).astype(int)
    last = np.clip(np.ceil((side - offset) / scale), first + 1, extent).astype(int)
    part = picture[first[1] : last[1], first[0] : last[0]]
    if scale < 0.8:
        small = np.maximum(np.round((last - first) * scale).astype(int), 1)
        part = cv2.resize(part, small, interpolation=cv2.INTER_AREA)
        steps = small / (last - first)
    else:
        steps = np.ones(2)
    factor = scale / steps
    shift = first * scale + offset + 0.5 * factor - 0.5
    matrix = np.array([[factor[0], 0, shift[0]], [0, factor[1], shift[1]]])
    return cv2.warpAffine(part, matrix, (side, side), flags=cv2.INTER_LINEAR)


def move_faces(faces: Faces, scale: float, offset: np.ndarray, side: int) -> tuple[Faces, np.ndarray]:
    """The faces that show in the crop, boxes cut at its border, and their rows."""
    boxes = np.clip(faces.boxes * scale + np.tile(offset, 2), 0, side)
    row = np.nonzero((boxes[:, 2:] - boxes[:, :2] > 1).all(1))[0]
    moved = Faces(boxes[row], faces.points[row] * scale + offset, faces.valid[row])
    return moved, row


def mirror(faces: Faces, side: int) -> Faces:
    boxes = faces.boxes.copy()
    boxes[:, [0, 2]] = side - faces.boxes[:, [2, 0]]
    points = faces.points[:, SWAP].copy()
    points[..., 0] = side - points[..., 0]
    return Faces(boxes, points, faces.valid)
