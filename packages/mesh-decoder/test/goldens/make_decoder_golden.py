"""Golden values of a small mesh decoder, independent of the TypeScript code.

    python make_decoder_golden.py && npx biome format --write .   (needs numpy and torch)

Graphs are dense matrices, Chebyshev polynomials are expanded in powers of the Laplacian, its
largest eigenvalue comes from numpy, gradients from torch's automatic differentiation, all in
double precision. Writes decoder-topology.safetensors, decoder-weights.safetensors and
decoder-golden.json (latent, outputs before and after each activation, decoded vertices, gradient by the latent).
"""

import json
import struct
import zlib
from pathlib import Path

import numpy as np
import torch
from numpy.polynomial import chebyshev as polynomials

HERE = Path(__file__).parent
RNG = np.random.default_rng(20240607)

LAYERS = [
    {"type": "linear", "in": 5, "out": [7, 4], "activation": "leaky_relu"},
    {"type": "upsample", "level": 0},
    {"type": "chebyshev", "level": 1, "in": 4, "out": 9, "K": 5, "activation": "elu"},
    {"type": "upsample", "level": 1},
    {"type": "chebyshev", "level": 2, "in": 9, "out": 3, "K": 3, "activation": "relu"},
    {"type": "chebyshev", "level": 2, "in": 3, "out": 6, "K": 1, "activation": "none"},
]


def hexagon():
    angles = np.arange(6) * np.pi / 3
    rim = np.stack([np.cos(angles), np.sin(angles), 0 * angles], 1)
    faces = [[0, 1 + i, 1 + (i + 1) % 6] for i in range(6)]
    return np.concatenate([[[0, 0, 1.0]], rim]), np.array(faces)


def subdivide(positions, faces):
    """Midpoints numbered as they are met; returns the finer mesh and the interpolation's rows."""
    rows = [[v, v, v] for v in range(len(positions))]
    number = {}

    def midpoint(a, b):
        key = frozenset((int(a), int(b)))
        if key not in number:
            number[key] = len(rows)
            rows.append([a, b, b])
        return number[key]

    finer = []
    for a, b, c in faces:
        ab, bc, ca = midpoint(a, b), midpoint(b, c), midpoint(c, a)
        finer += [[a, ab, ca], [b, bc, ab], [c, ca, bc], [ab, bc, ca]]
    index = np.array(rows)
    weight = np.where(np.arange(len(rows))[:, None] < len(positions), [[1, 0, 0]], [[0.5, 0.5, 0]])
    return np.einsum("nk,nkc->nc", weight, positions[index]), np.array(finer), index, weight


def scaled_laplacian(faces, count):
    adjacency = np.zeros((count, count))
    for face in faces:
        for a in face:
            for b in face:
                adjacency[a, b] = a != b
    laplacian = np.diag(adjacency.sum(0)) - adjacency
    return 2 * laplacian / np.linalg.eigvalsh(laplacian).max() - np.eye(count)


def chebyshev_matrix(laplacian, k):
    powers = polynomials.cheb2poly([0] * k + [1])
    return sum(c * np.linalg.matrix_power(laplacian, i) for i, c in enumerate(powers))


def write(name, tensors, metadata):
    header, data = {}, b""
    for key, value in tensors.items():
        kind = {"float32": "F32", "float16": "F16", "int32": "I32"}[value.dtype.name]
        offsets = [len(data), len(data) + value.nbytes]
        header[key] = {"dtype": kind, "shape": value.shape, "data_offsets": offsets}
        data += value.tobytes()
    checksum = f"{zlib.crc32(data):08x}"
    fixed = {"format": "retinaface-mesh", "version": "1", "crc32": checksum}
    text = json.dumps({"__metadata__": {**fixed, **metadata}, **header}).encode()
    (HERE / name).write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    levels = [hexagon()]
    ups, tensors = [], {}
    for i in range(2):
        positions, faces, index, weight = subdivide(*levels[-1])
        levels.append((positions, faces))
        tensors[f"up{i}.index"] = index.astype("<i4")
        tensors[f"up{i}.weight"] = weight.astype("<f4")
        matrix = np.zeros((len(positions), len(levels[-2][0])))
        for row, (columns, shares) in enumerate(zip(index, weight)):
            for column, share in zip(columns, shares):
                matrix[row, column] += share
        ups.append(matrix)
    for i, (positions, faces) in enumerate(levels):
        tensors[f"level{i}.positions"] = positions.astype("<f4")
        tensors[f"level{i}.faces"] = faces.astype("<i4")
    count = len(levels[-1][0])
    tensors["uv"] = np.zeros((count, 2), "<f4")
    tensors["mirror"] = np.arange(count, dtype="<i4")
    write("decoder-topology.safetensors", tensors, {})

    # Half precision for some weights, so that reading it is covered as well.
    weights = {}
    for i, layer in enumerate(LAYERS):
        if layer["type"] == "upsample":
            continue
        is_linear = layer["type"] == "linear"
        outputs = int(np.prod(layer["out"]))
        shape = (outputs, layer["in"]) if is_linear else (layer["K"], layer["in"], outputs)
        kind = "<f2" if i == 2 else "<f4"
        weights[f"layers.{i}.weight"] = (RNG.normal(size=shape) / 2).astype(kind)
        weights[f"layers.{i}.bias"] = (RNG.normal(size=outputs) / 4).astype("<f4")
    weights["mean"] = RNG.normal(size=(count, 6)).astype("<f4")
    weights["scale"] = np.array([3, 3, 3, 0.2, 0.25, 0.3], "<f4")
    write("decoder-weights.safetensors", weights, {"architecture": json.dumps(LAYERS)})

    latent = torch.tensor(RNG.normal(size=5).astype("f4").astype("f8"), requires_grad=True)
    value = {k: torch.from_numpy(v.astype("f8")) for k, v in weights.items()}
    outputs, x = [], latent
    for i, layer in enumerate(LAYERS):
        if layer["type"] == "linear":
            x = value[f"layers.{i}.weight"] @ x + value[f"layers.{i}.bias"]
            x = x.reshape(layer["out"])
        elif layer["type"] == "upsample":
            x = torch.from_numpy(ups[layer["level"]]) @ x
        else:
            positions, faces = levels[layer["level"]]
            laplacian = scaled_laplacian(faces, len(positions))
            theta = value[f"layers.{i}.weight"]
            terms = (torch.from_numpy(chebyshev_matrix(laplacian, k)) @ x @ t for k, t in enumerate(theta))
            x = sum(terms) + value[f"layers.{i}.bias"]
        outputs.append(x)
        activation = layer.get("activation", "none")
        if activation == "none":
            continue
        slope = {"negative_slope": 0.2} if activation == "leaky_relu" else {}
        x = getattr(torch.nn.functional, activation)(x, **slope)
        outputs.append(x)
    x = x * value["scale"] + value["mean"]
    outputs.append(x)
    grad_output = torch.from_numpy(RNG.normal(size=(count, 6)).astype("f4").astype("f8"))
    (gradient,) = torch.autograd.grad((x * grad_output).sum(), latent)
    rounded = lambda t: [round(v, 9) for v in t.detach().flatten().tolist()]
    golden = {
        "command": "python make_decoder_golden.py",
        "latent": latent.tolist(),
        "outputs": [rounded(x) for x in outputs],
        "gradOutput": grad_output.flatten().tolist(),
        "gradient": rounded(gradient),
    }
    (HERE / "decoder-golden.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
