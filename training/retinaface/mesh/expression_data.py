"""Samples of the expression head with the teachers' coefficients and irises."""

from dataclasses import dataclass

import numpy as np
import torch

from ..common.blendshapes import MIRROR, BlendshapeTeacher, irises, points478
from ..common.labels import believed
from ..common.networks import Network
from ..common.paths import WORK
from ..common.topology import Topology
from .expression_head import EYES
from .head_data import HeadData, load_head_data
from .refinement import PointPlaces, Refinement
from .stages import load_stage
from .train_decoder import load_decoder

CHUNK = 1000


@dataclass
class ExpressionData:
    samples: HeadData
    coefficients: torch.Tensor  # [n, TOLD]
    irises: torch.Tensor  # [n, 2, 3] in the face's frame and sizes
    eyes: torch.Tensor  # [n, 2, 2] middles of the eyes as the dense head puts them first
    refined: torch.Tensor  # [n, 144] its refined answer
    refined_eyes: torch.Tensor  # [n, 2, 2] middles of the eyes as that has them
    weight: torch.Tensor  # [n] large faces are few and their labels are exact

    def __len__(self) -> int:
        return len(self.samples)

    def inputs(self, rows: torch.Tensor) -> dict[str, torch.Tensor]:
        columns = {k: v[rows].float() for k, v in self.samples.inputs.items()}
        return columns | {"eyes": self.eyes[rows], "refined": self.refined[rows]}


def teacher_answers(name: str, topology: Topology) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients [labels, TOLD] and irises [labels, 2, 3] of a set, kept in WORK/labels."""
    path = WORK / "labels" / f"{name}-expressions.npz"
    labels = believed(name)
    if not path.exists():
        points = points478(labels, topology)
        np.savez(path, coefficients=BlendshapeTeacher().both_ways(points, topology), irises=irises(points))
    kept = np.load(path)
    if len(kept["irises"]) != len(labels["box"]):
        raise ValueError(f"{path} is of other labels: remove it, and it is made again")
    return kept["coefficients"], kept["irises"]


def load_expression_data(network: Network, name: str, topology: Topology, seeds) -> ExpressionData:
    samples = load_head_data(network, 1, name, topology, seeds)
    coefficients, iris = (torch.from_numpy(v).float() for v in teacher_answers(name, topology))
    flip = samples.mirrored[:, None]
    coefficients, iris = coefficients[samples.face], iris[samples.face]
    iris = torch.where(flip[..., None], iris.flip(1), iris)
    refined = refined_answers(load_stage(network, 1), samples)
    m = samples.to_face
    centre = iris[..., :2] @ m[:, :, :2].transpose(1, 2) + m[:, None, :, 2]
    radius = iris[..., 2:] * m[:, :, :2].det().abs().sqrt()[:, None, None]
    return ExpressionData(
        samples,
        torch.where(flip, coefficients[:, MIRROR], coefficients),
        torch.cat([centre, radius], 2),
        eyes_of(samples.inputs["raw"], samples.offset),
        refined,
        eyes_of(refined, samples.offset),
        torch.from_numpy(np.clip((samples.height / 40) ** 0.7, 0.5, 2.5) * samples.confidence).float(),
    )


def eyes_of(raw: torch.Tensor, offset: torch.Tensor) -> torch.Tensor:
    """[n, 2, 2] middles of the right and left eye in the face's frame, of answers [n, 144]."""
    places = PointPlaces(load_decoder()[1])
    found = [
        places(raw[i : i + CHUNK].float(), offset[i : i + CHUNK])[:, EYES] for i in range(0, len(raw), CHUNK)
    ]
    return torch.from_numpy(np.concatenate(found)).float()


def refined_answers(refinement: Refinement, samples: HeadData) -> torch.Tensor:
    chunks = [
        refinement({k: v[i : i + CHUNK].float() for k, v in samples.inputs.items()})
        for i in range(0, len(samples), CHUNK)
    ]
    return torch.cat(chunks)
