"""Lambert light with one point light and ambient light, as docs/coordinate-frames.md has it."""

import numpy as np
import torch

from ..common.topology import Topology, vertex_normals

# P_ill when nothing is known: light from the viewer, shading 1 where the face looks at it.
NEUTRAL = torch.tensor([0.0, 0.0, 60.0, 0.4, 0.4, 0.4, 0.6, 0.6, 0.6])


def shading(positions: torch.Tensor, normals: torch.Tensor, p_ill: torch.Tensor) -> torch.Tensor:
    """Light factors [b, n, 3].

    positions [b, n, 3] in camera axes relative to the canonical origin, cm; unit normals [b, n, 3];
    p_ill [b, 9].
    """
    towards = torch.nn.functional.normalize(p_ill[:, None, :3] - positions, dim=2)
    lambert = (towards * normals).sum(2, keepdim=True).clamp(min=0)
    return p_ill[:, None, 6:] + p_ill[:, None, 3:6] * lambert


def remove_light(shapes, rotations, colours, portrait, topology: Topology, steps: int = 120):
    """Colours as they would be under NEUTRAL light, divided by its shading.

    The light of each face is fitted against the mean portrait's colours times the face's own tone;
    it may change how brightness varies over the face but not the face's mean brightness, so the
    skin keeps its tone.
    """
    faces = torch.from_numpy(topology.faces[-1]).long()
    turned = torch.from_numpy(np.einsum("nvj,nij->nvi", shapes, rotations).astype(np.float32))
    colour = torch.from_numpy(colours)
    normals = vertex_normals(turned, faces)
    neutral = NEUTRAL.expand(len(turned), 9)
    flat = shading(turned, normals, neutral)
    # Portraits are lit from the front: their mean under neutral light is the reference.
    first = torch.from_numpy(portrait)
    base = (colour[first] / flat[first]).mean(0)
    tone = (colour / flat).mean(1, keepdim=True) / base.mean(0)
    direction = neutral[:, :3].clone().requires_grad_()
    amount = torch.full((len(turned), 1), 0.4, requires_grad=True)
    optimiser = torch.optim.Adam([{"params": [direction], "lr": 1.5}, {"params": [amount], "lr": 0.02}])
    pick = slice(0, 468)

    def light() -> torch.Tensor:
        c = amount.clamp(0.05, 0.9).expand(-1, 3)
        return torch.cat([direction, c, 1 - c], 1)

    def relative(part) -> torch.Tensor:
        lit = shading(turned[:, part], normals[:, part], light())
        return lit / lit.mean((1, 2), keepdim=True) * flat[:, part].mean((1, 2), keepdim=True)

    for _ in range(steps):
        expected = base[pick] * tone * relative(pick)
        prior = ((direction - NEUTRAL[:3]) / 60).square().mean(1) + (amount[:, 0] - 0.4).square()
        loss = ((expected - colour[:, pick]).abs().mean((1, 2)) + 0.01 * prior).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    with torch.no_grad():
        whole = relative(slice(None))
        return (colour / whole).clamp(0, 1.3).numpy(), light().numpy()
