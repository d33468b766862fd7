"""Five landmarks against hand-placed ones (Helen): python -m retinaface_detector.five_points MODEL.onnx…

Pictures are resized until the 68 points span SPAN pixels. The best-scored anchor over the face
counts; distances are shares of the distance between the eyes' centres. mnet025 is measured too.
"""

import argparse

import cv2
import numpy as np
import onnxruntime as ort

from retinaface_training.detector import Detector
from retinaface_training.labels import read_rgb
from retinaface_training.landmarks68 import annotated
from retinaface_training.paths import IMAGE_FOLDERS

from .anchors import LEVELS, anchor_grid, decode
from .distillation import rows_of

SPAN = 100
THRESHOLD = 0.3


def five_of(points68: np.ndarray) -> np.ndarray:
    """Eyes' centres, tip of the nose, corners of the mouth."""
    eyes = [points68[36:42].mean(0), points68[42:48].mean(0)]
    return np.stack([*eyes, points68[30], points68[48], points68[54]])


def shrunk(rgb: np.ndarray, points68: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scale = SPAN / np.ptp(points68, axis=0).max()
    size = np.round(np.array(rgb.shape[1::-1]) * scale).astype(int)
    return cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), points68 * scale


class ExportedDetector:
    def __init__(self, path: str):
        self.session = ort.InferenceSession(path)

    def __call__(self, rgb: np.ndarray):
        height, width = (-(-n // 32) * 32 for n in rgb.shape[:2])
        data = np.zeros((1, 3, height, width), np.float32)
        data[0, :, : rgb.shape[0], : rgb.shape[1]] = rgb.transpose(2, 0, 1)
        names = [f"{part}_stride{s}" for s, _ in LEVELS for part in ("score", "box", "landmarks")]
        out = self.session.run(names, {"data": data})
        score = np.concatenate([rows_of(p[:, 2:], 1)[0, :, 0] for p in out[0::3]])
        box, points = (np.concatenate([rows_of(t, k)[0] for t in out[i::3]]) for i, k in ((1, 4), (2, 10)))
        boxes, places = decode(anchor_grid(height, width), box, points)
        return score, boxes, places


class Mnet025:
    def __init__(self):
        self.detector = Detector()

    def __call__(self, rgb: np.ndarray):
        anchors, _ = self.detector.run(rgb.astype(np.float32), THRESHOLD)
        return anchors.score, anchors.box + 0.5, anchors.landmarks + 0.5


def errors(detect) -> tuple[np.ndarray, int]:
    """One for each face that was found, and how many were not."""
    found, missed = [], 0
    for image, points68 in annotated("helen").items():
        rgb, truth68 = shrunk(read_rgb(IMAGE_FOLDERS["helen"] / image), np.asarray(points68))
        score, boxes, places = detect(rgb)
        truth, middle = five_of(truth68), truth68.mean(0)
        over = (score > THRESHOLD) & (boxes[:, :2] < middle).all(1) & (boxes[:, 2:] > middle).all(1)
        if not over.any():
            missed += 1
            continue
        best = np.nonzero(over)[0][score[over].argmax()]
        unit = np.linalg.norm(truth[0] - truth[1])
        found.append(np.linalg.norm(places[best] - truth, axis=1).mean() / unit)
    return np.array(found), missed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="+")
    for name, detect in [("mnet025", Mnet025())] + [
        (path, ExportedDetector(path)) for path in parser.parse_args().models
    ]:
        e, missed = errors(detect)
        print(f"{name}: mean {e.mean():.1%}, median {np.median(e):.1%}, {len(e)} faces, {missed} missed")
