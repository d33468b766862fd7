"""Precision on pictures held out of wider-train: python -m retinaface.detector.held_out_precision MODEL.onnx

For choosing: average precision (overlap 0.5) of faces of at least 10 pixels at long sides 640 and
1600, and of large faces (a quarter of the long side) how many are found, found twice, and how many
large boxes of a score of at least 0.5 are no face's.
"""

import argparse

import cv2
import numpy as np
import onnxruntime as ort

from ..common.held_out import is_held_out
from ..common.labels import read_rgb
from .assignment import boxes_of, cells_of, overlap
from .own_network import STRIDES
from .pictures import PICTURES, Faces, read_annotations

LEAST_SCORE, SUPPRESS = 0.02, 0.4
LARGE, SURE = 0.25, 0.5


class OwnDetector:
    def __init__(self, path: str, multiple: int = 64):
        self.session, self.multiple = ort.InferenceSession(path), multiple

    def __call__(self, rgb: np.ndarray, least: float = LEAST_SCORE):
        """Scores [n], boxes [n, 4] and points [n, 5, 2], the best first, suppressed."""
        height, width = (-(-n // self.multiple) * self.multiple for n in rgb.shape[:2])
        data = np.zeros((1, 3, height, width), np.float32)
        data[0, :, : rgb.shape[0], : rgb.shape[1]] = rgb.transpose(2, 0, 1)
        out = self.session.run([f"face_rpn_stride{s}" for s in STRIDES], {"data": data})
        cells = np.concatenate([cells_of(*t.shape[1:3], s) for s, t in zip(STRIDES, out)])
        rows = np.concatenate([t.reshape(-1, 15) for t in out])
        score = 1 / (1 + np.exp(-rows[:, 0]))
        chosen = np.nonzero(score >= least)[0]
        chosen = chosen[np.argsort(-score[chosen], kind="stable")][:5000]
        boxes = boxes_of(cells[chosen], rows[chosen, 1:5])
        points = cells[chosen, None, :2] + cells[chosen, None, 2:] * rows[chosen, 5:].reshape(-1, 5, 2)
        kept = suppress(boxes)
        return score[chosen][kept], boxes[kept], points[kept]


def suppress(boxes: np.ndarray) -> np.ndarray:
    kept, left = [], np.arange(len(boxes))
    while len(left):
        kept.append(left[0])
        left = left[1:][overlap(boxes[left[:1]], boxes[left[1:]])[0] <= SUPPRESS]
    return np.array(kept, int)


def resized(rgb: np.ndarray, faces: Faces, long: int):
    scale = long / max(rgb.shape[:2])
    size = np.round(np.array(rgb.shape[1::-1]) * scale).astype(int)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return cv2.resize(rgb, size, interpolation=how), faces.boxes * scale


def hits(score, boxes, truth, counts):
    """For each detection 1 (found), 0 (no face) or −1 (does not matter)."""
    free, result = np.ones(len(truth), bool), np.zeros(len(score), int)
    shared = overlap(boxes, truth)
    for i in range(len(score)):
        if not len(truth) or shared[i].max() < 0.5:
            continue
        face = shared[i].argmax()
        result[i] = -1 if not counts[face] else int(free[face])
        free[face] = False
    return result


def average_precision(scores, results, faces: int) -> float:
    order = np.argsort(-np.concatenate(scores), kind="stable")
    result = np.concatenate(results)[order]
    result = result[result >= 0]
    found = np.cumsum(result)
    precision = np.maximum.accumulate((found / np.arange(1, len(found) + 1))[::-1])[::-1]
    return float((precision * result).sum() / faces)


def measure(detect, long: int) -> dict:
    scores, results, faces_count = [], [], 0
    large = {"faces": 0, "found": 0, "double": 0, "none's": 0}
    for name, faces in read_annotations().items():
        if not is_held_out(name):
            continue
        rgb, truth = resized(read_rgb(PICTURES / "images" / f"{name}.jpg"), faces, long)
        size = (truth[:, 2:] - truth[:, :2]).max(1, initial=0)
        counts = faces.valid & (size >= 10)
        score, boxes, _ = detect(rgb)
        scores.append(score)
        results.append(hits(score, boxes, truth, counts))
        faces_count += counts.sum()
        sure = boxes[score >= SURE]
        big = truth[size >= LARGE * long]
        extent = (sure[:, 2:] - sure[:, :2]).max(1, initial=0)
        middle = (sure[:, :2] + sure[:, 2:]) / 2
        large["faces"] += len(big)
        large["found"] += int((overlap(sure, big).max(0, initial=0) >= 0.5).sum())
        for box in big:
            inside = ((middle > box[:2]) & (middle < box[2:])).all(1)
            large["double"] += max(0, int((inside & (extent > 0.3 * (box[2:] - box[:2]).max())).sum()) - 1)
        at = overlap(sure, truth).max(1, initial=0)
        large["none's"] += int(((extent >= LARGE * long) & (at < 0.3)).sum())
    return {"long side": long, "precision": round(average_precision(scores, results, faces_count), 4)} | large


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="+")
    for path in parser.parse_args().models:
        for long in (640, 1600):
            print(path, measure(OwnDetector(path), long), flush=True)
