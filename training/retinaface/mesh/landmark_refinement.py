"""Refined five landmarks of kept anchors.

The anchor's own cell gives landmarks to about a tenth of the eyes' distance. What the maps and the
picture hold around them says how far they are off (cascaded pose regression, Dollár et al. 2010). Two
fully connected layers read 13 places about each landmark and give ten distances in face sizes.
Labels are the mesh teacher's.
"""

import numpy as np
import torch

from ..common.networks import Network
from .face_grid import face_frames, geometry
from .perceptron import Perceptron
from .refinement import read_at, reduced_maps

NEAR, FAR = 0.06, 0.14  # face sizes
PLACES = np.array(
    [(x * NEAR, y * NEAR) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    + [(x * FAR, y * FAR) for y in (-1, 1) for x in (-1, 1)],
    np.float32,
)
WIDTH, STEP = 64, 0.05


class LandmarkReader:
    """Columns of samples for the refinement of landmarks."""

    def __init__(self, head):
        self.head, self.network = head, head.network

    def columns(self, anchors, grid, tensors) -> dict[str, np.ndarray]:
        place = (anchors.score, anchors.centre, anchors.size, grid["kind"], len(self.network.kinds))
        local = geometry(anchors.box, anchors.landmarks, *place)[:, :10].reshape(-1, 5, 1, 2)
        places = (local + PLACES).reshape(len(anchors), -1, 2)
        frames = face_frames(anchors.box, anchors.landmarks)
        read = read_at(self.network, reduced_maps(self.head, tensors), places, frames)
        return {"read": read.astype(np.float32)}


class LandmarkRefinement(Perceptron):
    """Two hidden layers on the face's geometry, which begins with its landmarks, and what is read."""

    def __init__(self, network: Network, dropout: float = 0.1):
        read = 5 * len(PLACES) * network.point_channels
        sizes = {"geometry": network.geometry, "read": read}
        super().__init__(sizes, sum(sizes.values()), WIDTH, 10, dropout)
        self.network = network

    def forward(self, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
        """Landmarks [n, 5, 2] in the face's frame."""
        geometry, read = (self.normalised(name, inputs[name].float()) for name in self.sizes)
        step = STEP * self.through(torch.cat([geometry, self.drop(read)], 1))
        return (inputs["geometry"][:, :10] + step).view(-1, 5, 2)
