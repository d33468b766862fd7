"""The fixed mesh: levels 8, 30, 117, 468 and 1,833 vertices, read from the file that the
TypeScript build writes, so that training and run time share every index."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
import torch

from .paths import TOPOLOGY
from .tensor_file import read_tensors

COARSE = 468


@dataclass
class Topology:
    positions: list[np.ndarray]  # per level, canonical cm
    faces: list[np.ndarray]  # per level
    up: list[sp.csr_matrix]  # level i to i + 1
    mirror: np.ndarray  # [1833]
    crc32: str

    @property
    def vertices(self) -> int:
        return len(self.positions[-1])


def load_topology() -> Topology:
    tensors, metadata = read_tensors(TOPOLOGY)
    levels = range(sum(k.endswith(".faces") for k in tensors))
    positions = [tensors[f"level{i}.positions"] for i in levels]
    up = []
    for i in levels[:-1]:
        index, weight = tensors[f"up{i}.index"], tensors[f"up{i}.weight"]
        rows = np.repeat(np.arange(len(index)), 3)
        shape = (len(index), len(positions[i]))
        up.append(sp.csr_matrix((weight.ravel(), (rows, index.ravel())), shape))
    return Topology(
        positions=positions,
        faces=[tensors[f"level{i}.faces"] for i in levels],
        up=up,
        mirror=tensors["mirror"],
        crc32=metadata["crc32"],
    )


def scaled_laplacian(faces: np.ndarray, vertices: int) -> sp.csr_matrix:
    """2 L / λ_max − I of the edge graph's combinatorial Laplacian L = D − A."""
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    both = np.concatenate([edges, edges[:, ::-1]])
    adjacency = sp.csr_matrix((np.ones(len(both)), both.T), (vertices, vertices))
    adjacency.data[:] = 1
    laplacian = sp.diags(np.asarray(adjacency.sum(1)).ravel()) - adjacency
    largest = np.linalg.eigvalsh(laplacian.toarray())[-1]
    return sp.csr_matrix(2 / largest * laplacian - sp.eye(vertices))


def to_torch(matrix: sp.csr_matrix) -> torch.Tensor:
    m = matrix.astype(np.float32).tocsr()
    return torch.sparse_csr_tensor(
        torch.from_numpy(m.indptr.astype(np.int64)),
        torch.from_numpy(m.indices.astype(np.int64)),
        torch.from_numpy(m.data),
        m.shape,
    )


def vertex_normals(positions: torch.Tensor, faces: torch.Tensor) -> torch.Tensor:
    """Unit normals [b, n, 3], area-weighted, pointing where the triangles turn counter-clockwise."""
    a, b, c = (positions[:, faces[:, i]] for i in range(3))
    face = torch.linalg.cross(b - a, c - a)
    normals = torch.zeros_like(positions)
    for i in range(3):
        normals = normals.index_add(1, faces[:, i], face)
    return torch.nn.functional.normalize(normals, dim=2, eps=1e-8)
