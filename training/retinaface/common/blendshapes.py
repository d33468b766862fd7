"""The 52 coefficients and the irises that the teachers see of a face.

MediaPipe's blendshape network (Apache-2.0) takes 146 of FaceMesh v2's 478 points. It knows faces that are
upright only, so the points are turned first; place and size do not matter to it.
"""

import numpy as np
import onnxruntime as ort

from .paths import BLENDSHAPES
from .teacher import LEFT_EYE, RIGHT_EYE
from .topology import COARSE, Topology

NAMES = (
    "_neutral browDownLeft browDownRight browInnerUp browOuterUpLeft browOuterUpRight cheekPuff "
    "cheekSquintLeft cheekSquintRight eyeBlinkLeft eyeBlinkRight eyeLookDownLeft eyeLookDownRight "
    "eyeLookInLeft eyeLookInRight eyeLookOutLeft eyeLookOutRight eyeLookUpLeft eyeLookUpRight "
    "eyeSquintLeft eyeSquintRight eyeWideLeft eyeWideRight jawForward jawLeft jawOpen jawRight "
    "mouthClose mouthDimpleLeft mouthDimpleRight mouthFrownLeft mouthFrownRight mouthFunnel mouthLeft "
    "mouthLowerDownLeft mouthLowerDownRight mouthPressLeft mouthPressRight mouthPucker mouthRight "
    "mouthRollLower mouthRollUpper mouthShrugLower mouthShrugUpper mouthSmileLeft mouthSmileRight "
    "mouthStretchLeft mouthStretchRight mouthUpperUpLeft mouthUpperUpRight noseSneerLeft noseSneerRight"
).split()
# The teacher answers 0 for these whatever it sees.
SILENT = (
    "_neutral cheekPuff cheekSquintLeft cheekSquintRight jawForward noseSneerLeft noseSneerRight".split()
)
TOLD = [name for name in NAMES if name not in SILENT]
# fmt: off
POINTS = [
    0, 1, 4, 5, 6, 7, 8, 10, 13, 14, 17, 21, 33, 37, 39, 40, 46, 52, 53, 54, 55, 58, 61, 63, 65, 66, 67, 70,
    78, 80, 81, 82, 84, 87, 88, 91, 93, 95, 103, 105, 107, 109, 127, 132, 133, 136, 144, 145, 146, 148, 149,
    150, 152, 153, 154, 155, 157, 158, 159, 160, 161, 162, 163, 168, 172, 173, 176, 178, 181, 185, 191, 195,
    197, 234, 246, 249, 251, 263, 267, 269, 270, 276, 282, 283, 284, 285, 288, 291, 293, 295, 296, 297, 300,
    308, 310, 311, 312, 314, 317, 318, 321, 323, 324, 332, 334, 336, 338, 356, 361, 362, 365, 373, 374, 375,
    377, 378, 379, 380, 381, 382, 384, 385, 386, 387, 388, 389, 390, 397, 398, 400, 402, 405, 409, 415, 454,
    466, *range(468, 478),
]
# fmt: on
RIGHT_IRIS, LEFT_IRIS = 468, 473  # centres; four points of the border follow each
MIRRORED_IRISES = [473, 476, 475, 474, 477, 468, 471, 470, 469, 472]


def mirrored_names() -> list[int]:
    """The coefficient that each becomes in a mirror."""

    def other(name: str) -> str:
        for side, opposite in (("Left", "Right"), ("Right", "Left")):
            if name.endswith(side):
                return name.removesuffix(side) + opposite
        return name

    return [TOLD.index(other(name)) for name in TOLD]


MIRROR = mirrored_names()


def points478(labels: dict, topology: Topology) -> np.ndarray:
    """[n, 478, 3] image pixels: the mean of the teacher's answers on the crop and its mirror."""
    mirror = [*topology.mirror[:COARSE], *MIRRORED_IRISES]
    return (labels["points"] + labels["mirrored"][:, mirror]) / 2


def upright(points: np.ndarray) -> np.ndarray:
    """Points [n, 478, 2] turned so that the outer corners of the eyes are level."""
    x, y = (points[:, LEFT_EYE] - points[:, RIGHT_EYE]).T
    angle = np.arctan2(y, x)
    c, s = np.cos(angle)[:, None], np.sin(angle)[:, None]
    return np.stack([c * points[..., 0] + s * points[..., 1], c * points[..., 1] - s * points[..., 0]], 2)


class BlendshapeTeacher:
    def __init__(self):
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self.session = ort.InferenceSession(BLENDSHAPES.read_bytes(), options)
        self.input = self.session.get_inputs()[0].name

    def coefficients(self, points: np.ndarray) -> np.ndarray:
        """[n, TOLD] of points [n, 478, 2 or more] in pixels."""
        told = [NAMES.index(name) for name in TOLD]
        picked = upright(points[..., :2].astype(np.float64))[:, POINTS].astype(np.float32)
        return np.stack([self.session.run(None, {self.input: face[None]})[0].ravel()[told] for face in picked])

    def both_ways(self, points: np.ndarray, topology: Topology) -> np.ndarray:
        """The mean of the answers for the points and for their mirror image, whose names are swapped."""
        mirror = [*topology.mirror[:COARSE], *MIRRORED_IRISES]
        mirrored = points[:, mirror, :2] * [-1, 1]
        return (self.coefficients(points) + self.coefficients(mirrored)[:, MIRROR]) / 2


def irises(points: np.ndarray) -> np.ndarray:
    """x, y and radius [n, 2, 3] of the subject's right and left iris of points [n, 478, 2 or more]."""
    both = []
    for centre in (RIGHT_IRIS, LEFT_IRIS):
        middle = points[:, centre, :2]
        border = points[:, centre + 1 : centre + 5, :2]
        radius = np.linalg.norm(border - middle[:, None], axis=2).mean(1, keepdims=True)
        both.append(np.concatenate([middle, radius], 1))
    return np.stack(both, 1).astype(np.float32)
