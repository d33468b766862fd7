"""The whole way from a picture to meshes, as the run time goes it."""

import numpy as np
import torch

from .camera import project
from .detector import Detector, non_maximum_suppression
from .face_grid import face_frames, geometry, grid_points, into_frame, sample
from .head import GRIDS, parameters
from .networks import NETWORK, OWN_CHANNELS
from .samples import ANCHOR_KINDS, TENSORS


def find_meshes(detector: Detector, head, decoder, rgb: np.ndarray, threshold: float = 0.5):
    """Kept anchors and their meshes [n, 1833, 3] in pixels of the picture (depth likewise)."""
    anchors, tensors = detector.run(rgb.astype(np.float32), threshold)
    anchors = anchors.take(non_maximum_suppression(anchors))
    if len(anchors) == 0:
        return anchors, np.zeros((0, 1833, 3), np.float32)
    box, landmarks = anchors.box.astype(np.float64), anchors.landmarks.astype(np.float64)
    centre, size, turn = face_frames(box, landmarks)
    kind = [ANCHOR_KINDS.index((s, i)) for s, i in zip(anchors.stride, anchors.index)]
    inputs = {"geometry": geometry(box, landmarks, anchors.score, anchors.centre, anchors.size, kind)}
    own = np.zeros((len(anchors), OWN_CHANNELS), np.float32)
    for i, (stride, at) in enumerate(zip(anchors.stride, anchors.centre)):
        column, row = np.round((at - NETWORK.first_centre) / stride).astype(int)
        own[i] = tensors[NETWORK.own.format(stride)][:, row, column]
    inputs["own"] = own
    places = grid_points(centre, size, turn)
    for name in GRIDS:
        inputs[name] = sample(tensors[name], places, TENSORS[name])
    raw = head({k: torch.from_numpy(np.asarray(v, np.float32)) for k, v in inputs.items()})
    offset = into_frame((centre - anchors.centre)[:, None], turn)[:, 0] / size[:, None]
    latent, p_cam, _ = parameters(
        raw, *(torch.from_numpy(v).float() for v in (offset, turn, size / anchors.size))
    )
    points = project(decoder(latent)[..., :3], p_cam).numpy() * anchors.size[:, None, None]
    points[..., :2] += anchors.centre[:, None]
    return anchors, points
