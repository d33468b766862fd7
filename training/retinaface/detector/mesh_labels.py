"""The mesh teacher's points of the annotated faces (made by retinaface.common.labels)."""

import numpy as np

from ..common.detection import overlaps
from ..common.labels import load_labels
from ..common.registration import label_points
from ..common.topology import COARSE, Topology
from .crops import Crop
from .pictures import Pictures

SAME_FACE = 0.5  # least overlap of an annotated and a detected box


class MeshLabels:
    """468 points [n, 468, 3] in pixels of the pictures, and which face has which."""

    def __init__(self, pictures: Pictures, topology: Topology):
        labels = load_labels("wider-train")
        self.points = label_points(labels, topology).astype(np.float32)
        self.swap = topology.mirror[:COARSE]
        rows: dict[str, list[int]] = {}
        for row, image in enumerate(labels["image"]):
            rows.setdefault(image, []).append(row)
        # A picture: of every annotated face, its row in `points` or −1.
        self.row_of = [
            rows_of_faces(faces.boxes, labels["box"], rows.get(f"{name}.jpg", []))
            for name, faces in zip(pictures.names, pictures.faces)
        ]

    def target(self, crop: Crop, face: int) -> np.ndarray:
        """The points of a picture's face in pixels of the crop; depth about its mean."""
        points = self.points[self.row_of[crop.picture][face]] * crop.scale
        points[:, :2] += crop.offset
        points[:, 2] -= points[:, 2].mean()
        if crop.mirrored:
            points = points[self.swap]
            points[:, 0] = len(crop.pixels) - points[:, 0]
        return points


def rows_of_faces(faces: np.ndarray, boxes: np.ndarray, rows: list[int]) -> np.ndarray:
    found = np.full(len(faces), -1)
    for row in rows:
        overlap = overlaps(boxes[row], faces) if len(faces) else np.zeros(1)
        if overlap.max() >= SAME_FACE:
            found[overlap.argmax()] = row
    return found
