"""Two hidden layers on inputs that are brought to mean 0 and deviation 1 first."""

import torch
from torch import nn


class Perceptron(nn.Module):
    """`sizes` names what comes in; the first layer takes `inputs` numbers, which forward puts together."""

    def __init__(self, sizes: dict[str, int], inputs: int, width: int, outputs: int, dropout: float):
        super().__init__()
        self.sizes = sizes
        self.hidden = nn.Linear(inputs, width)
        self.hidden2 = nn.Linear(width, width)
        self.out = nn.Linear(width, outputs)
        self.drop = nn.Dropout(dropout)
        nn.init.normal_(self.out.weight, 0, 1e-3)
        nn.init.zeros_(self.out.bias)
        for name, size in sizes.items():
            self.register_buffer(f"mean_{name}", torch.zeros(size))
            self.register_buffer(f"scale_{name}", torch.ones(size))

    def set_normalisation(self, samples: dict[str, torch.Tensor]) -> None:
        for name, size in self.sizes.items():
            values = samples[name].float().reshape(-1, size)
            getattr(self, f"mean_{name}").copy_(values.mean(0))
            getattr(self, f"scale_{name}").copy_(values.std(0) + 1e-2)

    def normalised(self, name: str, value: torch.Tensor) -> torch.Tensor:
        return (value - getattr(self, f"mean_{name}")) / getattr(self, f"scale_{name}")

    def through(self, x: torch.Tensor) -> torch.Tensor:
        return self.out(torch.relu(self.hidden2(torch.relu(self.hidden(x)))))
