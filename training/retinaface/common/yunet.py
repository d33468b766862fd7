"""YuNet-n (libfacedetection.train, Apache-2.0): finds the faces that are labelled.

python -m retinaface.common.yunet IMAGE... prints its detections as goldens have them: score
threshold 0.5, non-maximum suppression 0.4, pictures in their own size.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import onnxruntime as ort

from .detection import Anchors, non_maximum_suppression
from .paths import SHARED

FILE = SHARED / "models" / "yunet-n.onnx"
STRIDES = (8, 16, 32)
PARTS = ("cls", "obj", "bbox", "kps")


class YuNet:
    """Score = sqrt(cls · obj); anchors are the cells, their places the cells' corners."""

    def __init__(self, threads: int = 1):
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self.session = ort.InferenceSession(FILE.read_bytes(), options)

    def run(self, rgb: np.ndarray, threshold: float) -> tuple[Anchors, dict]:
        height, width = (-(-n // 32) * 32 for n in rgb.shape[:2])
        data = np.zeros((1, 3, height, width), np.float32)
        data[0, :, : rgb.shape[0], : rgb.shape[1]] = rgb[..., ::-1].transpose(2, 0, 1)
        out = self.session.run([f"{p}_{s}" for s in STRIDES for p in PARTS], {"input": data})
        levels = [
            decode(s, width // s, *(t[0] for t in out[4 * i : 4 * i + 4]), threshold)
            for i, s in enumerate(STRIDES)
        ]
        fields = Anchors.__dataclass_fields__
        return Anchors(*(np.concatenate([getattr(v, f) for v in levels]) for f in fields)), {}


def decode(stride, columns, cls, obj, bbox, kps, threshold: float) -> Anchors:
    score = np.sqrt(cls * obj)[:, 0]
    rows = np.nonzero(score >= threshold)[0]
    corner = stride * np.stack([rows % columns, rows // columns], 1).astype(np.float32)
    middle = corner + stride * bbox[rows, :2]
    half = stride * np.exp(bbox[rows, 2:]) / 2
    n = len(rows)
    return Anchors(
        score=score[rows],
        box=np.concatenate([middle - half, middle + half], 1),
        landmarks=corner[:, None] + stride * kps[rows].reshape(n, 5, 2),
        stride=np.full(n, stride),
        index=np.zeros(n, int),
        centre=corner,
        size=np.full(n, stride, np.float32),
    )


def golden(images: list[Path]) -> dict:
    detector = YuNet()
    rows = {}
    for path in images:
        rgb = cv2.cvtColor(cv2.imread(str(path), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
        found, _ = detector.run(rgb, 0.5)
        found = found.take(non_maximum_suppression(found, 0.4, inclusive=0))
        rows[path.name] = {
            "size": [rgb.shape[1], rgb.shape[0]],
            "faces": [
                {
                    "score": round(float(found.score[i]), 5),
                    "box": found.box[i].round(3).tolist(),
                    "landmarks": found.landmarks[i].round(3).tolist(),
                }
                for i in range(len(found))
            ],
        }
    return {
        "model": FILE.name,
        "input": "BGR 0..255, original size, zero-padded right/bottom to a multiple of 32",
        "priors": "one a cell at its corner, size = stride; variances 1; score = sqrt(cls * obj)",
        "scoreThreshold": 0.5,
        "nms": 0.4,
        "box": "x1 y1 x2 y2 pixels",
        "images": rows,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("images", nargs="+", type=Path)
    print(json.dumps(golden(parser.parse_args().images), indent=1))
