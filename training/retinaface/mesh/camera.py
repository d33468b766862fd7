"""The camera of docs/coordinate-frames.md and the head's way of writing it down.

The head works in the frame of the detected face (centre of its box, turned with its landmarks, one
unit = sqrt(w·h)); `to_p_cam` brings its seven numbers to the anchor frame.
"""

import torch

TYPICAL_SIZE = 14.0  # cm that sqrt(w·h) of a box spans
TYPICAL_DISTANCE = 60.0  # cm
SCALE_STEP, PLACE_STEP = 0.2, 0.3
DISTANCE_RANGE = (-1.5, 3.0)  # natural logarithms about the typical distance


def rotation_matrix(vector: torch.Tensor) -> torch.Tensor:
    """Rodrigues: [n, 3] axis times angle to [n, 3, 3]."""
    angle = (vector.square().sum(1, keepdim=True) + 1e-12).sqrt()
    x, y, z = (vector / angle).unbind(1)
    o = torch.zeros_like(x)
    cross = torch.stack([o, -z, y, z, o, -x, -y, x, o], 1).view(-1, 3, 3)
    angle = angle[:, :, None]
    unit = torch.eye(3, dtype=vector.dtype)
    return unit + torch.sin(angle) * cross + (1 - torch.cos(angle)) * (cross @ cross)


def rotation_vector(matrix: torch.Tensor) -> torch.Tensor:
    """The inverse of rotation_matrix for angles below a half turn."""
    skew = torch.stack(
        [
            matrix[:, 2, 1] - matrix[:, 1, 2],
            matrix[:, 0, 2] - matrix[:, 2, 0],
            matrix[:, 1, 0] - matrix[:, 0, 1],
        ],
        1,
    )
    sine = skew.norm(dim=1, keepdim=True) / 2
    cosine = ((matrix.diagonal(dim1=1, dim2=2).sum(1, keepdim=True) - 1) / 2).clamp(-1, 1)
    angle = torch.atan2(sine, cosine)
    return skew / 2 * torch.where(sine > 1e-6, angle / sine.clamp(min=1e-6), torch.ones_like(sine))


def unpack(raw: torch.Tensor):
    """Rotation [n, 3, 3], face sizes a centimetre [n], distance in cm [n], place [n, 2] (y down)."""
    scale = torch.exp(SCALE_STEP * raw[:, 3]) / TYPICAL_SIZE
    distance = TYPICAL_DISTANCE * torch.exp(raw[:, 4].clamp(*DISTANCE_RANGE))
    return rotation_matrix(raw[:, :3]), scale, distance, PLACE_STEP * raw[:, 5:7]


def project_in_face_frame(shape, raw, offset):
    """Points [n, v, 3] in the face's frame: x right, y down, z away from the viewer, one unit =
    face size; and the turned shape [n, v, 3] in camera axes, cm.

    shape [n, v, 3] canonical cm; raw [n, 7] of the head; offset [n, 2] from the anchor's centre
    (the principal point) to the face's, in the face's frame.
    """
    rotation, scale, distance, place = unpack(raw)
    turned = shape @ rotation.transpose(1, 2)
    nearness = (distance[:, None] / (distance[:, None] - turned[..., 2]))[..., None]
    flat = torch.stack([turned[..., 0], -turned[..., 1]], 2) * scale[:, None, None]
    centre = (place + offset)[:, None]
    xy = (flat + centre) * nearness - offset[:, None]
    return torch.cat([xy, -turned[..., 2:] * scale[:, None, None]], 2), turned


def to_p_cam(raw, offset, turn, size_ratio):
    """P_cam [n, 7]. turn [n, 2] = (cos, sin) of the face's turn in the image (y down),
    size_ratio [n] = face size / anchor size."""
    rotation, scale, distance, place = unpack(raw)
    c, s, o = turn[:, 0], turn[:, 1], torch.zeros_like(turn[:, 0])
    in_plane = torch.stack([c, s, o, -s, c, o, o, o, o + 1], 1).view(-1, 3, 3)
    x, y = ((place + offset) / scale[:, None]).unbind(1)  # cm
    t = torch.stack([c * x - s * y, -(s * x + c * y), -distance], 1)
    omega = rotation_vector(in_plane @ rotation)
    return torch.cat([t, omega, (scale * size_ratio * distance)[:, None]], 1)


def project(shape, p_cam):
    """Anchor coordinates and depth [n, v, 3] of canonical points, as docs/coordinate-frames.md."""
    seen = shape @ rotation_matrix(p_cam[:, 3:6]).transpose(1, 2) + p_cam[:, None, :3]
    focal = p_cam[:, None, 6]
    x = focal * seen[..., 0] / -seen[..., 2]
    y = -focal * seen[..., 1] / -seen[..., 2]
    z = -(seen[..., 2] - p_cam[:, None, 2]) * focal / -p_cam[:, None, 2]
    return torch.stack([x, y, z], 2)
