"""Small goldens: PyTorch's answers to a few made-up inputs, for the run time's tests."""

import json

import numpy as np
import torch

from ..common.paths import FIXTURES
from .face_grid import face_frames, geometry, grid_points, into_frame, sample
from .head import parameters

VERTICES = (0, 1, 4, 61, 152, 263, 467, 468, 900, 1832)
NOTE = "python -m retinaface.mesh.export, with half-precision weights as in the weight files"
MAP_SIDE = 128  # pixels of the made-up picture


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


def head_golden(head) -> dict:
    faces = [
        {"kind": 3, "centre": [55.5, 55.5], "size": 64.0, "score": 0.99,
         "box": [30.0, 24.0, 84.0, 92.0],
         "landmarks": [[45, 50], [68, 47], [58, 62], [49, 76], [70, 73]]},
        {"kind": 5, "centre": [95.5, 23.5], "size": 16.0, "score": 0.7,
         "box": [84.0, 12.0, 104.0, 38.0],
         "landmarks": [[90, 21], [98, 23], [93, 27], [89, 31], [96, 33]]},
    ]  # fmt: skip
    box, marks, centre = (np.array([f[k] for f in faces], float) for k in ("box", "landmarks", "centre"))
    size, score = (np.array([f[k] for f in faces]) for k in ("size", "score"))
    kind = [f["kind"] for f in faces]
    network = head.network
    middle, face_size, turn = face_frames(box, marks)
    own = np.stack([wave(np.arange(network.channels["own"]), 2 + i, 3) for i in range(len(faces))])
    inputs = {"geometry": geometry(box, marks, score, centre, size, kind, len(network.kinds)), "own": own}
    points = grid_points(network.points, middle, face_size, turn)
    for name, stride in network.strides.items():
        inputs[name] = sample(made_up_map(network.channels[name], stride), points, stride)
    raw = head({k: torch.from_numpy(np.asarray(v, np.float32)) for k, v in inputs.items()})
    offset = into_frame((middle - centre)[:, None], turn)[:, 0] / face_size[:, None]
    latent, camera, light = parameters(
        raw, *(torch.from_numpy(v).float() for v in (offset, turn, face_size / size))
    )
    return {
        "source": NOTE,
        "maps": "value at (channel, row, column) = |sin(0.7·channel + 0.31·row − 0.17·column)|, "
        f"picture of {MAP_SIDE} × {MAP_SIDE}; own[i] of face i: row 2 + i, column 3",
        "faces": faces,
        "geometry": listed(inputs["geometry"]),
        "raw": listed(raw),
        "latent": listed(latent),
        "camera": listed(camera),
        "illumination": listed(light),
    }


def write_goldens(decoder, head) -> None:
    with torch.no_grad():
        for name, golden in (
            ("mesh-decoder", decoder_golden(decoder)),
            ("dense-head", head_golden(head)),
        ):
            text = json.dumps(golden, separators=(",", ":"))
            (FIXTURES / f"{name}-golden.json").write_text(text + "\n")
