"""Training pictures, decoded once into one file of raw bytes, and their faces.

python -m retinaface.detector.pictures writes RUNS/pictures.u8 and pictures.npz (2.5 GB).
"""

import json
from dataclasses import dataclass

import numpy as np

from ..common.labels import read_rgb
from .paths import PICTURES, RUNS


@dataclass
class Faces:
    """The faces of one picture in its pixels, edges."""

    boxes: np.ndarray  # [n, 4] x1 y1 x2 y2
    points: np.ndarray  # [n, 5, 2], NaN where nobody placed them
    valid: np.ndarray  # [n]

    def __len__(self) -> int:
        return len(self.boxes)


def read_faces(entry: dict) -> Faces:
    faces = entry["faces"]
    box = np.array([f["box"] for f in faces], np.float32).reshape(-1, 4)
    blank = [np.nan] * 10
    points = [f["landmarks"] or blank for f in faces]
    return Faces(
        boxes=np.concatenate([box[:, :2], box[:, :2] + box[:, 2:]], 1),
        points=np.array(points, np.float32).reshape(-1, 5, 2),
        valid=np.array([not f["invalid"] for f in faces], bool) & (box[:, 2:] > 0).all(1),
    )


def read_annotations() -> dict[str, Faces]:
    """Faces by picture name, in the order of names."""
    entries = json.loads((PICTURES / "annotations.json").read_text())
    return {name: read_faces(entries[name]) for name in sorted(entries)}


class Pictures:
    """Every training picture [h, w, 3] RGB u8 with its faces, mapped from disk."""

    def __init__(self, limit: int | None = None):
        if not (RUNS / "pictures.npz").exists():
            write_pictures(limit)
        index = np.load(RUNS / "pictures.npz")
        self.names, self.shapes, self.starts = (index[k] for k in ("names", "shapes", "starts"))
        self.bytes = np.memmap(RUNS / "pictures.u8", np.uint8, "r")
        annotations = read_annotations()
        self.faces = [annotations[name] for name in self.names]

    def __len__(self) -> int:
        return len(self.names)

    def pixels(self, i: int) -> np.ndarray:
        start, (h, w) = self.starts[i], self.shapes[i]
        return self.bytes[start : start + h * w * 3].reshape(h, w, 3)


def write_pictures(limit: int | None = None) -> None:
    RUNS.mkdir(parents=True, exist_ok=True)
    names, shapes, starts, at = list(read_annotations())[:limit], [], [], 0
    with open(RUNS / "pictures.u8", "wb") as file:
        for name in names:
            rgb = read_rgb(PICTURES / "images" / f"{name}.jpg")
            file.write(rgb.tobytes())
            shapes.append(rgb.shape[:2])
            starts.append(at)
            at += rgb.size
    np.savez(RUNS / "pictures.npz", names=names, shapes=shapes, starts=starts)


if __name__ == "__main__":
    write_pictures()
