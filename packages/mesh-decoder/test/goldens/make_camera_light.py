"""Writes camera-light.json: the camera and the light of docs/coordinate-frames.md, in float64.

Written from that page alone, with SciPy's rotations and PyTorch's automatic differentiation:
    python packages/mesh-decoder/test/goldens/make_camera_light.py
"""

import json
from pathlib import Path

import numpy as np
import torch
from scipy.spatial.transform import Rotation

torch.set_default_dtype(torch.float64)
random = np.random.default_rng(20190502)


def skew(w):
    zero = torch.zeros(())
    return torch.stack(
        [
            torch.stack([zero, -w[2], w[1]]),
            torch.stack([w[2], zero, -w[0]]),
            torch.stack([-w[1], w[0], zero]),
        ]
    )


def to_camera(points, cam):
    return points @ torch.matrix_exp(skew(cam[3:6])).T + cam[:3]


def to_anchor(points, cam):
    x, y, z = to_camera(points, cam).unbind(1)
    f, zc = cam[6], cam[2]
    return torch.stack([f * x / -z, -f * y / -z, -(z - zc) * f / -zc], 1)


def normals(points, faces):
    a, b, c = (points[faces[:, i]] for i in range(3))
    cross = torch.linalg.cross(b - a, c - a)
    total = torch.zeros_like(points)
    for i in range(3):
        total = total.index_add(0, faces[:, i], cross)
    return total / torch.linalg.norm(total, dim=1, keepdim=True)


def shade(positions, unit, colors, cam, light):
    way = cam[:3] + light[:3] - positions
    way = way / torch.linalg.norm(way, dim=1, keepdim=True)
    lambert = torch.relu((way * unit).sum(1, keepdim=True))
    return colors * (light[6:] + light[3:6] * lambert)


def camera_of(yaw, pitch, roll, place, focal):
    y, p, r = np.radians([yaw, pitch, roll])
    rotation = (
        Rotation.from_rotvec([0, y, 0])
        * Rotation.from_rotvec([-p, 0, 0])
        * Rotation.from_rotvec([0, 0, r])
    )
    return np.concatenate([place, rotation.as_rotvec(), [focal]])


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, torch.Tensor):
        value = value.detach().numpy()
    return np.asarray(value, dtype=np.float64).ravel().round(9).tolist()


def gradients(output, weight, **inputs):
    grads = torch.autograd.grad((output * weight).sum(), list(inputs.values()))
    return dict(zip(inputs, grads))


faces = torch.tensor([[0, 1, 2], [0, 2, 3], [0, 3, 4], [0, 4, 1], [1, 5, 2]])


def case(yaw, pitch, roll):
    place = [random.uniform(-3, 3), random.uniform(-3, 3), random.uniform(-80, -40)]
    cam = torch.tensor(camera_of(yaw, pitch, roll, place, random.uniform(2, 5)), requires_grad=True)
    ring = [[0, 0, 7], [-6, -5, 1], [6, -5, 1], [6, 5, 1], [-6, 5, 1], [0, -9, -1]]
    points = torch.tensor(np.array(ring) + random.normal(0, 1, (6, 3)), requires_grad=True)
    colors = torch.tensor(random.uniform(0.2, 0.9, (6, 3)), requires_grad=True)
    light = np.concatenate(
        [random.normal(0, 25, 2), [random.uniform(20, 60)], random.uniform(0.2, 0.9, 6)]
    )
    light = torch.tensor(light, requires_grad=True)
    weight = torch.tensor(random.normal(size=(6, 3)))
    anchor_points = to_anchor(points, cam)
    centre, size = random.uniform(100, 400, 2), random.uniform(16, 300)
    image = torch.cat([anchor_points[:, :2] * size + torch.tensor(centre), anchor_points[:, 2:] * size], 1)
    inside = to_camera(points, cam).detach().requires_grad_()
    unit = normals(inside, faces)
    fixed = unit.detach().requires_grad_()
    lit = shade(inside, fixed, colors, cam, light)
    return {
        **rounded(
            {
                "pose": [yaw, pitch, roll],
                "camera": cam,
                "light": light,
                "anchor": [*centre, size],
                "points": points,
                "colors": colors,
                "weight": weight,
                "rotation": Rotation.from_rotvec(cam.detach().numpy()[3:6]).as_matrix(),
                "inCamera": inside,
                "inAnchor": anchor_points,
                "inImage": image,
                "normals": unit,
                "shaded": lit,
            }
        ),
        "anchorGradients": rounded(gradients(anchor_points, weight, points=points, camera=cam)),
        "normalGradients": rounded(gradients(unit, weight, positions=inside)),
        "shadeGradients": rounded(
            gradients(
                lit, weight, positions=inside, normals=fixed, colors=colors, camera=cam, light=light
            )
        ),
    }


cases = [case(0, 0, 0), case(30, 0, 0), case(0, 20, 0), case(0, 0, 15)]
cases += [case(-50, -25, 40), case(80, 10, -120), case(1e-4, -2e-4, 3e-4)]
path = Path(__file__).with_name("camera-light.json")
path.write_text(json.dumps({"faces": faces.ravel().tolist(), "cases": cases}) + "\n")
