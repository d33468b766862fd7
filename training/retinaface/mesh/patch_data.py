"""Samples of patches with the landmarks and coefficients that they should give."""

from dataclasses import dataclass

import numpy as np
import torch

from ..common.blendshapes import MIRROR
from ..common.networks import Network
from ..common.topology import COARSE, Topology
from .expression_data import teacher_answers
from .head_data import HeadData, face_targets, load_head_data
from .patches import PatchPlaces, into_patch, landmarks, patch_frames
from .stages import PATCHES
from .train_decoder import load_decoder

CHUNK = 2000


@dataclass
class PatchData:
    samples: HeadData
    frames: list[torch.Tensor]  # of each patch [n, 2, 3] from the face's frame
    points: list[torch.Tensor]  # of each patch [n, m, 2] in columns and rows, of eyes the iris last
    irises: torch.Tensor  # [n, 2, 3] centre and radius in the face's frame
    coefficients: torch.Tensor  # [n, TOLD]
    weight: torch.Tensor  # [n] large faces are few and their labels are exact

    def __len__(self) -> int:
        return len(self.samples)


def load_patch_data(network: Network, name: str, topology: Topology, seeds, keep=0.4, plain=False) -> PatchData:
    samples = load_head_data(network, PATCHES, name, topology, seeds, keep=keep, plain=plain)
    places, mirror = PatchPlaces(load_decoder()[1]), torch.from_numpy(topology.mirror[:COARSE]).long()
    parts = []
    for rows in torch.arange(len(samples)).split(CHUNK):
        raw = samples.inputs["raw"][rows].float()
        frames = [patch_frames(p) for p in places(raw, samples.offset[rows])]
        target = face_targets(samples, rows, mirror, torch.arange(COARSE))[..., :2]
        points = [into_patch(target[:, v], f) for v, f in zip(landmarks(topology), frames)]
        parts.append((frames, points))
    frames, points = ([torch.cat([p[k][i] for p in parts]) for i in range(3)] for k in (0, 1))
    coefficients, irises = told_of(name, samples, topology)
    for side in (0, 1):
        centre = into_patch(irises[:, side, None, :2], frames[side + 1])
        points[side + 1] = torch.cat([points[side + 1], centre], 1)
    weight = np.clip((samples.height / 40) ** 0.7, 0.5, 2.5) * samples.confidence
    return PatchData(samples, frames, points, irises, coefficients, torch.from_numpy(weight).float())


def told_of(name: str, samples: HeadData, topology: Topology):
    """Coefficients [n, TOLD] and irises [n, 2, 3] in the face's frame, of the teachers."""
    coefficients, iris = (torch.from_numpy(v).float()[samples.face] for v in teacher_answers(name, topology))
    flip = samples.mirrored[:, None]
    iris = torch.where(flip[..., None], iris.flip(1), iris)
    m = samples.to_face
    centre = iris[..., :2] @ m[:, :, :2].transpose(1, 2) + m[:, None, :, 2]
    radius = iris[..., 2:] * m[:, :, :2].det().abs().sqrt()[:, None, None]
    return torch.where(flip, coefficients[:, MIRROR], coefficients), torch.cat([centre, radius], 2)
