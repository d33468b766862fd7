"""The dense regression branch: P_ST, P_cam and P_ill of matched anchors from their context feature.

A 1×1 convolution, computed at matched anchors alone. The mesh comes from the shipped decoder, which
stays as it is. Unit and origin are the anchor's (docs/coordinate-frames.md).
"""

import numpy as np
import torch
from torch import nn

from ..common.topology import COARSE, load_topology, vertex_normals
from ..mesh.adopt_decoder import shipped_decoder
from ..mesh.camera import project_in_face_frame
from ..mesh.head import CAMERA, LATENTS, LIGHT, split
from ..mesh.head_loss import DEPTH, pixel_losses, vertex_errors
from .anchors import anchor_grid
from .crops import Crop
from .mesh_labels import MeshLabels
from .network import ANCHORS, FEATURES, Prediction
from .pictures import Pictures

FACES = 24  # of a batch, at most
OUTPUTS = LATENTS + CAMERA + LIGHT
LATENT_PRIOR, LIGHT_PRIOR, BRIGHTNESS = 1e-3, 1e-3, 4.0


class DenseBranch(nn.Module):
    """Parameters [n, 144] of anchors from their context features [n, 64]; one row of weights an
    anchor of a cell."""

    def __init__(self):
        super().__init__()
        self.convolution = nn.Linear(FEATURES, ANCHORS * OUTPUTS)
        nn.init.normal_(self.convolution.weight, 0, 0.01)
        nn.init.zeros_(self.convolution.bias)

    def forward(self, features: torch.Tensor, which: torch.Tensor) -> torch.Tensor:
        raw = self.convolution(features).view(-1, ANCHORS, OUTPUTS)
        return raw[torch.arange(len(raw)), which]


def labelled_anchors(owner: np.ndarray, crops: list[Crop], labels: MeshLabels) -> np.ndarray:
    """[n, 3] picture of the batch, anchor, face of the picture: one anchor a face that the mesh
    teacher has seen, at most FACES of them."""
    image, anchor = np.nonzero(owner >= 0)
    face = owner[image, anchor]
    known = np.array([labels.row_of[crops[i].picture][f] >= 0 for i, f in zip(image, face)], bool)
    rows = np.stack([image, anchor, face], 1)[known]
    _, first = np.unique(rows[:, [0, 2]], axis=0, return_index=True)
    rows = rows[first]
    return rows[:: max(1, -(-len(rows) // FACES))]


def features_at(features: list[torch.Tensor], image: np.ndarray, anchor: np.ndarray):
    """Context features [n, 64] of anchors, and which of their cell's they are [n]."""
    cells = [f.flatten(2).transpose(1, 2) for f in features]
    joined = torch.cat(cells, 1)
    return joined[image, anchor // ANCHORS].float().cpu(), torch.from_numpy(anchor % ANCHORS)


class MeshTerm:
    """The losses of vertices and pixels of faces with known meshes, computed on the CPU."""

    def __init__(self, pictures: Pictures):
        topology = load_topology()
        self.branch = DenseBranch()
        self.decoder = shipped_decoder(topology)
        self.labels = MeshLabels(pictures, topology)
        self.triangles = torch.from_numpy(topology.faces[3]).long()

    def __call__(self, found: Prediction, batch, crops: list[Crop]) -> dict[str, torch.Tensor]:
        rows = labelled_anchors(batch["owner"].cpu().numpy(), crops, self.labels)
        if not len(rows):
            return {}
        image, anchor, face = rows.T
        raw = self.branch(*features_at(found.features, image, anchor))
        side = crops[0].pixels.shape[0]
        place = torch.from_numpy(anchor_grid(side, side)[anchor])
        boxes = np.stack([crops[i].faces.boxes[crops[i].row == f][0] for i, f in zip(image, face)])
        extent = torch.from_numpy(np.sqrt((boxes[:, 2:] - boxes[:, :2]).prod(1)))
        points = np.stack([self.labels.target(crops[i], f) for i, f in zip(image, face)])
        target = torch.from_numpy(points)
        target[..., :2] -= place[:, None, :2]
        target = target / place[:, None, 2:]
        scene = {
            "turn": torch.tensor([1.0, 0.0]).expand(len(rows), 2),
            "image_to_crop": anchor_to_sampling(place, side),
            "pixels": batch["pixels"][image].cpu(),
        }
        return self.losses(raw, target, place[:, 2] / extent, scene)

    def losses(self, raw, target, norm, scene) -> dict[str, torch.Tensor]:
        latent, camera, light = split(raw)
        mesh = self.decoder(latent)[:, :COARSE]
        here = torch.zeros(len(raw), 2)
        points, turned = project_in_face_frame(mesh[..., :3], camera, here)
        flat, deep = vertex_errors(points, target, norm)
        normals = vertex_normals(turned, self.triangles)
        pixel, bright = pixel_losses(points, turned, normals, mesh[..., 3:], light, scene)
        prior = LATENT_PRIOR * latent.square().mean(1) + LIGHT_PRIOR * raw[:, -LIGHT:].square().mean(1)
        return {
            "mesh": (flat + DEPTH * deep + prior).mean(),
            "pixel": (pixel + BRIGHTNESS * bright).mean(),
        }


def anchor_to_sampling(place: torch.Tensor, side: int) -> torch.Tensor:
    """[n, 2, 3] from anchor coordinates to those of grid_sample over the crop, −1 to 1."""
    step = 2 * place[:, 2] / side
    zero = torch.zeros_like(step)
    x, y = (2 * place[:, i] / side - 1 for i in (0, 1))
    return torch.stack([step, zero, x, zero, step, y], 1).view(-1, 2, 3)
