"""The decoder's layers. Tensors are vertex-major inside: [vertices, batch, channels]."""

import torch
from torch import nn

from .topology import Topology, scaled_laplacian, to_torch

SLOPE = 0.1  # of the leaky ReLU


class SparseProduct(torch.autograd.Function):
    """matrix @ x with a fixed sparse matrix; the transpose is kept for the gradient."""

    @staticmethod
    def forward(ctx, matrix, transpose, x):
        ctx.transpose = transpose
        return matrix @ x

    @staticmethod
    def backward(ctx, gradient):
        return None, None, ctx.transpose @ gradient.contiguous()


class Sparse(nn.Module):
    def __init__(self, matrix):
        super().__init__()
        self.matrix, self.transpose = to_torch(matrix), to_torch(matrix.T)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        flat = SparseProduct.apply(self.matrix, self.transpose, x.reshape(len(x), -1))
        return flat.view(self.matrix.shape[0], *x.shape[1:])


class Chebyshev(nn.Module):
    """y = Σ_k T_k(L̃) x θ_k + bias, θ [order, in, out]."""

    def __init__(self, laplacian: Sparse, order: int, inputs: int, outputs: int):
        super().__init__()
        self.laplacian = laplacian
        self.theta = nn.Parameter(torch.randn(order, inputs, outputs) / (order * inputs) ** 0.5)
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        before, now = x, None
        y = x @ self.theta[0] + self.bias
        for k in range(1, len(self.theta)):
            following = self.laplacian(x) if k == 1 else 2 * self.laplacian(now) - before
            before, now = (x if k == 1 else now), following
            y = y + now @ self.theta[k]
        return y


class Decoder(nn.Module):
    """linear → (upsample | chebyshev | activation)* → denormalise, as `layers` lists them."""

    def __init__(self, layers: list[dict], topology: Topology):
        super().__init__()
        self.layers = layers
        laplacians, modules = {}, []
        for layer in layers:
            kind = layer["type"]
            if kind == "linear":
                modules.append(nn.Linear(layer["inputs"], layer["vertices"] * layer["channels"]))
            elif kind == "upsample":
                modules.append(Sparse(topology.up[layer["from"]]))
            elif kind == "chebyshev":
                level = layer["level"]
                if level not in laplacians:
                    faces = topology.faces[level]
                    count = len(topology.positions[level])
                    laplacians[level] = Sparse(scaled_laplacian(faces, count))
                modules.append(
                    Chebyshev(laplacians[level], layer["order"], layer["inputs"], layer["outputs"])
                )
            elif kind == "activation":
                modules.append(nn.LeakyReLU(layer["slope"]))
        self.steps = nn.ModuleList(modules)
        self.register_buffer("mean", torch.zeros(topology.vertices, 6))
        self.register_buffer("scale", torch.ones(6))

    def normalised(self, latent: torch.Tensor) -> torch.Tensor:
        """[1833, batch, 6]"""
        first = self.layers[0]
        x = self.steps[0](latent).view(-1, first["vertices"], first["channels"])
        x = x.transpose(0, 1).contiguous()
        for step in self.steps[1:]:
            x = step(x)
        return x

    def forward(self, latent: torch.Tensor) -> torch.Tensor:
        """[batch, 1833, 6]: positions in canonical cm, colours in 0..1."""
        return self.normalised(latent).transpose(0, 1) * self.scale + self.mean

    def parameter_count(self) -> int:
        return sum(p.numel() for p in self.parameters())


def architecture(latents: int = 128) -> list[dict]:
    return [
        {"type": "linear", "inputs": latents, "vertices": 468, "channels": 4},
        {"type": "chebyshev", "level": 3, "order": 4, "inputs": 4, "outputs": 16},
        {"type": "activation", "kind": "leaky-relu", "slope": SLOPE},
        {"type": "chebyshev", "level": 3, "order": 3, "inputs": 16, "outputs": 8},
        {"type": "upsample", "from": 3, "to": 4},
        {"type": "activation", "kind": "leaky-relu", "slope": SLOPE},
        {"type": "chebyshev", "level": 4, "order": 3, "inputs": 8, "outputs": 6},
        {"type": "denormalise", "vertices": 1833, "channels": 6},
    ]
