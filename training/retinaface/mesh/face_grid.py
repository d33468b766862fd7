"""Which feature values the dense head reads for one kept face.

The network's points are laid over the detected face: centred on its box, turned with its five
landmarks, in units of sqrt(w·h). At each point every listed tensor is read bilinearly.
"""

import numpy as np

# Five landmarks of a frontal face in units of sqrt(w·h) of its box, mean removed (x right, y down).
FRONTAL = np.array(
    [[-0.20, -0.17], [0.20, -0.17], [0.0, 0.04], [-0.16, 0.15], [0.16, 0.15]], np.float32
)


def face_frames(box: np.ndarray, landmarks: np.ndarray):
    """Centre [n, 2], size [n] = sqrt(w·h) and the (cos, sin) [n, 2] of the turn of each face.

    The turn is that of the least-squares similarity from FRONTAL to the landmarks; the height
    from eyes to mouth keeps it stable on profiles.
    """
    centre = (box[:, :2] + box[:, 2:]) / 2
    size = np.sqrt(np.prod(np.maximum(box[:, 2:] - box[:, :2], 1), 1))
    q = landmarks - landmarks.mean(1, keepdims=True)
    dot = (q * FRONTAL).sum((1, 2))
    cross = (FRONTAL[:, 0] * q[..., 1] - FRONTAL[:, 1] * q[..., 0]).sum(1)
    turn = np.stack([dot, cross], 1)
    return centre, size, turn / np.linalg.norm(turn, axis=1, keepdims=True)


def grid_points(points, centre, size, turn) -> np.ndarray:
    """[n, m, 2] sampling points in input pixels, of points [m, 2] in the face's frame."""
    x, y = points.T
    c, s = turn[:, :1], turn[:, 1:]
    offset = np.stack([c * x - s * y, s * x + c * y], 2)
    return centre[:, None] + size[:, None, None] * offset


def sample(tensor: np.ndarray, points: np.ndarray, stride: int) -> np.ndarray:
    """Bilinear values [n, m, channels] of tensor [channels, h, w] at points [n, m, 2]."""
    channels, height, width = tensor.shape
    cells = np.ascontiguousarray(tensor.transpose(1, 2, 0)).reshape(-1, channels)
    x = np.clip(points[..., 0] / stride, 0, width - 1)
    y = np.clip(points[..., 1] / stride, 0, height - 1)
    left = np.minimum(x.astype(int), max(width - 2, 0))
    top = np.minimum(y.astype(int), max(height - 2, 0))
    right, bottom = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    fx, fy = (x - left)[..., None], (y - top)[..., None]
    upper = cells[top * width + left] * (1 - fx) + cells[top * width + right] * fx
    lower = cells[bottom * width + left] * (1 - fx) + cells[bottom * width + right] * fx
    return upper * (1 - fy) + lower * fy


def geometry(box, landmarks, score, anchor_centre, anchor_size, kind, kinds: int) -> np.ndarray:
    """The 18 + kinds numbers that tell the head where the face lies, all free of position:

    landmarks in the face's frame (x, y of each, 10), log(box width / size), log(size / anchor
    size), log(size) − 4, cos and sin of the turn, the face's centre from the anchor's in the
    face's frame (2) over the anchor's size, score, and one-hot of the anchor's kind.
    """
    centre, size, turn = face_frames(box, landmarks)
    local = into_frame(landmarks - centre[:, None], turn) / size[:, None, None]
    offset = into_frame((centre - anchor_centre)[:, None], turn)[:, 0] / anchor_size[:, None]
    scalars = [
        np.log((box[:, 2] - box[:, 0]) / size),
        np.log(size / anchor_size),
        np.log(size) - 4,
        *turn.T,
        *offset.T,
        score,
    ]
    one_hot = np.eye(kinds)[kind]
    return np.concatenate([local.reshape(-1, 10), np.stack(scalars, 1), one_hot], 1).astype(
        np.float32
    )


def into_frame(vectors: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """Image vectors [n, m, 2] in axes turned by (cos, sin) [n, 2]."""
    c, s = turn[:, None, 0], turn[:, None, 1]
    x, y = vectors[..., 0], vectors[..., 1]
    return np.stack([c * x + s * y, c * y - s * x], 2)
