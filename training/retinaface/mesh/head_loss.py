"""Losses of the dense head: vertices, camera, latents, pixels (paper, L_pixel) and light."""

import torch
from torch.nn import functional as F

from ..common.expressions import ratios
from ..common.landmarks68 import BROWS, EYES, LIPS, VERTICES
from .camera import project_in_face_frame, unpack
from .head import split
from .light import NEUTRAL, shading

DEPTH, ROTATION, LATENT, COLOUR, PIXEL, LIGHT, TONE = 0.4, 0.02, 1e-3, 0.05, 0.3, 1e-3, 4.0
# Of the four ratios' errors: mouth opening, eye opening, brow height, mouth width.
RATIOS = torch.tensor([0.9, 0.5, 0.6, 0.5])
LEAST_EYES = 0.12  # face sizes between the eyes' outer corners from which ratios count
LIPS_AND_LIDS, BROW = 4.0, 2.0  # weights of these vertices beside 1 of the others
BUFFER = 24  # cells a side of the z-buffer
BUFFER_SLACK = 0.06  # face sizes


def seen(points: torch.Tensor, normals: torch.Tensor) -> torch.Tensor:
    """[b, v] which vertices the camera sees: facing it and nearest in their z-buffer cell."""
    cell = ((points[..., :2].detach() + 0.75) / 1.5 * BUFFER).long().clamp(0, BUFFER - 1)
    index = cell[..., 1] * BUFFER + cell[..., 0]
    depth = points[..., 2].detach()
    nearest = torch.full((len(points), BUFFER**2), 9.0).scatter_reduce(1, index, depth, "amin")
    return (normals[..., 2] > 0.15) & (depth <= nearest.gather(1, index) + BUFFER_SLACK)


def vertex_errors(points: torch.Tensor, target: torch.Tensor, norm: torch.Tensor):
    """Mean 2D and 3D distances [b] in sqrt(w·h) of the labelled box; depth about its mean."""
    z = points[..., 2:] - points[..., 2:].mean(1, keepdim=True)
    difference = (torch.cat([points[..., :2], z], 2) - target) * norm[:, None, None]
    flat = (difference[..., :2].square().sum(2) + 1e-7).sqrt().mean(1)
    return flat, (difference.square().sum(2) + 1e-7).sqrt().mean(1)


def vertex_weights() -> torch.Tensor:
    """[468] of mean 1."""
    weight = torch.ones(468)
    weight[[*LIPS, *EYES]] = LIPS_AND_LIDS
    weight[BROWS] = BROW
    return weight / weight.mean()


WEIGHTS = vertex_weights()


def weighted_error(points: torch.Tensor, target: torch.Tensor, norm: torch.Tensor) -> torch.Tensor:
    """2D distances [b] with more weight where expressions show."""
    apart = (points[..., :2] - target[..., :2]) * norm[:, None, None]
    return ((apart.square().sum(2) + 1e-7).sqrt() * WEIGHTS).mean(1)


def ratio_error(points: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Of the four ratios [b]; 0 where the eyes are seen from the side."""
    ours, theirs = points[:, VERTICES, :2], target[:, VERTICES, :2]
    counts = (theirs[:, 36] - theirs[:, 45]).norm(dim=1) > LEAST_EYES
    error = ((ratios(ours) - ratios(theirs)).abs() * RATIOS).sum(1)
    return torch.where(counts, error, 0)


def upright(vectors: torch.Tensor, turn: torch.Tensor) -> torch.Tensor:
    """From camera axes turned with the face to the camera axes of the picture."""
    c, s = turn[:, None, 0], turn[:, None, 1]
    x, y = vectors[..., 0], vectors[..., 1]
    return torch.stack([c * x + s * y, c * y - s * x, vectors[..., 2]], 2)


def pixel_losses(points, turned, normals, colours, light, batch):
    """L1 of lit colours against the crop where vertices are seen, and the light's brightness."""
    lit = shading(upright(turned, batch["turn"]), upright(normals, batch["turn"]), light)
    neutral = shading(turned.detach(), normals.detach(), NEUTRAL.expand(len(turned), 9))
    mask = seen(points, normals)[..., None].float()
    count = mask.sum((1, 2)).clamp(min=1)
    m = batch["image_to_crop"]
    where = points[..., :2] @ m[:, :, :2].transpose(1, 2) + m[:, None, :, 2]
    picture = batch["pixels"].permute(0, 3, 1, 2).float() / 255
    found = F.grid_sample(
        picture, where[:, :, None], padding_mode="border", align_corners=False
    )[..., 0]
    difference = (colours * lit - found.transpose(1, 2)).abs().mean(2, keepdim=True)
    bright = ((lit - neutral) * mask).sum((1, 2)) / (3 * count)
    return (difference * mask).sum((1, 2)) / count, bright.square()


def head_loss(raw, batch, surface):
    """Total loss and the mean 2D error. `surface(latent)` gives positions and colours [b, v, 3]
    and a function that gives unit normals [b, v, 3] of rotation and turned positions."""
    latent, camera, light = split(raw)
    positions, colours, normals_of = surface(latent)
    points, turned = project_in_face_frame(positions, camera, batch["offset"])
    flat, deep = vertex_errors(points, batch["target"], batch["norm"])
    rotation = unpack(camera)[0]
    normals = normals_of(rotation, turned)
    pixel, bright = pixel_losses(points, turned, normals, colours, light, batch)
    known = (latent - batch["latent"]).square()
    loss = (
        weighted_error(points, batch["target"], batch["norm"])
        + ratio_error(points, batch["target"])
        + DEPTH * deep
        + ROTATION * (rotation - batch["rotation"]).square().sum((1, 2))
        + LATENT * (known[:, :32].mean(1) * batch["has_shape"] + 0.3 * latent.square().mean(1))
        + COLOUR * (known[:, 32:] * batch["colour_share"]).sum(1) * batch["has_colour"]
        + PIXEL * pixel
        + LIGHT * raw[:, 135:].square().mean(1)
        + TONE * bright
    )
    return (loss * batch["weight"]).mean(), flat.mean().item(), pixel.mean().item()
