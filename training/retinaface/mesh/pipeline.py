"""The whole way from a picture to meshes, as the run time goes it."""

import numpy as np
import torch

from ..common.detection import Detector, non_maximum_suppression
from .camera import project
from .face_grid import face_frames, into_frame
from .head import parameters
from .refinement import RefinementReader
from .samples import columns_of


def find_meshes(
    detector: Detector, reader: RefinementReader, decoder, rgb: np.ndarray, threshold: float = 0.5
):
    """Kept anchors and their meshes [n, 1833, 3] in pixels of the picture (depth likewise)."""
    anchors, tensors = detector.run(rgb.astype(np.float32), threshold)
    anchors = anchors.take(non_maximum_suppression(anchors))
    if len(anchors) == 0:
        return anchors, np.zeros((0, 1833, 3), np.float32)
    box, landmarks = anchors.box.astype(np.float64), anchors.landmarks.astype(np.float64)
    centre, size, turn = face_frames(box, landmarks)
    network = detector.network
    grid = columns_of(network, anchors, tensors)
    raw = torch.from_numpy(reader.columns(anchors, grid, tensors)["raw"])
    offset = into_frame((centre - anchors.centre)[:, None], turn)[:, 0] / size[:, None]
    latent, p_cam, _ = parameters(
        raw, *(torch.from_numpy(v).float() for v in (offset, turn, size / anchors.size))
    )
    points = project(decoder(latent)[..., :3], p_cam).numpy() * anchors.size[:, None, None]
    points[..., :2] += anchors.centre[:, None]
    return anchors, points
