"""Principal components of shape and colour: where the latent's 128 numbers start from.

latent = [SHAPE_LATENTS of shape | the rest of colour], each of unit variance over the training
faces. Every face counts twice, once mirrored; portraits count twice more for colour.
"""

from dataclasses import dataclass

import numpy as np
import torch

from ..common.paths import WORK
from ..common.topology import COARSE, Topology

LATENTS = 128
SHAPE_LATENTS = 32


@dataclass
class Faces:
    """[n, 1833, 6] shape in cm and colour in 0..1, and which faces are what."""

    values: np.ndarray
    has_colour: np.ndarray
    portrait: np.ndarray
    held_out: np.ndarray
    name: np.ndarray

    def take(self, rows) -> "Faces":
        return Faces(*(getattr(self, f)[rows] for f in self.__dataclass_fields__))


@dataclass
class Components:
    mean: np.ndarray  # [1833, 6]
    shape: np.ndarray  # [32, 1833 * 3], a standard deviation long
    colour: np.ndarray  # [96, 1833 * 3]
    shape_scale: np.ndarray  # the components' lengths
    colour_scale: np.ndarray

    def encode(self, values: np.ndarray) -> np.ndarray:
        """Latents [n, 128] of faces [n, 1833, 6]."""
        d = values - self.mean
        s = d[..., :3].reshape(len(d), -1) @ self.shape.T / self.shape_scale**2
        c = d[..., 3:].reshape(len(d), -1) @ self.colour.T / self.colour_scale**2
        return np.concatenate([s, c], 1).astype(np.float32)

    def decode(self, latents: torch.Tensor) -> torch.Tensor:
        """The linear reconstruction [n, 1833, 6]."""
        s = latents[:, :SHAPE_LATENTS] @ torch.from_numpy(self.shape)
        c = latents[:, SHAPE_LATENTS:] @ torch.from_numpy(self.colour)
        n = len(latents)
        return torch.cat([s.view(n, -1, 3), c.view(n, -1, 3)], 2) + torch.from_numpy(self.mean)


def load_faces(topology: Topology) -> Faces:
    rows = np.load(WORK / "appearance.npz")
    up = topology.up[-1]
    shape = np.stack([up @ s for s in rows["shape"]]).astype(np.float32)
    values = np.concatenate([shape, rows["colour"]], 2)
    return Faces(values, rows["has_colour"], rows["portrait"], rows["held_out"], rows["name"])


def mirrored(values: np.ndarray, mirror: np.ndarray) -> np.ndarray:
    return values[:, mirror] * np.array([-1, 1, 1, 1, 1, 1], np.float32)


def principal(x: np.ndarray, count: int):
    """Components [count, m] one standard deviation long, and their lengths."""
    x = torch.from_numpy(x - x.mean(0))
    torch.manual_seed(0)
    _, d, v = torch.svd_lowrank(x, count + 24, niter=3)
    length = d[:count] / len(x) ** 0.5
    return (v[:, :count].T * length[:, None]).numpy(), length.numpy()


def both_ways(x: np.ndarray, mirror: np.ndarray) -> np.ndarray:
    return np.concatenate([x, mirrored(x, mirror)])


def fit_components(faces: Faces, topology: Topology) -> Components:
    train = faces.take(~faces.held_out)
    coloured = train.take(train.has_colour)
    colour = np.concatenate([coloured.values, coloured.values[coloured.portrait]])
    colour = both_ways(colour, topology.mirror)[..., 3:]
    # Shapes of 1,833 vertices are the midpoints of 468: the components are found on those.
    coarse = both_ways(train.values, topology.mirror)[:, :COARSE, :3]
    components, _ = principal(coarse.reshape(len(coarse), -1), SHAPE_LATENTS)
    up = topology.up[-1]
    shape = np.stack([up @ c.reshape(COARSE, 3) for c in components]).reshape(SHAPE_LATENTS, -1)
    colours, colour_scale = principal(colour.reshape(len(colour), -1), LATENTS - SHAPE_LATENTS)
    # Midpoint subdivision is not orthogonal: the lengths at 1,833 vertices are what encode needs.
    shape, _ = orthogonal(shape)
    mean = np.concatenate([up @ coarse.mean(0), colour.mean(0)], 1)
    return Components(
        mean.astype(np.float32),
        shape.astype(np.float32),
        colours.astype(np.float32),
        np.linalg.norm(shape, axis=1).astype(np.float32),
        colour_scale.astype(np.float32),
    )


def orthogonal(components: np.ndarray):
    """The same span and covariance with orthogonal rows."""
    _, d, v = np.linalg.svd(components, full_matrices=False)
    return d[:, None] * v, d


def vector_rms(difference: np.ndarray) -> float:
    """Root of the mean squared length of 3-vectors [n, vertices, 3]."""
    return float(np.sqrt((difference.astype(np.float64) ** 2).sum(2).mean()))
