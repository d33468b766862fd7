"""Patches seen otherwise: moved, turned, stretched, in other light, blurred and with noise."""

import torch
from torch.nn import functional as F

SHIFT, SHIFT_OF_EACH = 1.5, 0.7  # samples
TURN, SIZE, ASPECT = 0.10, 0.10, 0.05  # radians, and of logarithms
GAMMA, GAIN, NOISE = 0.35, 0.12, 6.0
GREY, BLURRED = 0.15, 0.3  # shares


def linear_maps(n: int) -> torch.Tensor:
    """[n, 2, 2] a random turn, size and aspect of each face."""
    turn, size = TURN * torch.randn(n), torch.exp(SIZE * torch.randn(n))
    c, s, aspect = torch.cos(turn) * size, torch.sin(turn) * size, torch.exp(ASPECT * torch.randn(n))
    return torch.stack([torch.stack([c * aspect, -s], 1), torch.stack([s * aspect, c], 1)], 1)


def moved(patch: torch.Tensor, points: torch.Tensor, linear: torch.Tensor, shift: torch.Tensor):
    rows, columns = patch.shape[2:]
    last = torch.tensor([columns - 1.0, rows - 1.0])
    theta = torch.cat([linear * last / last[:, None], (2 * shift / last)[..., None]], 2)
    grid = F.affine_grid(theta, patch.shape, align_corners=True)
    seen = F.grid_sample(patch, grid, padding_mode="border", align_corners=True)
    back = torch.linalg.inv(linear).transpose(1, 2)
    return seen, (points - last / 2 - shift[:, None]) @ back + last / 2


def augmented(patches: list[torch.Tensor], points: list[torch.Tensor]):
    """Patches [n, 3, rows, columns] and points [n, m, 2] in columns and rows; a face's patches alike."""
    n = len(patches[0])
    linear, shift = linear_maps(n), SHIFT * torch.randn(n, 2)
    each = (n, 1, 1, 1)
    gamma, gain = torch.exp(GAMMA * torch.randn(each)), torch.exp(GAIN * torch.randn(n, 3, 1, 1))
    grey = torch.rand(each) < GREY
    blur = (torch.rand(each) < BLURRED).float() * torch.rand(each)
    noise = NOISE * torch.rand(each)
    found = []
    for patch, place in zip(patches, points):
        seen, place = moved(patch, place, linear, shift + SHIFT_OF_EACH * torch.randn(n, 2))
        seen = 255 * (seen / 255).clamp(1e-3, 1) ** gamma * gain
        seen = torch.where(grey, seen.mean(1, keepdim=True), seen)
        soft = F.avg_pool2d(F.pad(seen, (1, 1, 1, 1), mode="replicate"), 3, 1)
        seen = seen * (1 - blur) + soft * blur
        found.append((seen + noise * torch.randn_like(seen), place))
    return [f[0] for f in found], [f[1] for f in found]
