"""SimOTA (arXiv 2107.08430): which cells are to find which face, by cost.

A cell may find a face if its middle lies in the face's box or near the box's centre. A face takes
as many cells as the overlaps of its ten best boxes sum up to, those of least cost; a cell that
several faces want goes to the one it costs least.
"""

import numpy as np

NEAR = 2.5  # strides between a cell's middle and the centre of a face
OVERLAP_WEIGHT, FAR = 3.0, 1e5
BEST = 10


def cells_of(rows: int, columns: int, stride: int) -> np.ndarray:
    """[n, 3] corner x, corner y, stride, row by row."""
    y, x = np.mgrid[:rows, :columns]
    corner = stride * np.stack([x, y], -1).reshape(-1, 2)
    return np.column_stack([corner, np.full(len(corner), stride)]).astype(np.float32)


def boxes_of(cells: np.ndarray, box: np.ndarray) -> np.ndarray:
    """Edges [n, 4] of box predictions [n, 4]."""
    middle = cells[:, :2] + cells[:, 2:] * box[:, :2]
    half = cells[:, 2:] * np.exp(np.minimum(box[:, 2:], 6)) / 2
    return np.concatenate([middle - half, middle + half], 1)


def overlap(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Intersection over union [n, m]."""
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    inner = np.maximum(high - low, 0).prod(2)
    area = [np.maximum(x[:, 2:] - x[:, :2], 0).prod(1) for x in (a, b)]
    return inner / np.maximum(area[0][:, None] + area[1][None] - inner, 1e-6)


def costs(cells: np.ndarray, score: np.ndarray, box: np.ndarray, faces: np.ndarray):
    """Cost and overlap [n, m] of cells and faces (edges); infinite where a cell may not."""
    middle = (cells[:, :2] + cells[:, 2:] / 2)[:, None]
    inside = ((middle > faces[:, :2]) & (middle < faces[:, 2:])).all(2)
    centre = (faces[:, :2] + faces[:, 2:]) / 2
    near = (np.abs(middle - centre) < NEAR * cells[:, None, 2:]).all(2)
    shared = overlap(boxes_of(cells, box), faces)
    cost = -np.log(score + 1e-7)[:, None] - OVERLAP_WEIGHT * np.log(shared + 1e-7)
    cost = cost + FAR * ~(inside & near)
    return np.where(inside | near, cost, np.inf), np.where(inside | near, shared, 0)


def assign(cost: np.ndarray, shared: np.ndarray) -> np.ndarray:
    """[n] the face that each cell is to find, or −1."""
    owner = np.full(len(cost), -1)
    if not cost.shape[1]:
        return owner
    wanted = np.zeros(cost.shape, bool)
    counts = np.maximum(np.sort(shared, 0)[-BEST:].sum(0).astype(int), 1)
    for face, count in enumerate(counts):
        best = np.argsort(cost[:, face], kind="stable")[:count]
        wanted[best[np.isfinite(cost[best, face])], face] = True
    rows = np.nonzero(wanted.any(1))[0]
    owner[rows] = np.where(wanted[rows], cost[rows], np.inf).argmin(1)
    return owner
