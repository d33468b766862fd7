"""Structural similarity (Wang et al. 2004) inside a mask."""

import cv2
import numpy as np


def ssim(first: np.ndarray, second: np.ndarray, mask: np.ndarray) -> float:
    """Mean over the mask [h, w] of two u8 pictures [h, w, 3], on luminance, window σ 1.5."""
    a, b = (cv2.cvtColor(p, cv2.COLOR_RGB2GRAY).astype(np.float64) for p in (first, second))

    def blur(x):
        return cv2.GaussianBlur(x, (11, 11), 1.5)

    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    mean_a, mean_b = blur(a), blur(b)
    var_a, var_b = blur(a * a) - mean_a**2, blur(b * b) - mean_b**2
    both = blur(a * b) - mean_a * mean_b
    top = (2 * mean_a * mean_b + c1) * (2 * both + c2)
    return float((top / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2)))[mask].mean())
