"""How far mouth and eyes are open, how high the brows are and how wide the mouth is.

Four ratios of distances between the 68 points of the iBUG scheme, over the outer corners of the eyes
or, for the opening of an eye, over its width.
"""

import numpy as np
import torch

NAMES = ("mouthOpening", "eyeOpening", "browHeight", "mouthWidth")


def ratios(points68: torch.Tensor) -> torch.Tensor:
    """[n, 4] of points [n, 68, 2], in the order of NAMES."""

    def apart(*pairs: tuple[int, int]) -> torch.Tensor:
        first, second = (list(side) for side in zip(*pairs))
        return (points68[:, first] - points68[:, second]).norm(dim=2).clamp(min=1e-6).mean(1)

    eyes = apart((36, 45))
    right = apart((37, 41), (38, 40)) / apart((36, 39))
    left = apart((43, 47), (44, 46)) / apart((42, 45))
    mouth = apart((61, 67), (62, 66), (63, 65))
    brows = apart((19, 37), (24, 44))
    return torch.stack([mouth / eyes, (right + left) / 2, brows / eyes, apart((48, 54)) / eyes], 1)


def agreement(found: np.ndarray, truth: np.ndarray) -> dict[str, dict[str, float]]:
    """Correlation with the hand-placed ratios [n, 4] and slope of the regression on them."""
    return {
        name: {
            "correlation": round(float(np.corrcoef(found[:, i], truth[:, i])[0, 1]), 3),
            "slope": round(float(np.polyfit(truth[:, i], found[:, i], 1)[0]), 3),
        }
        for i, name in enumerate(NAMES)
    }
