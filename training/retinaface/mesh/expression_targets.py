"""Morph targets of expressions: python -m retinaface.mesh.expression_targets

packages/models/weights/expression-targets.safetensors: how the 468 coarse vertices move when a coefficient
goes from 0 to 1. A ridge regression of the teachers' shapes on their coefficients, over the faces of the
training sets of 48 pixels and more that look at most 35 degrees aside, each once more in the mirror. Shapes
are turned so that forehead, nose bridge and temples agree; a vertex follows only the coefficients of its part
of the face, since the others would explain pose and build. What the teacher never sees stays 0.
"""

import json

import numpy as np

from ..common.blendshapes import MIRROR, NAMES, TOLD
from ..common.held_out import is_held_out
from ..common.labels import believed
from ..common.paths import WEIGHTS
from ..common.registration import align, label_points
from ..common.tensor_file import write_tensors
from ..common.topology import COARSE, Topology, load_topology
from .expression_data import teacher_answers

SETS = ("wider-train", "cc0-faces", "portraits")
LEAST_HEIGHT = 48  # pixels
MOST_YAW = np.radians(35)
RIDGE = 15.0
# Vertices that no expression moves: forehead, nose bridge, temples, corners of the eyes.
# fmt: off
STABLE = [
    10, 151, 9, 8, 168, 6, 197, 127, 356, 234, 454, 33, 263, 133, 362, 21, 251, 54, 284, 103, 332, 67, 297, 109,
    338,
]
# fmt: on
EARS, CHEEKS = [132, 361, 93, 323], [50, 280]
LIPS, LIDS, BROWS = [13, 14, 0, 17, 61, 291], [159, 145, 386, 374], [105, 334, 65, 295]


def smooth(value: np.ndarray, none: float, whole: float) -> np.ndarray:
    """0 at `none`, 1 at `whole`, with level ends."""
    t = np.clip((value - none) / (whole - none), 0, 1)
    return t * t * (3 - 2 * t)


def parts_of_face(canonical: np.ndarray) -> np.ndarray:
    """[TOLD, 468] by how much a vertex may follow a coefficient."""
    x, y, z = canonical.T
    lower_lid, upper_lid = (canonical[[i, j], 1].mean() for i, j in ((145, 374), (159, 386)))
    # Lips, cheeks and chin, but not what lies by the ears, nor the nose.
    mouth = smooth(y, lower_lid, canonical[2, 1]) * smooth(z, canonical[EARS, 2].max(), canonical[CHEEKS, 2].mean())
    nose_tip, nose_base = canonical[[1, 2], 1]
    nose = smooth(abs(x), 2.6, 1.2) * smooth(y, nose_base - (nose_tip - nose_base), nose_base)
    mouth *= 1 - nose
    brows = smooth(y, upper_lid - 0.2, canonical[105, 1])
    side = {"Left": smooth(x, -0.6, 0.6), "Right": smooth(x, 0.6, -0.6)}

    def eye(corners: list[int]) -> np.ndarray:
        away = (canonical - canonical[corners].mean(0)) * [1, 1.2, 0.7]
        return smooth(np.linalg.norm(away, axis=1), 3.4, 1.9)

    eyes = {"Left": eye([263, 362]), "Right": eye([33, 133])}

    def part(name: str) -> np.ndarray:
        of = next((one for one in side if name.endswith(one)), None)
        if name.startswith("eye"):
            return eyes[of]
        return brows * (side[of] if of else 1) if name.startswith("brow") else mouth

    return np.array([part(name) for name in TOLD])


def hold_still(shapes: np.ndarray, canonical: np.ndarray) -> np.ndarray:
    """Shapes [n, 468, 3] turned and moved so that their stable vertices lie on the canonical face's."""
    p, q = shapes[:, STABLE], canonical[STABLE]
    mean, centre = p.mean(1, keepdims=True), q.mean(0)
    u, _, vt = np.linalg.svd(np.einsum("nvi,vj->nij", p - mean, q - centre))
    sign = np.ones((len(shapes), 3))
    sign[:, 2] = np.sign(np.linalg.det(u @ vt))
    return np.einsum("nvi,nij->nvj", shapes - mean, (u * sign[:, None]) @ vt) + centre


def load(topology: Topology) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Shapes [n, 468, 3], coefficients [n, TOLD], and which faces are held out."""
    canonical = topology.positions[3]
    shapes, coefficients, held_out = [], [], []
    for name in SETS:
        labels = believed(name)
        shape, rotation, _, _ = align(label_points(labels, topology), canonical)
        height = labels["box"][:, 3] - labels["box"][:, 1]
        good = (height >= LEAST_HEIGHT) & (abs(rotation[:, 2, 0]) < np.sin(MOST_YAW))
        shapes.append(hold_still(shape[good], canonical))
        coefficients.append(teacher_answers(name, topology)[0][good])
        held_out.append(np.array([is_held_out(image) for image in labels["image"]])[good])
    both = [np.concatenate(one) for one in (shapes, coefficients, held_out)]
    mirror = topology.mirror[:COARSE]
    return (
        np.concatenate([both[0], both[0][:, mirror] * [-1, 1, 1]]),
        np.concatenate([both[1], both[1][:, MIRROR]]),
        np.concatenate([both[2], both[2]]),
    )


def regress(shapes: np.ndarray, coefficients: np.ndarray, parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Targets [TOLD, 468, 3] in cm, and the shape without expression [468, 3]."""
    told = len(TOLD)
    rows = np.concatenate([coefficients, np.ones((len(coefficients), 1))], 1)
    gram, right = rows.T @ rows, np.einsum("nc,nvk->vck", rows, shapes)
    found = np.zeros((told + 1, COARSE, 3))
    ridge = np.diag([RIDGE] * told + [0.0])
    for vertex in range(COARSE):
        follows = np.append(parts[:, vertex], 1.0)
        some = follows > 1e-3
        weighted = (gram * follows[:, None] * follows + ridge)[some][:, some]
        solution = np.linalg.solve(weighted, (right[vertex] * follows[:, None])[some])
        found[some, vertex] = solution * follows[some, None]
    return found[:told], found[told]


def main() -> None:
    topology = load_topology()
    shapes, coefficients, held_out = load(topology)
    parts = parts_of_face(topology.positions[3])
    targets, neutral = regress(shapes[~held_out], coefficients[~held_out], parts)
    print(f"{(~held_out).sum()} faces, {held_out.sum()} held out, mirrored ones counted")
    told = np.einsum("nc,cvk->nvk", coefficients[held_out], targets) + neutral
    average = shapes[~held_out].mean(0)
    for part, vertices in (("all", slice(None)), ("lips", LIPS), ("lids", LIDS), ("brows", BROWS)):
        off = [
            np.sqrt(((shapes[held_out] - guess)[:, vertices] ** 2).sum(2).mean()) for guess in (told, average)
        ]
        print(f"{part}: {off[0]:.3f} cm off, the average face {off[1]:.3f}")
    names = sorted({*NAMES, "tongueOut"} - {"_neutral"})
    all_targets = np.zeros((len(names), COARSE, 3), np.float16)
    for name, target in zip(TOLD, targets):
        all_targets[names.index(name)] = target
    path = WEIGHTS / "expression-targets.safetensors"
    write_tensors(path, {"targets": all_targets}, {"coefficients": json.dumps(names)})
    print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
