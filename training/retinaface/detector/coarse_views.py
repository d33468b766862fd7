"""What the coarse branch learns from: python -m retinaface.detector.coarse_views --shards 60

Backbone and fine levels are frozen, so each crop goes through them once. A shard holds crops of
one side: the backbone's map of stride 32, the faces, and what finding them costs the fine levels. Of
views that are placed anywhere several are tried; that in which the coarse branch errs most is kept.
"""

import argparse

import cv2
import numpy as np
import onnxruntime as ort
import torch

from ..common.held_out import is_held_out
from .assignment import BEST, boxes_of, cells_of, costs, overlap
from .covered_heads import cover_some
from .crops import mirror, move_faces, place, recolour, warp
from .export_own import export
from .labelled_pictures import LabelledPictures
from .own_network import FINE, STRIDES, load, started
from .paths import RUNS
from .pictures import Faces, Pictures

VIEWS = 100  # a shard
SIDES = (640, 640, 640, 960)  # of the shards, in turn
# Kinds of crops: share, and the range of the largest face's extent (in sides) or of the scale.
WHOLE, LARGE, MIDDLE, ZOOMED = range(4)
SHARES = (0.2, 0.25, 0.1, 0.45)
TRIES = 3  # of a view without a chosen face; the one with the surest false box is kept
EXTENTS = {LARGE: (0.3, 1.1), MIDDLE: (0.1, 0.35)}
SCALES = {WHOLE: (0.75, 1.5), ZOOMED: (1.2, 5.0)}
MOST_SCALE = 6.0
LEAST = 5.0
FREE = 0.2  # overlap below which a box is no face's
SETS = (("portraits", 0.2), ("cc0-faces", 0.2))


# Of the file that `export_own` writes.
OUTPUTS = [f"face_rpn_stride{s}" for s in STRIDES] + ["stride32"]


def open_network(name: str | None) -> ort.InferenceSession:
    """Backbone, fine levels and a run's coarse branch; ONNX Runtime takes a sixth of PyTorch's time."""
    path = RUNS / "start.onnx"
    export(load(name) if name else started(), path)
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


def take_view(rng, pictures, i: int, side: int, kind: int):
    """Pixels [side, side, 3], boxes, points and which faces are to be found."""
    picture, faces = pictures.pixels(i), pictures.faces[i]
    scale, rows = choose(rng, faces, side, kind)
    offset = place(rng, faces, rows, picture.shape, scale, side)
    pixels = warp(picture, scale, offset, side)
    moved, row = move_faces(faces, scale, offset, side)
    pixels, shown = cover_some(rng, pixels, moved)
    moved, row = Faces(moved.boxes[shown], moved.points[shown], moved.valid[shown]), row[shown]
    if rng.random() < 0.7:
        pixels = recolour(rng, pixels)
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


def surest_false(levels: list[np.ndarray], faces: np.ndarray) -> float:
    """The score of the surest coarse box that overlaps no face."""
    surest = 0.0
    for stride, level in zip(STRIDES[FINE:], levels):
        rows = level.reshape(-1, 15)
        score = 1 / (1 + np.exp(-rows[:, 0]))
        likely = np.nonzero(score > max(surest, 0.02))[0]
        boxes = boxes_of(cells_of(*level.shape[:2], stride)[likely], rows[likely, 1:5])
        free = overlap(boxes, faces).max(1, initial=0) < FREE
        surest = max(surest, score[likely][free].max(initial=0))
    return surest


def make_shard(session, sources, shard: int) -> list[dict]:
    rng = np.random.default_rng([7, shard])
    side = SIDES[shard % len(SIDES)]
    views = []
    for _ in range(VIEWS):
        kind = rng.choice(4, p=SHARES)
        tries = []
        for _ in range(TRIES if kind in SCALES else 1):
            pictures = sources[rng.choice(len(sources), p=[0.6, *(s for _, s in SETS)])]
            view = take_view(rng, pictures, training_picture(rng, pictures), side, kind)
            data = np.ascontiguousarray(view[0][None].transpose(0, 3, 1, 2), np.float32)
            out = [o[0] for o in session.run(OUTPUTS, {"data": data})]
            tries.append((surest_false(out[FINE:-1], view[1].boxes), view, out))
        _, (pixels, faces, usable), (*found, coarsest) = max(tries, key=lambda t: t[0])
        cost, shared = fine_costs(found[:FINE], faces.boxes[usable])
        views.append(
            {
                "map": torch.from_numpy(coarsest.copy()).half(),
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
    parser.add_argument("--network", help="a run whose surest false boxes views are chosen by")
    given = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    views_folder().mkdir(parents=True, exist_ok=True)
    session = open_network(given.network)
    sources = [Pictures(), *(LabelledPictures(name) for name, _ in SETS)]
    for shard in range(given.first, given.first + given.shards):
        path = views_folder() / f"{shard:04d}.pt"
        if not path.exists():
            torch.save(make_shard(session, sources, shard), path.with_suffix(".tmp"))
            path.with_suffix(".tmp").replace(path)
            print(path.name, flush=True)


if __name__ == "__main__":
    main()
