"""Five landmarks against hand-placed ones (Helen): python -m retinaface.detector.five_points MODEL.onnx…

Pictures are resized until the 68 points span --span pixels. The best-scored anchor over the face
counts; distances are shares of the distance between the eyes' centres. mnet025 is measured too. With
--refined the landmarks of retinaface-500m are refined as train_landmarks has learned.
"""

import argparse

import cv2
import numpy as np
import onnxruntime as ort
import torch

from ..common.detection import Detector
from ..common.labels import read_rgb
from ..common.landmarks68 import annotated
from ..common.networks import MNET025, RETINAFACE_500M
from ..common.paths import IMAGE_FOLDERS
from ..mesh.face_grid import face_frames, geometry
from ..mesh.landmark_refinement import LandmarkReader
from ..mesh.samples import feature_detector, kinds_of
from ..mesh.stages import LANDMARKS, load_stage
from .anchors import LEVELS, anchor_grid, decode
from .distillation import rows_of
from .held_out_precision import OwnDetector

THRESHOLD = 0.3


def five_of(points68: np.ndarray) -> np.ndarray:
    """Eyes' centres, tip of the nose, corners of the mouth."""
    eyes = [points68[36:42].mean(0), points68[42:48].mean(0)]
    return np.stack([*eyes, points68[30], points68[48], points68[54]])


def shrunk(rgb: np.ndarray, points68: np.ndarray, span: int) -> tuple[np.ndarray, np.ndarray]:
    scale = span / np.ptp(points68, axis=0).max()
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


def opened(path: str):
    names = {output.name for output in ort.InferenceSession(path).get_outputs()}
    return OwnDetector(path) if "face_rpn_stride64" in names else ExportedDetector(path)


class Mnet025:
    def __init__(self):
        self.detector = Detector(MNET025)

    def __call__(self, rgb: np.ndarray):
        anchors, _ = self.detector.run(rgb.astype(np.float32), THRESHOLD)
        return anchors.score, anchors.box + 0.5, anchors.landmarks + 0.5


class RefinedDetector:
    """retinaface-500m with refined landmarks."""

    def __init__(self):
        self.detector = feature_detector(RETINAFACE_500M)
        self.reader = LandmarkReader(load_stage(RETINAFACE_500M, 0))
        self.refinement = load_stage(RETINAFACE_500M, LANDMARKS)

    def __call__(self, rgb: np.ndarray):
        anchors, tensors = self.detector.run(rgb.astype(np.float32), THRESHOLD)
        kind = kinds_of(RETINAFACE_500M, anchors)
        read = self.reader.columns(anchors, {"kind": kind}, tensors)["read"]
        place = (anchors.score, anchors.centre, anchors.size, kind, len(RETINAFACE_500M.kinds))
        known = geometry(anchors.box, anchors.landmarks, *place)
        inputs = {"geometry": torch.from_numpy(known), "read": torch.from_numpy(read)}
        local = self.refinement(inputs).numpy()
        centre, size, turn = face_frames(anchors.box, anchors.landmarks)
        c, s = turn[:, None, 0], turn[:, None, 1]
        x, y = local[..., 0], local[..., 1]
        moved = np.stack([c * x - s * y, s * x + c * y], 2)
        return anchors.score, anchors.box, centre[:, None] + size[:, None, None] * moved


def errors(detect, span: int) -> tuple[np.ndarray, int]:
    """One for each face that was found, and how many were not."""
    found, missed = [], 0
    for image, points68 in annotated("helen").items():
        rgb, truth68 = shrunk(read_rgb(IMAGE_FOLDERS["helen"] / image), np.asarray(points68), span)
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
    parser.add_argument("models", nargs="*")
    parser.add_argument("--refined", action="store_true")
    parser.add_argument("--span", type=int, default=100)
    given = parser.parse_args()
    detectors = [("mnet025", Mnet025())] + [(path, opened(path)) for path in given.models]
    if given.refined:
        detectors.append(("retinaface-500m, refined", RefinedDetector()))
    for name, detect in detectors:
        e, missed = errors(detect, given.span)
        print(f"{name}: mean {e.mean():.1%}, median {np.median(e):.1%}, {len(e)} faces, {missed} missed")
