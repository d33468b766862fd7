"""What the coarse branch learns from: python -m retinaface.detector.coarse_views --shards 60

Backbone and fine levels are frozen, so each crop goes through them once. A shard holds crops of
one side: the backbone's map of stride 32, the faces, and what finding them costs the fine levels.
"""

import argparse

import cv2
import numpy as np
import onnxruntime as ort
import torch

from ..common.held_out import is_held_out
from .assignment import BEST, cells_of, costs
from .crops import mirror, move_faces, place, recolour, warp
from .export_own import export
from .labelled_pictures import LabelledPictures
from .own_network import FINE, STRIDES, started
from .paths import RUNS
from .pictures import Faces, Pictures

VIEWS = 100  # a shard
SIDES = (640, 640, 640, 960)  # of the shards, in turn
# Kinds of crops: share, and the range of the largest face's extent (in sides) or of the scale.
WHOLE, LARGE, MIDDLE, ZOOMED = range(4)
SHARES = (0.25, 0.25, 0.15, 0.35)
EXTENTS = {LARGE: (0.3, 1.1), MIDDLE: (0.1, 0.35)}
SCALES = {WHOLE: (0.75, 1.5), ZOOMED: (1.2, 5.0)}
MOST_SCALE = 6.0
LEAST = 5.0
SETS = (("portraits", 0.2), ("cc0-faces", 0.2))


# Of the file that `export_own` writes.
OUTPUTS = [f"face_rpn_stride{s}" for s in STRIDES[:FINE]] + ["stride32"]


def frozen_part() -> ort.InferenceSession:
    """Backbone and fine levels; ONNX Runtime takes a sixth of PyTorch's time."""
    path = RUNS / "start.onnx"
    export(started(), path)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    return ort.InferenceSession(str(path), options)


def views_folder():
    return RUNS / "coarse-views"


def choose(rng, faces: Faces, side: int, kind: int) -> tuple[float, np.ndarray]:
    rows = np.nonzero(faces.valid)[0]
    if kind in SCALES or not len(rows):
        scale = float(np.exp(rng.uniform(*np.log(SCALES.get(kind, SCALES[WHOLE])))))
        return scale, rows if kind == WHOLE else rows[:0]
    extent = (faces.boxes[rows, 2:] - faces.boxes[rows, :2]).max(1)
    row = extent.argmax() if kind == LARGE else rng.integers(len(rows))
    wanted = side * np.exp(rng.uniform(*np.log(EXTENTS[kind])))
    return float(np.clip(wanted / extent[row], 0.25, MOST_SCALE)), rows[[row]]


def training_picture(rng, pictures) -> int:
    while is_held_out(pictures.names[i := int(rng.integers(len(pictures)))]):
        pass
    return i


def take_view(rng, pictures, i: int, side: int):
    """Pixels [side, side, 3], boxes, points and which faces are to be found."""
    picture, faces = pictures.pixels(i), pictures.faces[i]
    kind = rng.choice(4, p=SHARES)
    scale, rows = choose(rng, faces, side, kind)
    offset = place(rng, faces, rows, picture.shape, scale, side)
    pixels = warp(picture, scale, offset, side)
    if rng.random() < 0.7:
        pixels = recolour(rng, pixels)
    moved, row = move_faces(faces, scale, offset, side)
    middle = (faces.boxes[row, :2] + faces.boxes[row, 2:]) / 2 * scale + offset
    if rng.random() < 0.5:
        pixels, moved = np.ascontiguousarray(pixels[:, ::-1]), mirror(moved, side)
    inside = ((middle > 0) & (middle < side)).all(1)
    size = (moved.boxes[:, 2:] - moved.boxes[:, :2]).max(1, initial=0)
    return pixels, moved, moved.valid & inside & (size >= LEAST)


def fine_costs(found: list[np.ndarray], faces: np.ndarray):
    """The least costs and their overlaps [m, BEST] of the fine levels' cells for each face."""
    cost, shared = [], []
    for stride, level in zip(STRIDES[:FINE], found):
        cells = cells_of(*level.shape[:2], stride)
        flat = level.reshape(-1, 15)
        score = 1 / (1 + np.exp(-flat[:, 0]))
        likely = np.nonzero(score > 0.02)[0]
        pair = costs(cells[likely], score[likely], flat[likely, 1:5], faces)
        cost.append(pair[0])
        shared.append(pair[1])
    cost, shared = np.concatenate(cost), np.concatenate(shared)
    pad = np.full((BEST, len(faces)), np.inf)
    order = np.argsort(np.concatenate([cost, pad]), 0, kind="stable")[:BEST]
    rows = np.arange(len(faces))
    shared = np.concatenate([shared, np.zeros_like(pad)])[order, rows]
    return np.concatenate([cost, pad])[order, rows].T, shared.T


def make_shard(session, sources, shard: int) -> list[dict]:
    rng = np.random.default_rng([7, shard])
    side = SIDES[shard % len(SIDES)]
    views = []
    for _ in range(VIEWS):
        pictures = sources[rng.choice(len(sources), p=[0.6, *(s for _, s in SETS)])]
        pixels, faces, usable = take_view(rng, pictures, training_picture(rng, pictures), side)
        data = np.ascontiguousarray(pixels[None].transpose(0, 3, 1, 2), np.float32)
        *found, coarsest = session.run(OUTPUTS, {"data": data})
        cost, shared = fine_costs([f[0] for f in found], faces.boxes[usable])
        views.append(
            {
                "map": torch.from_numpy(coarsest[0]).half(),
                "boxes": faces.boxes[usable],
                "points": faces.points[usable],
                "ignored": faces.boxes[~usable],
                "cost": cost,
                "shared": shared,
            }
        )
    return views


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--shards", type=int, default=60)
    given = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    views_folder().mkdir(parents=True, exist_ok=True)
    session = frozen_part()
    sources = [Pictures(), *(LabelledPictures(name) for name, _ in SETS)]
    for shard in range(given.first, given.first + given.shards):
        path = views_folder() / f"{shard:04d}.pt"
        if not path.exists():
            torch.save(make_shard(session, sources, shard), path.with_suffix(".tmp"))
            path.with_suffix(".tmp").replace(path)
            print(path.name, flush=True)


if __name__ == "__main__":
    main()
