"""Fits shape, place and size of an answer to landmarks: the most likely change, with normal errors of landmarks and of
the answer (one Gauss-Newton step with a ridge, as 3D morphable models are fitted to landmarks: Blanz and
Vetter 1999; Bas and Smith 2016)."""

from dataclasses import dataclass

import numpy as np
import torch

from ..common.topology import load_topology
from .camera import PLACE_STEP, SCALE_STEP, unpack
from .face_grid import face_frames, into_frame
from .head import LATENTS, split
from .head_data import HeadData
from .patch_landmarks import PatchLandmarks
from .patches import PatchPlaces, PatchReader, from_patch, landmarks, patch_frames, split_patches
from .statistics import SHAPE_LATENTS

LATENT, PLACE = 6e-4, 1e-4  # precisions over a landmark's
MOST_GROWTH = 0.2
IRIS_RADIUS = 0.585  # cm: irises of people differ little
LEAST_SIZE = 24  # network pixels of the square root of a face's box, below which the run time does not look


class ShapeFit:
    def __init__(self, components, vertices: list[int]):
        basis = components.shape.reshape(SHAPE_LATENTS, -1, 3)[:, vertices]
        self.basis = torch.from_numpy(basis.astype(np.float32))  # [latents, points, 3]
        self.mean = torch.from_numpy(components.mean[vertices, :3].astype(np.float32))

    def __call__(self, raw: torch.Tensor, offset: torch.Tensor, points: torch.Tensor) -> torch.Tensor:
        """Answers [n, 144] moved to points [n, m, 2] of the face's frame."""
        latent, camera, _ = split(raw)
        rotation, scale, distance, place = unpack(camera)
        shape = torch.einsum("nl,lmc->nmc", latent[:, :SHAPE_LATENTS], self.basis) + self.mean
        turned = shape @ rotation.transpose(1, 2)
        nearness = (distance[:, None] / (distance[:, None] - turned[..., 2]))[..., None]
        flat = torch.stack([turned[..., 0], -turned[..., 1]], 2) * scale[:, None, None]
        found = (flat + (place + offset)[:, None]) * nearness - offset[:, None]
        rows = torch.stack([rotation[:, 0], -rotation[:, 1]], 1) * scale[:, None, None]
        mean = nearness.mean(1, keepdim=True)  # derivatives of a weak perspective camera
        by_latent = torch.einsum("nkc,lmc->nmkl", rows, self.basis) * mean[..., None]
        by_place = torch.eye(2).expand(*flat.shape[:2], 2, 2) * mean[..., None]
        jacobian = torch.cat([by_latent, by_place, (flat * mean)[..., None]], 3).flatten(1, 2)
        prior = torch.diag(torch.tensor([LATENT] * SHAPE_LATENTS + [PLACE] * 3))
        matrix = jacobian.transpose(1, 2) @ jacobian + prior
        step = torch.linalg.solve(matrix, jacobian.transpose(1, 2) @ (points - found).flatten(1)[..., None])[..., 0]
        moved = raw.clone()
        moved[:, :SHAPE_LATENTS] += step[:, :SHAPE_LATENTS]
        moved[:, LATENTS + 5 : LATENTS + 7] += step[:, SHAPE_LATENTS : SHAPE_LATENTS + 2] / PLACE_STEP
        growth = step[:, SHAPE_LATENTS + 2].clamp(-MOST_GROWTH, MOST_GROWTH)
        moved[:, LATENTS + 3] += torch.log1p(growth) / SCALE_STEP
        return moved


@dataclass
class Seen:
    """What is found of faces by their patches."""

    answer: torch.Tensor  # [n, 144]
    coefficients: torch.Tensor  # [n, TOLD], of which some may be beyond 0 and 1
    irises: torch.Tensor  # [n, 2, 3] centre and radius in the face's frame
    lids: torch.Tensor  # [n, 2, 2] the middles of the eyes that the answer has


class PatchFit:
    """Answers moved to the landmarks that are found in patches."""

    def __init__(self, model: PatchLandmarks, components):
        vertices = landmarks(load_topology())
        self.model, self.counts = model, [len(v) for v in vertices]
        self.places = PatchPlaces(components)
        self.fit = ShapeFit(components, sum(vertices, []))

    def look(self, raw, offset, turn, patch, small=None) -> Seen:
        """Of refined answers [n, 144] and what is read where they put the patches; `small` [n] ones stay."""
        frames = [patch_frames(p) for p in self.places(raw, offset)]
        found, coefficients = self.model(split_patches(patch), turn)
        places = [from_patch(p, f) for p, f in zip(found, frames)]
        points = torch.cat([p[:, :n] for p, n in zip(places, self.counts)], 1)
        answer = self.fit(raw, offset, points)
        if small is not None:
            answer = torch.where(small[:, None], raw, answer)
        scale = unpack(split(answer)[1])[1]
        radius = (IRIS_RADIUS * scale)[:, None, None].expand(-1, 2, 1)
        irises = torch.cat([torch.stack([p[:, -1] for p in places[1:]], 1), radius], 2)
        return Seen(answer, coefficients, irises, self.places.middles(answer, offset)[:, 1:])

    def of(self, data: HeadData, rows: torch.Tensor) -> Seen:
        raw, patch = (data.inputs[k][rows] for k in ("raw", "patch"))
        return self.look(raw.float(), data.offset[rows], data.turn[rows], patch)


class PatchFitReader(PatchReader):
    """The last answers, as `raw`, and what else is seen; answers of small faces are the refined ones."""

    def __init__(self, head, refinements, model: PatchLandmarks, components):
        super().__init__(head, refinements, components)
        self.fit = PatchFit(model, components)

    def seen(self, anchors, grid, tensors) -> Seen:
        read = super().columns(anchors, grid, tensors)
        centre, size, turn = face_frames(anchors.box, anchors.landmarks)
        offset = into_frame((centre - anchors.centre)[:, None], turn)[:, 0] / size[:, None]
        given = (torch.from_numpy(np.asarray(v, np.float32)) for v in (read["raw"], offset, turn, read["patch"]))
        return self.fit.look(*given, torch.from_numpy(size < LEAST_SIZE))

    def columns(self, anchors, grid, tensors) -> dict[str, np.ndarray]:
        return {"raw": self.seen(anchors, grid, tensors).answer.numpy()}
