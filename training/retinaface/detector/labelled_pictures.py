"""Pictures whose faces the mesh teacher has labelled, as `Pictures` gives those of wider-train."""

import numpy as np

from ..common.labels import load_labels, read_rgb
from ..common.paths import IMAGE_FOLDERS
from .pictures import Faces

# The teacher's points (of its 478) at eyes, nose and mouth corners.
FIVE = [468, 473, 4, 61, 291]


class LabelledPictures:
    def __init__(self, name: str):
        self.folder = IMAGE_FOLDERS[name]
        labels = load_labels(name, 0.5)
        self.names = sorted(set(labels["image"]))
        self.faces = [faces_of(labels, labels["image"] == image) for image in self.names]

    def __len__(self) -> int:
        return len(self.names)

    def pixels(self, i: int) -> np.ndarray:
        return read_rgb(self.folder / self.names[i])


def faces_of(labels: dict, rows: np.ndarray) -> Faces:
    return Faces(
        boxes=labels["box"][rows].astype(np.float32),
        points=labels["points"][rows][:, FIVE, :2].astype(np.float32),
        valid=np.ones(rows.sum(), bool),
    )
