"""Losses of the coarse branch: obj on every cell, cls, box (EIoU) and points where a face is."""

import numpy as np
import torch
from torch.nn import functional as F

from .assignment import assign, cells_of, costs

COARSE_STRIDES = (32, 64)
BOX, POINTS = 5.0, 0.5


def flat(found: list[torch.Tensor]) -> torch.Tensor:
    """[b, n, 16] of both levels."""
    return torch.cat([f.flatten(2).transpose(1, 2) for f in found], 1)


def cells_for(side: int) -> np.ndarray:
    return np.concatenate([cells_of(side // s, side // s, s) for s in COARSE_STRIDES])


def owners(view: dict, cells: np.ndarray, found: np.ndarray) -> np.ndarray:
    """[n] the view's face that each cell is to find, or −1; −2 where it does not matter."""
    score = 1 / np.sqrt((1 + np.exp(-found[:, 0])) * (1 + np.exp(-found[:, 1])))
    cost, shared = costs(cells, score, found[:, 2:6], view["boxes"])
    owner = assign(
        np.concatenate([cost, view["cost"].T]), np.concatenate([shared, view["shared"].T])
    )[: len(cells)]
    middle = (cells[:, :2] + cells[:, 2:] / 2)[:, None]
    boxes = view["ignored"]
    large = (boxes[:, 2:] - boxes[:, :2]).max(1, initial=0) > cells[:, 2:]
    over = ((middle > boxes[:, :2]) & (middle < boxes[:, 2:])).all(2) & large
    return np.where((owner < 0) & over.any(1), -2, owner)


def eiou(found: torch.Tensor, truth: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Efficient IoU loss (arXiv 2101.08158) and overlap [n] of edges [n, 4]."""
    low, high = torch.maximum(found[:, :2], truth[:, :2]), torch.minimum(found[:, 2:], truth[:, 2:])
    inner = (high - low).clamp(min=0).prod(1)
    size, wanted = found[:, 2:] - found[:, :2], truth[:, 2:] - truth[:, :2]
    shared = inner / (size.prod(1) + wanted.prod(1) - inner + 1e-6)
    around = torch.maximum(found[:, 2:], truth[:, 2:]) - torch.minimum(found[:, :2], truth[:, :2])
    apart = (found[:, :2] + found[:, 2:] - truth[:, :2] - truth[:, 2:]) / 2
    loss = 1 - shared + apart.square().sum(1) / around.square().sum(1).clamp(min=1e-6)
    return loss + ((size - wanted) / around.clamp(min=1e-3)).square().sum(1), shared


def coarse_loss(found: torch.Tensor, views: list[dict], side: int) -> dict[str, torch.Tensor]:
    """found [b, n, 16]: logits of cls and obj, box, points."""
    cells = cells_for(side)
    known = found.detach().numpy()
    owner = np.stack([owners(v, cells, f) for v, f in zip(views, known)])
    image, cell = np.nonzero(owner >= 0)
    count = max(len(image), 1)
    obj = F.binary_cross_entropy_with_logits(
        found[..., 1], torch.from_numpy(owner >= 0).float(), reduction="none"
    )
    losses = {"obj": (obj * torch.from_numpy(owner != -2)).sum() / count}
    if not len(image):
        return losses
    face = owner[image, cell]
    boxes = torch.from_numpy(np.stack([views[i]["boxes"][f] for i, f in zip(image, face)])).float()
    points = np.stack([views[i]["points"][f] for i, f in zip(image, face)])
    mine, place = found[image, cell], torch.from_numpy(cells[cell])
    middle = place[:, :2] + place[:, 2:] * mine[:, 2:4]
    half = place[:, 2:] * mine[:, 4:6].clamp(max=4).exp() / 2
    box, shared = eiou(torch.cat([middle - half, middle + half], 1), boxes)
    wanted = (torch.from_numpy(points).float() - place[:, None, :2]) / place[:, None, 2:]
    placed = ~torch.isnan(wanted).flatten(1).any(1)
    apart = mine[placed, 6:] - wanted[placed].flatten(1)
    cls = F.binary_cross_entropy_with_logits(
        mine[:, 0], shared.detach().clamp(0, 1), reduction="sum"
    )
    return losses | {
        "cls": cls / count,
        "box": BOX * box.sum() / count,
        "points": POINTS * F.smooth_l1_loss(apart, torch.zeros_like(apart), reduction="sum") / count,
    }
