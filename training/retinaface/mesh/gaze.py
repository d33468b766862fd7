"""Where eyes look, of irises, lids and pose.

Each eyeball's centre lies at one place behind the middle of the lids, in the head's own frame. The eyes look from
there through the iris. The place is found on portraits, whose faces look into the camera however the head is turned.
"""

import numpy as np
import torch

from .camera import unpack
from .head import LATENTS

RADIUS = 1.2  # cm, of an eyeball
WIDEST = 0.9  # sine of the largest angle
SIDES = torch.tensor([1.0, -1.0])  # of x: the subject's right eye, then the left one


def displacements(iris: torch.Tensor, eyes: torch.Tensor, answer: torch.Tensor) -> torch.Tensor:
    """[n, 2, 2] cm from the middle of the lids to the iris, x right and y up.

    iris [n, 2, 3] and eyes [n, 2, 2] in the face's frame, answer [n, 144] of the head.
    """
    scale = unpack(answer[:, LATENTS:])[1][:, None, None]
    return (iris[..., :2] - eyes) / scale * torch.tensor([1.0, -1.0])


def fit_eyeball(iris, eyes, answer) -> list[float]:
    """Of the right eye, in cm from the middle of its lids: where eyeballs must lie for the irises of faces that
    look into the camera to be in front of them. Faces that do not are the exception: the median decides."""
    rotation = unpack(answer[:, LATENTS:])[0][:, None]
    rows = (rotation * torch.stack([SIDES, torch.ones(2), torch.ones(2)], 1)[:, None])[:, :, :2].reshape(-1, 3)
    seen = displacements(iris, eyes, answer).reshape(-1, 1)
    kept = torch.ones(len(rows), dtype=torch.bool)
    for _ in range(5):
        found = torch.linalg.lstsq(rows[kept], seen[kept]).solution
        off = (rows @ found - seen).abs()[:, 0]
        kept = off < 3 * off.median()
    return [round(float(v), 4) for v in found[:, 0]]


def gaze(iris, eyes, answer, eyeball) -> torch.Tensor:
    """Unit vectors [n, 3] in the face's frame with y up: x right, z towards the viewer."""
    rotation = unpack(answer[:, LATENTS:])[0]
    centre = torch.tensor(eyeball) * torch.stack([SIDES, torch.ones(2), torch.ones(2)], 1)
    middle = (centre @ rotation.transpose(1, 2))[..., :2]
    flat = ((displacements(iris, eyes, answer) - middle) / RADIUS).mean(1)
    flat = flat * (WIDEST / flat.norm(dim=1, keepdim=True).clamp(min=WIDEST))
    return torch.cat([flat, (1 - flat.square().sum(1, keepdim=True)).sqrt()], 1)
