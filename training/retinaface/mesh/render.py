"""A plain z-buffered renderer of coloured meshes, for looking at results."""

import numpy as np


def draw_mesh(canvas, points, colours, faces) -> np.ndarray:
    """The canvas u8 [h, w, 3] with triangles drawn over it.

    points [n, 3] in pixels (smaller z is nearer), colours [n, 3] in 0..255, faces [f, 3] turning
    counter-clockwise when seen from outside (clockwise in pixels, where y points down).
    """
    picture = np.asarray(canvas, np.float32).copy()
    height, width = picture.shape[:2]
    depth = np.full((height, width), np.inf, np.float32)
    for a, b, c in faces:
        p = points[[a, b, c]]
        area = (p[1, 0] - p[0, 0]) * (p[2, 1] - p[0, 1]) - (p[2, 0] - p[0, 0]) * (p[1, 1] - p[0, 1])
        if area >= 0:
            continue
        x0, y0 = np.maximum(np.floor(p[:, :2].min(0) - 0.5).astype(int), 0)
        x1, y1 = np.minimum(np.ceil(p[:, :2].max(0)).astype(int), [width, height])
        if x0 >= x1 or y0 >= y1:
            continue
        x, y = np.meshgrid(np.arange(x0, x1) + 0.5, np.arange(y0, y1) + 0.5)
        w0 = ((p[1, 0] - x) * (p[2, 1] - y) - (p[2, 0] - x) * (p[1, 1] - y)) / area
        w1 = ((p[2, 0] - x) * (p[0, 1] - y) - (p[0, 0] - x) * (p[2, 1] - y)) / area
        w2 = 1 - w0 - w1
        z = w0 * p[0, 2] + w1 * p[1, 2] + w2 * p[2, 2]
        window = (slice(y0, y1), slice(x0, x1))
        inside = (w0 >= -1e-6) & (w1 >= -1e-6) & (w2 >= -1e-6) & (z < depth[window])
        depth[window][inside] = z[inside]
        mixed = w0[..., None] * colours[a] + w1[..., None] * colours[b] + w2[..., None] * colours[c]
        picture[window][inside] = mixed[inside]
    return picture.clip(0, 255).astype(np.uint8)
