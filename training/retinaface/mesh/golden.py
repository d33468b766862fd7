"""Small goldens: PyTorch's answers to a few made-up inputs, for the run time's tests."""

import json

import numpy as np
import torch

from ..common.detection import Anchors
from ..common.networks import INPUT, Network
from ..common.paths import FIXTURES
from .face_grid import face_frames, geometry, grid_points, into_frame, sample
from .gaze import gaze
from .head import Head, parameters
from .landmark_refinement import LandmarkReader, LandmarkRefinement
from .patch_landmarks import PatchLandmarks
from .refinement import Refinement, RefinementReader
from .shape_fit import PatchFitReader

VERTICES = (0, 1, 4, 61, 152, 263, 467, 468, 900, 1832)
NOTE = "python -m retinaface.mesh.export, with half-precision weights as in the weight files"
MAP_SIDE, WHITE = 128, 255  # pixels of the made-up picture, and its largest value


def listed(tensor, digits: int = 6) -> list:
    return np.round(np.asarray(tensor, np.float64), digits).tolist()


def wave(channel, row, column):
    """A made-up feature map that the tests can compute too."""
    return np.abs(np.sin(0.7 * channel + 0.31 * row - 0.17 * column))


def made_up_map(channels: int, stride: int) -> np.ndarray:
    side = MAP_SIDE // stride
    return wave(*np.meshgrid(*(np.arange(n) for n in (channels, side, side)), indexing="ij")).astype(
        np.float32
    )


def decoder_golden(decoder) -> dict:
    generator = torch.Generator().manual_seed(1)
    latents = torch.cat([torch.zeros(1, 128), torch.randn(2, 128, generator=generator)])
    latents = (latents * 1000).round() / 1000
    vertices = decoder(latents)[:, VERTICES, :]
    return {
        "source": NOTE,
        "vertices": list(VERTICES),
        "latents": listed(latents, 3),
        "values": listed(vertices),
    }


# Two faces, and by network the anchors that found them.
LARGE = {
    "score": 0.99,
    "box": [30.0, 24.0, 84.0, 92.0],
    "landmarks": [[45, 50], [68, 47], [58, 62], [49, 76], [70, 73]],
}
SMALL = {
    "score": 0.7,
    "box": [84.0, 12.0, 104.0, 38.0],
    "landmarks": [[90, 21], [98, 23], [93, 27], [89, 31], [96, 33]],
}
FACES = {
    "mnet025": [
        {"kind": 3, "centre": [55.5, 55.5], "size": 64.0} | LARGE,
        {"kind": 5, "centre": [95.5, 23.5], "size": 16.0} | SMALL,
    ],
    "retinaface-500m": [
        {"kind": 1, "centre": [64.0, 64.0], "size": 32.0} | LARGE,
        {"kind": 3, "centre": [96.0, 24.0], "size": 8.0} | SMALL,
    ],
}


def made_up_faces(network: Network) -> tuple[Anchors, np.ndarray, dict[str, np.ndarray]]:
    """Anchors of FACES, their kinds, and the maps that are read."""
    faces = FACES[network.name]
    score, box, marks, centre, size, kind = (
        np.array([f[k] for f in faces]) for k in ("score", "box", "landmarks", "centre", "size", "kind")
    )
    stride = np.array([network.kinds[k][0] for k in kind])
    anchors = Anchors(score, box, marks.astype(float), stride, np.zeros(len(faces)), centre, size)
    maps = {n: made_up_map(network.channels[n], s) for n, s in network.strides.items()}
    return anchors, kind, maps | {INPUT: WHITE * maps[INPUT]}


def head_golden(
    head: Head, refinements: list[Refinement], patches: PatchLandmarks | None, components
) -> dict:
    network = head.network
    anchors, kind, maps = made_up_faces(network)
    centre, size = anchors.centre, anchors.size
    own = np.stack([wave(np.arange(network.channels["own"]), 2 + i, 3) for i in range(len(anchors))])
    middle, face_size, turn = face_frames(anchors.box, anchors.landmarks)
    points = grid_points(network.points, middle, face_size, turn)
    grid = {name: sample(maps[name], points, s) for name, s in network.strides.items()}
    if patches:
        reader = PatchFitReader(head, refinements, patches, components)
    else:
        reader = RefinementReader(head, refinements, components)
    raw = torch.from_numpy(reader.columns(anchors, {"kind": kind, "own": own, **grid}, maps)["raw"])
    offset = into_frame((middle - centre)[:, None], turn)[:, 0] / face_size[:, None]
    offset, turn, ratio = (torch.from_numpy(v).float() for v in (offset, turn, face_size / size))
    latent, camera, light = parameters(raw, offset, turn, ratio)
    return {
        "source": NOTE,
        "white": WHITE,
        "maps": "value at (channel, row, column) = |sin(0.7·channel + 0.31·row − 0.17·column)|, "
        f"picture of {MAP_SIDE} × {MAP_SIDE}; the picture is that times white; own[i] of face i: row 2 + i, column 3",
        "faces": [f | {"stride": int(s)} for f, s in zip(FACES[network.name], anchors.stride)],
        "latent": listed(latent),
        "camera": listed(camera),
        "light": listed(light),
    }


def landmark_golden(reader: LandmarkReader, refinement: LandmarkRefinement) -> dict:
    network = reader.network
    anchors, kind, maps = made_up_faces(network)
    place = (anchors.score, anchors.centre, anchors.size, kind, len(network.kinds))
    read = reader.columns(anchors, {"kind": kind}, maps)["read"]
    known = geometry(anchors.box, anchors.landmarks, *place)
    local = refinement({"geometry": torch.from_numpy(known), "read": torch.from_numpy(read)}).numpy()
    centre, size, turn = face_frames(anchors.box, anchors.landmarks)
    c, s = turn.T[..., None]
    moved = np.stack([c * local[..., 0] - s * local[..., 1], s * local[..., 0] + c * local[..., 1]], 2)
    return {
        "source": NOTE,
        "white": WHITE,
        "faces": [f | {"stride": int(s)} for f, s in zip(FACES[network.name], anchors.stride)],
        "refined": listed(centre[:, None] + size[:, None, None] * moved, 4),
    }


def expression_golden(reader: PatchFitReader, eyeball: list[float]) -> dict:
    """Of the faces and maps of the head's golden."""
    network = reader.network
    anchors, kind, maps = made_up_faces(network)
    centre, size, turn = face_frames(anchors.box, anchors.landmarks)
    points = grid_points(network.points, centre, size, turn)
    own = np.stack([wave(np.arange(network.channels["own"]), 2 + i, 3) for i in range(len(anchors))])
    grid = {name: sample(maps[name], points, s) for name, s in network.strides.items()}
    seen = reader.seen(anchors, {"kind": kind, "own": own, **grid}, maps)
    direction = gaze(seen.irises, seen.lids, seen.answer, eyeball).numpy()
    c, s = turn.T
    u, v, radius = (seen.irises[..., i].numpy() * size[:, None] for i in range(3))
    x, y = (c[:, None] * u - s[:, None] * v, s[:, None] * u + c[:, None] * v)
    apart = centre - anchors.centre
    placed = np.stack([x + apart[:, :1], y + apart[:, 1:], radius], 2) / anchors.size[:, None, None]
    across, up = direction[:, 0], direction[:, 1]
    turned = np.stack([c * across + s * up, c * up - s * across, direction[:, 2]], 1)
    return {
        "source": NOTE,
        "white": WHITE,
        "faces": [f | {"stride": int(s)} for f, s in zip(FACES[network.name], anchors.stride)],
        "coefficients": listed(seen.coefficients),
        "irises": listed(placed),
        "gaze": listed(turned),
    }


def write_golden(name: str, golden: dict) -> None:
    text = json.dumps(golden, separators=(",", ":"))
    (FIXTURES / f"{name}-golden.json").write_text(text + "\n")
