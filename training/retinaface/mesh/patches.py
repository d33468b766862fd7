"""Patches of the picture about mouth and eyes, in the plane of the face where an answer puts these parts.

Each lies at the same place, size and turn of its part whatever the head's pose, so a small network can find
lips, lids and brows in it without knowing the expression that the answer has.
"""

import numpy as np
import torch

from ..common.networks import INPUT
from ..common.topology import COARSE, Topology
from .camera import project_in_face_frame
from .face_grid import face_frames, into_frame, sample
from .head import split
from .refinement import BROWS, LEFT_EYE, LIPS, RIGHT_EYE, RefinementReader
from .statistics import SHAPE_LATENTS

# Of each patch: vertices about whose mean it lies, its network, columns, rows, and the first and the last sample
# from there, cm (x right, y up). The left eye is read from its outer side, as the right one is.
PATCHES = (
    (LIPS, "mouth", 32, 28, (-3.6, 2.3), (3.6, -4.2)),
    (RIGHT_EYE, "eye", 28, 24, (-2.6, 2.6), (2.6, -1.7)),
    (LEFT_EYE, "eye", 28, 24, (2.6, 2.6), (-2.6, -1.7)),
)
SHAPES = {"mouth": (28, 32), "eye": (24, 28)}  # rows, columns
EYE = RIGHT_EYE + BROWS[:10]


def landmarks(topology: Topology) -> list[list[int]]:
    """The vertices that are found in each patch; of the left eye the mirror images of the right one's."""
    return [LIPS, EYE, [int(topology.mirror[v]) for v in EYE]]


class PatchPlaces:
    """Where an answer puts the samples of each patch, by the decoder's linear stand-in."""

    def __init__(self, components):
        shares = np.zeros((len(PATCHES), COARSE), np.float32)
        for row, (vertices, *_) in zip(shares, PATCHES):
            row[vertices] = 1 / len(vertices)
        basis = shares @ components.shape.reshape(SHAPE_LATENTS, -1, 3)[:, :COARSE]
        self.shape = torch.from_numpy(basis.astype(np.float32))  # [latents, patches, 3]
        self.mean = torch.from_numpy(shares @ components.mean[:COARSE, :3])

    def middles(self, raw: torch.Tensor, offset: torch.Tensor) -> torch.Tensor:
        """[n, patches, 2] of the parts' middles in the face's frame."""
        return project_in_face_frame(self.canonical(raw), split(raw)[1], offset)[0][..., :2]

    def canonical(self, raw: torch.Tensor) -> torch.Tensor:
        return torch.einsum("nl,lpc->npc", split(raw)[0][:, :SHAPE_LATENTS], self.shape) + self.mean

    def __call__(self, raw: torch.Tensor, offset: torch.Tensor) -> list[torch.Tensor]:
        """[n, rows, columns, 2] of each patch in the face's frame."""
        middles, camera = self.canonical(raw), split(raw)[1]
        found = []
        for i, (_, _, columns, rows, first, last) in enumerate(PATCHES):
            y, x = torch.meshgrid(
                torch.linspace(first[1], last[1], rows), torch.linspace(first[0], last[0], columns), indexing="ij"
            )
            apart = torch.stack([x, y, torch.zeros_like(x)], 2).reshape(-1, 3)
            places = project_in_face_frame(middles[:, i, None] + apart, camera, offset)[0][..., :2]
            found.append(places.view(len(raw), rows, columns, 2))
        return found


def patch_frames(places: torch.Tensor) -> torch.Tensor:
    """[n, 2, 3] from the face's frame to columns and rows of a patch, by its corners' affine map."""
    rows, columns = places.shape[1:3]
    a, b, c, d = places[:, 0, 0], places[:, 0, -1], places[:, -1, 0], places[:, -1, -1]
    across, down = (b - a + d - c) / 2 / (columns - 1), (c - a + d - b) / 2 / (rows - 1)
    inverse = torch.linalg.inv(torch.stack([across, down], 2))
    middle = torch.tensor([(columns - 1) / 2, (rows - 1) / 2])
    shift = middle - (inverse @ ((a + b + c + d) / 4)[..., None])[..., 0]
    return torch.cat([inverse, shift[..., None]], 2)


def into_patch(points: torch.Tensor, frame: torch.Tensor) -> torch.Tensor:
    """Points [n, m, 2] of the face's frame in columns and rows."""
    return points @ frame[:, :, :2].transpose(1, 2) + frame[:, None, :, 2]


def from_patch(points: torch.Tensor, frame: torch.Tensor) -> torch.Tensor:
    """The inverse of into_patch."""
    return (points - frame[:, None, :, 2]) @ torch.linalg.inv(frame[:, :, :2]).transpose(1, 2)


class PatchReader:
    """Columns of samples: the refined answer and the patches that are read where it puts them."""

    def __init__(self, head, refinements, components):
        self.network = head.network
        self.before = RefinementReader(head, refinements, components)
        self.places = PatchPlaces(components)

    def columns(self, anchors, grid, tensors) -> dict[str, np.ndarray]:
        """raw [n, 144] and patch [n, samples, 3], patch by patch and row by row."""
        raw = self.before.columns(anchors, grid, tensors)["raw"]
        centre, size, turn = face_frames(anchors.box, anchors.landmarks)
        offset = into_frame((centre - anchors.centre)[:, None], turn)[:, 0] / size[:, None]
        places = self.places(torch.from_numpy(raw), torch.from_numpy(offset).float())
        flat = torch.cat([p.flatten(1, 2) for p in places], 1).numpy()
        c, s = turn[:, :1], turn[:, 1:]
        x, y = flat[..., 0], flat[..., 1]
        pixels = centre[:, None] + size[:, None, None] * np.stack([c * x - s * y, s * x + c * y], 2)
        patch = sample(tensors[INPUT], pixels, 1)
        return {"raw": raw, "patch": patch.astype(np.float32)}


def split_patches(patch: torch.Tensor) -> list[torch.Tensor]:
    """[n, 3, rows, columns] of each patch."""
    found, at = [], 0
    for _, tower, *_ in PATCHES:
        rows, columns = SHAPES[tower]
        part = patch[:, at : at + rows * columns].float()
        found.append(part.transpose(1, 2).reshape(-1, 3, rows, columns))
        at += rows * columns
    return found
