"""Coefficients of expression and irises of kept anchors.

Two hidden layers read what the first refinement of the mesh reads, maps and picture where the head's answer puts
mouth, eyes, brows, nose and outline, and the refined answer. They give 45 coefficients and, from the middle of
each eye as the first answer has it, where the iris is.
"""

import torch

from ..common.blendshapes import TOLD
from ..common.networks import Network
from .perceptron import Perceptron
from .refinement import BROWS, NOSE, OUTLINE, OUTPUTS, PATCHES, POINTS, Refinement

WIDTH = 128  # as the refinement, whose layers training begins with
PLACE_STEP, TYPICAL_RADIUS, RADIUS_STEP = 0.02, 0.045, 0.2  # face sizes, and of a logarithm
IRISES = 6  # x, y, logarithm of the radius; the subject's right eye first


def middles_of_eyes() -> list[int]:
    """The points that are read in the middle of each eye's patch."""
    start, found = len(BROWS) + len(NOSE) + len(OUTLINE), []
    for _, columns, rows, _, _ in PATCHES:
        found.append(start + columns * rows // 2)
        start += columns * rows
    return found[1:]


EYES = middles_of_eyes()


class ExpressionHead(Perceptron):
    """Two hidden layers on the face's geometry, the head's answer, what is read there, and the refined answer."""

    def __init__(self, network: Network, dropout: float = 0.0):
        sizes = {
            "geometry": network.geometry,
            "raw": OUTPUTS,
            "read": POINTS * network.point_channels,
            "refined": OUTPUTS,
        }
        super().__init__(sizes, sum(sizes.values()), WIDTH, len(TOLD) + IRISES, dropout)
        self.network = network
        self.register_buffer("mean", torch.zeros(len(TOLD)))
        self.register_buffer("scale", torch.ones(len(TOLD)))

    def start_from(self, refinement: Refinement) -> None:
        """Takes the refinement's hidden layers and normalisation; what it does not read weighs little at first."""
        for name in refinement.sizes:
            for part in ("mean", "scale"):
                getattr(self, f"{part}_{name}").copy_(getattr(refinement, f"{part}_{name}"))
        with torch.no_grad():
            count = refinement.hidden.in_features
            self.hidden.weight[:, :count] = refinement.hidden.weight
            self.hidden.weight[:, count:] *= 0.5
            self.hidden.bias.copy_(refinement.hidden.bias)
        self.hidden2.load_state_dict(refinement.hidden2.state_dict())

    def fold_deviation(self) -> None:
        """Has the last layer give coefficients themselves: files have no mean and deviation of them."""
        count = len(TOLD)
        with torch.no_grad():
            self.out.weight[:count] *= self.scale[:, None]
            self.out.bias[:count] = self.out.bias[:count] * self.scale + self.mean
        self.mean.zero_()
        self.scale.fill_(1)

    def forward(self, inputs: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
        """Coefficients [n, TOLD], of which some may be beyond 0 and 1, and irises [n, 2, 3] in the face's
        frame and sizes. `eyes` [n, 2, 2] of the inputs are the places of EYES."""
        geometry, raw, read, refined = (self.normalised(name, inputs[name]) for name in self.sizes)
        out = self.through(torch.cat([geometry, raw, self.drop(read), refined], 1))
        coefficients = self.mean + self.scale * out[:, : len(TOLD)]
        iris = out[:, len(TOLD) :].view(-1, 2, 3)
        centre = inputs["eyes"] + PLACE_STEP * iris[..., :2]
        radius = TYPICAL_RADIUS * torch.exp(RADIUS_STEP * iris[..., 2:])
        return coefficients, torch.cat([centre, radius], 2)
