"""The running average of a network's weights, which is what is measured and exported."""

import torch
from torch import nn

SLOWEST = 0.998


def follow(average: nn.Module, network: nn.Module, step: int) -> None:
    """Moves the average towards the network; faster in the first steps."""
    share = max(1 - SLOWEST, 1 / (0.2 * step + 1))
    with torch.no_grad():
        for kept, now in zip(average.state_dict().values(), network.state_dict().values()):
            if kept.is_floating_point():
                kept.lerp_(now, share)
            else:
                kept.copy_(now)


def half(network: nn.Module) -> dict[str, torch.Tensor]:
    """Its weights in half precision; batch norm's statistics stay as they are."""
    state = network.state_dict()
    return {k: v.half() if v.ndim > 1 else v.clone() for k, v in state.items()}
