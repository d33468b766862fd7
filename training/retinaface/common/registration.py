"""From a teacher's points to a shape in the canonical frame and a colour at every vertex."""

import cv2
import numpy as np
import torch

from .topology import COARSE, Topology, vertex_normals

FACING = 0.2  # least cosine between a vertex's normal and the view at which its colour counts


def label_points(labels: dict, topology: Topology) -> np.ndarray:
    """[n, 468, 3] image pixels: the mean of the teacher's answers on the crop and its mirror."""
    mirrored = labels["mirrored"][:, :COARSE][:, topology.mirror[:COARSE]]
    return (labels["points"][:, :COARSE] + mirrored) / 2


def align(points: np.ndarray, canonical: np.ndarray):
    """Similarity of each [n, 468, 3] in image pixels onto the canonical frame (Umeyama 1991).

    Returns shapes [n, 468, 3] in cm, rotations [n, 3, 3] canonical to camera axes, the place of the
    canonical origin [n, 3] in pixels with y up and z to the viewer, and pixels a centimetre [n].
    """
    seen = points * np.array([1, -1, -1], points.dtype)
    mean, centre = seen.mean(1, keepdims=True), canonical.mean(0)
    p, q = seen - mean, canonical - centre
    u, d, vt = np.linalg.svd(np.einsum("nvi,vj->nij", p, q))
    sign = np.ones((len(points), 3))
    sign[:, 2] = np.sign(np.linalg.det(u @ vt))
    rotation = (u * sign[:, None]) @ vt
    scale = (d * sign).sum(1) / (q**2).sum()
    origin = mean[:, 0] - scale[:, None] * (rotation @ centre)
    shapes = np.einsum("nvi,nij->nvj", seen - origin[:, None], rotation) / scale[:, None, None]
    return shapes.astype(np.float32), rotation, origin, scale


def sample_colours(rgb: np.ndarray, xy: np.ndarray, pixels_a_cm: float) -> np.ndarray:
    """Colours [n, 3] in 0..1 at image points, averaged over about a tenth of a centimetre."""
    blur = pixels_a_cm * 0.08
    if blur > 0.6:
        rgb = cv2.GaussianBlur(rgb, (0, 0), blur)
    where = (xy - 0.5).astype(np.float32)
    picked = cv2.remap(
        rgb, where[None, :, 0], where[None, :, 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return picked[0].astype(np.float32) / 255


def visible(shape: np.ndarray, rotation: np.ndarray, topology: Topology) -> np.ndarray:
    """[n] cosine between normal and view, canonical shape [n, 3] turned by the rotation."""
    turned = torch.from_numpy((shape @ rotation.T).astype(np.float32))[None]
    return vertex_normals(turned, torch.from_numpy(topology.faces[-1]).long())[0, :, 2].numpy()


def fill_hidden(colours: np.ndarray, facing: np.ndarray, topology: Topology, average) -> np.ndarray:
    """Hidden vertices take the mirror vertex's colour; where both are hidden, the neighbours'."""
    seen = facing > FACING
    other = seen[topology.mirror] & ~seen
    filled = np.where(other[:, None], colours[topology.mirror], colours)
    known = seen | other
    for _ in range(12):
        if known.all():
            break
        weight = average @ known.astype(np.float32)
        reach = (weight > 0) & ~known
        spread = average @ (filled * known[:, None])
        filled[reach] = spread[reach] / weight[reach, None]
        known |= reach
    return filled
