"""Refinement of the dense head's answer: what the maps and the picture hold where the mesh is thought to be.

The head reads a fixed grid over the face's box, so the same lips lie at other places of it from face
to face. A refinement reads where the answer so far puts mouth, eyes, brows, nose and outline, and gives what
to add to the 144 numbers (cascaded pose regression, Dollár et al. 2010; Supervised Descent, Xiong and De la
Torre 2013).
"""

import numpy as np
import torch

from ..common.networks import INPUT, Network
from ..common.topology import COARSE
from .camera import project_in_face_frame
from .face_grid import face_frames, geometry, grid_points, into_frame, sample
from .head import CAMERA, LATENTS, LIGHT, Head, split
from .perceptron import Perceptron
from .statistics import SHAPE_LATENTS

LIPS = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185]
LIPS += [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191]
RIGHT_EYE = [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246]
LEFT_EYE = [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466]
BROWS = [70, 63, 105, 66, 107, 55, 65, 52, 53, 46, 300, 293, 334, 296, 336, 285, 295, 282, 283, 276]
NOSE = [1, 5, 2, 98, 327, 168, 197, 48, 278]
OUTLINE = [10, 284, 356, 361, 397, 378, 152, 149, 172, 132, 127, 54]
# Columns, rows, and the corners of a patch about the middle of some vertices, cm (x right, y up).
PATCHES = (
    (LIPS, 9, 8, (-3.4, 2.0), (3.4, -3.2)),
    (RIGHT_EYE, 7, 5, (-2.1, 1.2), (2.1, -1.0)),
    (LEFT_EYE, 7, 5, (-2.1, 1.2), (2.1, -1.0)),
)


def reading_points() -> tuple[np.ndarray, np.ndarray]:
    """What is read: [n, 468] shares of vertices and [n, 3] canonical cm beside their mean.

    Single vertices where the face's outline is sharp; patches over mouth and eyes, which open to where
    no vertex was thought to be.
    """
    single = np.eye(COARSE, dtype=np.float32)[[*BROWS, *NOSE, *OUTLINE]]
    shares, apart = [single], [np.zeros((len(single), 3), np.float32)]
    for vertices, columns, rows, first, last in PATCHES:
        x, y = np.meshgrid(np.linspace(first[0], last[0], columns), np.linspace(first[1], last[1], rows))
        share = np.zeros((columns * rows, COARSE), np.float32)
        share[:, vertices] = 1 / len(vertices)
        shares.append(share)
        apart.append(np.stack([x.ravel(), y.ravel(), np.zeros(x.size)], 1).astype(np.float32))
    return np.concatenate(shares), np.concatenate(apart)


SHARES, APART = reading_points()
POINTS = len(SHARES)
WIDTH = 128  # of the hidden layers
OUTPUTS = LATENTS + CAMERA + LIGHT


class PointPlaces:
    """Where the answer so far puts the points that are read, by the decoder's linear stand-in."""

    def __init__(self, components):
        basis = SHARES @ components.shape.reshape(SHAPE_LATENTS, -1, 3)[:, :COARSE]
        self.shape = torch.from_numpy(basis.reshape(SHAPE_LATENTS, -1).astype(np.float32))
        self.mean = torch.from_numpy(SHARES @ components.mean[:COARSE, :3] + APART)

    def __call__(self, raw: torch.Tensor, offset: torch.Tensor) -> np.ndarray:
        """[n, points, 2] in the face's frame, of raw outputs [n, 144]."""
        latent, camera, _ = split(raw)
        shape = (latent[:, :SHAPE_LATENTS] @ self.shape).view(len(raw), -1, 3) + self.mean
        return project_in_face_frame(shape, camera, offset)[0][..., :2].numpy()


def reduced_maps(head: Head, tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The maps after the head's reductions, and the picture; the run time has the same."""
    maps = {INPUT: tensors[INPUT]}
    for name in head.network.maps:
        linear = head.reduce[name]
        weight = linear.weight / getattr(head, f"scale_{name}")
        bias = linear.bias - weight @ getattr(head, f"mean_{name}")
        channels, height, width = tensors[name].shape
        flat = weight.numpy() @ tensors[name].reshape(channels, -1) + bias.numpy()[:, None]
        maps[name] = flat.reshape(-1, height, width)
    return maps


def read_at(network: Network, maps: dict, places: np.ndarray, frames) -> np.ndarray:
    """[n, points * channels] at places [n, points, 2] of the face's frame, tensor by tensor."""
    centre, size, turn = frames
    c, s = turn[:, :1], turn[:, 1:]
    x, y = places[..., 0], places[..., 1]
    pixels = centre[:, None] + size[:, None, None] * np.stack([c * x - s * y, s * x + c * y], 2)
    parts = []
    for name, stride in network.strides.items():
        values = sample(maps[name], pixels, stride)
        parts.append((np.maximum(values, 0) if name in network.maps else values).reshape(len(pixels), -1))
    return np.concatenate(parts, 1)


class Refinement(Perceptron):
    """Two hidden layers on the answer so far, the face's geometry, and what is read."""

    def __init__(self, network: Network, dropout: float = 0.1):
        sizes = {
            "geometry": network.geometry,
            "raw": OUTPUTS,
            "read": POINTS * network.point_channels,
        }
        super().__init__(sizes, sum(sizes.values()), WIDTH, OUTPUTS, dropout)
        self.network = network

    def forward(self, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
        """Raw [n, 144] of the head, refined."""
        geometry, raw, read = (self.normalised(name, inputs[name]) for name in self.sizes)
        return inputs["raw"] + self.through(torch.cat([geometry, raw, self.drop(read)], 1))


class RefinementReader:
    """Columns of samples for the next refinement after those that are given."""

    def __init__(self, head: Head, refinements: list[Refinement], components):
        self.head, self.refinements = head, refinements
        self.network = head.network
        self.places = PointPlaces(components)

    def columns(self, anchors, grid: dict[str, np.ndarray], tensors: dict) -> dict[str, np.ndarray]:
        """raw [n, 144] and read [n, points * channels] of the anchors, of the head's own columns."""
        place = (anchors.score, anchors.centre, anchors.size, grid["kind"], len(self.network.kinds))
        own_and_grids = ("own", *self.network.strides)
        known = {k: torch.from_numpy(grid[k]).float() for k in own_and_grids}
        known["geometry"] = torch.from_numpy(geometry(anchors.box, anchors.landmarks, *place))
        frames = face_frames(anchors.box, anchors.landmarks)
        centre, size, turn = frames
        offset = torch.from_numpy(
            into_frame((centre - anchors.centre)[:, None], turn)[:, 0] / size[:, None]
        ).float()
        maps = reduced_maps(self.head, tensors)
        raw = self.head(known)
        read = read_at(self.network, maps, self.places(raw, offset), frames)
        for refinement in self.refinements:
            inputs = {"geometry": known["geometry"], "raw": raw, "read": torch.from_numpy(read).float()}
            raw = refinement(inputs)
            read = read_at(self.network, maps, self.places(raw, offset), frames)
        return {"raw": raw.numpy(), "read": read.astype(np.float32)}
