"""The whole way from a picture to meshes, as the run time goes it."""

import numpy as np
import torch

from ..common.detection import Detector, non_maximum_suppression
from .camera import project
from .face_grid import face_frames, geometry, grid_points, into_frame, sample
from .head import Head, parameters
from .samples import kinds_of, own_of


def find_meshes(detector: Detector, head: Head, decoder, rgb: np.ndarray, threshold: float = 0.5):
    """Kept anchors and their meshes [n, 1833, 3] in pixels of the picture (depth likewise)."""
    anchors, tensors = detector.run(rgb.astype(np.float32), threshold)
    anchors = anchors.take(non_maximum_suppression(anchors))
    if len(anchors) == 0:
        return anchors, np.zeros((0, 1833, 3), np.float32)
    box, landmarks = anchors.box.astype(np.float64), anchors.landmarks.astype(np.float64)
    centre, size, turn = face_frames(box, landmarks)
    network = detector.network
    place = (anchors.score, anchors.centre, anchors.size, kinds_of(network, anchors))
    inputs = {"geometry": geometry(box, landmarks, *place, len(network.kinds))}
    inputs["own"] = own_of(network, anchors, tensors)
    places = grid_points(network.points, centre, size, turn)
    for name, stride in network.strides.items():
        inputs[name] = sample(tensors[name], places, stride)
    raw = head({k: torch.from_numpy(np.asarray(v, np.float32)) for k, v in inputs.items()})
    offset = into_frame((centre - anchors.centre)[:, None], turn)[:, 0] / size[:, None]
    latent, p_cam, _ = parameters(
        raw, *(torch.from_numpy(v).float() for v in (offset, turn, size / anchors.size))
    )
    points = project(decoder(latent)[..., :3], p_cam).numpy() * anchors.size[:, None, None]
    points[..., :2] += anchors.centre[:, None]
    return anchors, points
