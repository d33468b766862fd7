"""MediaPipe FaceMesh v2 as the teacher: 478 points in image pixels for one detected face.

First pass on box × 1.5 turned by the eye line, second pass on a crop from its own points.
"""

import cv2
import numpy as np
import onnxruntime as ort

from .paths import TEACHER

CROP = 192
MARGIN = 1.5
RIGHT_EYE, LEFT_EYE = 33, 263  # outer corners


def crop_transform(centre, side: float, angle: float) -> np.ndarray:
    """[2, 3]: crop coordinates (corner of the top-left pixel is 0, 0) to image coordinates."""
    scale = side / CROP
    c, s = np.cos(angle) * scale, np.sin(angle) * scale
    turn = np.array([[c, -s], [s, c]])
    return np.column_stack([turn, np.asarray(centre) - turn @ [CROP / 2, CROP / 2]])


def warp(rgb: np.ndarray, transform: np.ndarray) -> np.ndarray:
    shrink = np.hypot(transform[0, 0], transform[1, 0])
    if shrink > 1.5:  # the bilinear crop would alias
        factor = 1 / shrink
        rgb = cv2.resize(rgb, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        transform = transform * factor
    to_index = transform.copy()
    to_index[:, 2] += transform[:, :2] @ [0.5, 0.5] - 0.5
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(rgb, to_index, (CROP, CROP), flags=flags)


def transform_from_points(points: np.ndarray) -> np.ndarray:
    eyes = points[LEFT_EYE, :2] - points[RIGHT_EYE, :2]
    angle = np.arctan2(eyes[1], eyes[0])
    c, s = np.cos(angle), np.sin(angle)
    upright = points[:, :2] @ np.array([[c, -s], [s, c]])
    low, high = upright.min(0), upright.max(0)
    centre = np.array([[c, -s], [s, c]]) @ ((low + high) / 2)
    return crop_transform(centre, MARGIN * (high - low).max(), angle)


class Teacher:
    def __init__(self, threads: int = 1):
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self.session = ort.InferenceSession(TEACHER.read_bytes(), options)

    def on_crop(self, rgb: np.ndarray, transform: np.ndarray, mirror: bool = False):
        """Points [478, 3] in image pixels (depth in the same pixels) and the face logit.

        Of a mirrored crop the points come back unmirrored, but left and right keep swapped names.
        """
        crop = warp(rgb, transform).astype(np.float32) / 255
        if mirror:
            crop = np.ascontiguousarray(crop[:, ::-1])
        points, logit = self.session.run(None, {"t0": crop[None]})
        points = points.reshape(478, 3).astype(np.float64)
        if mirror:
            points[:, 0] = CROP - points[:, 0]
        scale = np.hypot(transform[0, 0], transform[1, 0])
        flat = points[:, :2] @ transform[:, :2].T + transform[:, 2]
        return np.column_stack([flat, points[:, 2] * scale]), float(logit.ravel()[0])

    def label(self, rgb: np.ndarray, box: np.ndarray, landmarks: np.ndarray):
        """Two passes, and the second one once more on the mirrored crop.

        Returns points [478, 3], the mirrored crop's points [478, 3], the second pass's logit.
        """
        eyes = landmarks[1] - landmarks[0]
        centre = (box[:2] + box[2:]) / 2
        side = MARGIN * (box[2:] - box[:2]).max()
        first, _ = self.on_crop(rgb, crop_transform(centre, side, np.arctan2(eyes[1], eyes[0])))
        again = transform_from_points(first)
        points, logit = self.on_crop(rgb, again)
        mirrored, _ = self.on_crop(rgb, again, mirror=True)
        return points.astype(np.float32), mirrored.astype(np.float32), logit
