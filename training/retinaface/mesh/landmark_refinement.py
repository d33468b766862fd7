"""Refined five landmarks of kept anchors.

The anchor's own cell gives landmarks to about a tenth of the eyes' distance. What the maps and the
picture hold around them says how far they are off (cascaded pose regression, Dollár et al. 2010). Two
fully connected layers read 13 places about each landmark and give ten distances in face sizes.
Labels are the mesh teacher's.
"""

import numpy as np
import torch
from torch import nn

from ..common.networks import Network
from .face_grid import face_frames, geometry
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


class LandmarkRefinement(nn.Module):
    def __init__(self, network: Network, dropout: float = 0.1):
        super().__init__()
        self.network = network
        channels = sum(network.maps[n].reduced if n in network.maps else 3 for n in network.strides)
        self.sizes = {"geometry": network.geometry, "read": 5 * len(PLACES) * channels}
        self.hidden = nn.Linear(sum(self.sizes.values()), WIDTH)
        self.hidden2 = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, 10)
        self.drop = nn.Dropout(dropout)
        for name, size in self.sizes.items():
            self.register_buffer(f"mean_{name}", torch.zeros(size))
            self.register_buffer(f"scale_{name}", torch.ones(size))

    def set_normalisation(self, samples: dict[str, torch.Tensor]) -> None:
        for name in self.sizes:
            values = samples[name].float()
            getattr(self, f"mean_{name}").copy_(values.mean(0))
            getattr(self, f"scale_{name}").copy_(values.std(0) + 1e-2)

    def forward(self, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
        """Landmarks [n, 5, 2] in the face's frame."""
        normal = {
            k: (inputs[k].float() - getattr(self, f"mean_{k}")) / getattr(self, f"scale_{k}")
            for k in self.sizes
        }
        x = torch.relu(self.hidden(torch.cat([normal["geometry"], self.drop(normal["read"])], 1)))
        step = STEP * self.out(torch.relu(self.hidden2(x)))
        return (inputs["geometry"][:, :10] + step).view(-1, 5, 2)
