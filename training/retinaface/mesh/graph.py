"""The decoder's layers. Tensors are vertex-major inside: [vertices, batch, channels]."""

import torch
from torch import nn

from ..common.topology import Topology, scaled_laplacian, to_torch

SLOPE = 0.2  # of the leaky ReLU


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


ACTIVATIONS = {"none": nn.Identity(), "relu": nn.ReLU(), "leaky_relu": nn.LeakyReLU(SLOPE)}


class Decoder(nn.Module):
    """linear → (upsample | chebyshev)* → denormalise, as `layers` lists them."""

    def __init__(self, layers: list[dict], topology: Topology):
        super().__init__()
        self.layers = layers
        laplacians, modules = {}, []
        for layer in layers:
            if layer["type"] == "linear":
                vertices, channels = layer["out"]
                modules.append(nn.Linear(layer["in"], vertices * channels))
            elif layer["type"] == "upsample":
                modules.append(Sparse(topology.up[layer["level"]]))
            else:
                level = layer["level"]
                if level not in laplacians:
                    count = len(topology.positions[level])
                    laplacians[level] = Sparse(scaled_laplacian(topology.faces[level], count))
                modules.append(Chebyshev(laplacians[level], layer["K"], layer["in"], layer["out"]))
        self.steps = nn.ModuleList(modules)
        self.register_buffer("mean", torch.zeros(topology.vertices, 6))
        self.register_buffer("scale", torch.ones(6))

    def normalised(self, latent: torch.Tensor) -> torch.Tensor:
        """[1833, batch, 6]"""
        x = self.steps[0](latent).view(-1, *self.layers[0]["out"]).transpose(0, 1).contiguous()
        for layer, step in zip(self.layers, self.steps):
            x = x if layer["type"] == "linear" else step(x)
            x = ACTIVATIONS[layer.get("activation", "none")](x)
        return x

    def forward(self, latent: torch.Tensor) -> torch.Tensor:
        """[batch, 1833, 6]: positions in canonical cm, colours in 0..1."""
        return self.normalised(latent).transpose(0, 1) * self.scale + self.mean

    def parameter_count(self) -> int:
        return sum(p.numel() for p in self.parameters())


def chebyshev(level: int, inputs: int, outputs: int, order: int, activation: str) -> dict:
    return {
        "type": "chebyshev",
        "level": level,
        "in": inputs,
        "out": outputs,
        "K": order,
        "activation": activation,
    }


def architecture(latents: int = 128) -> list[dict]:
    """What is shipped: the linear layer holds the detail, the convolutions spread it."""
    return [
        {"type": "linear", "in": latents, "out": [468, 4], "activation": "none"},
        chebyshev(3, 4, 32, 4, "leaky_relu"),
        chebyshev(3, 32, 12, 3, "leaky_relu"),
        {"type": "upsample", "level": 3},
        chebyshev(4, 12, 6, 3, "none"),
    ]
