"""Hand-placed 68 points (Helen, AFLW2000-3D) against the matching vertices of the mesh."""

import json

import numpy as np
import torch

from .expressions import agreement, ratios
from .labels import believed
from .paths import DATA

# The vertex for each of the 68 landmarks of the iBUG scheme, by the list usual in the field.
JAW = [162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389]
BROWS = [71, 63, 105, 66, 107, 336, 296, 334, 293, 301]
NOSE = [168, 197, 5, 4, 75, 97, 2, 326, 305]
EYES = [33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380]
LIPS = [61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181, 78, 82, 13, 312, 308, 317, 14, 87]
VERTICES = np.array(JAW + BROWS + NOSE + EYES + LIPS)
OUTER_EYES = (36, 45)


def annotated(name: str) -> dict[str, np.ndarray]:
    """The hand-placed points [68, 2] of each image, in pixels."""
    if name == "helen":
        rows = json.loads((DATA / "helen-test" / "landmarks68.json").read_text())
        return {k if "." in k else f"{k}.jpg": np.array(v) for k, v in rows.items()}
    rows = json.loads((DATA / "aflw2000-3d" / "annotations.json").read_text())
    return {k: np.array(v["pt3d_68"])[:, :2] for k, v in rows.items()}


def matching_rows(points68: dict, images, places) -> list[tuple[int, str]]:
    """For each image the row whose points are nearest to the annotation."""
    pairs = []
    for image, truth in points68.items():
        rows = np.nonzero(images == image)[0]
        if len(rows):
            errors = [np.linalg.norm(places[r] - truth, axis=1).mean() for r in rows]
            pairs.append((int(rows[np.argmin(errors)]), image))
    return pairs


def nme(places, truth, by_eyes: bool) -> tuple[float, float]:
    """Mean distance of the inner 51 and of all 68 over the eyes' distance or sqrt(w·h)."""
    if by_eyes:
        unit = np.linalg.norm(truth[OUTER_EYES[0]] - truth[OUTER_EYES[1]])
    else:
        unit = np.sqrt(np.prod(np.ptp(truth, axis=0)))
    error = np.linalg.norm(places - truth, axis=1) / unit
    return error[17:].mean(), error.mean()


def landmark_errors(name: str, data, points) -> dict:
    """Of the head (face-frame points [n, 468, 3] torch) and of the teacher on the same faces."""
    labels = believed(name)
    linear = data.to_face.double()
    xy = points[:, VERTICES, :2].double() - linear[:, None, :, 2]
    ours = (xy @ linear[:, :, :2].inverse().transpose(1, 2)).numpy()
    truth = annotated(name)
    table, figures = {"annotated images": len(truth)}, {}
    expressions = {}
    for who, images, places in (
        ("head", labels["image"][data.face], ours),
        ("teacher", labels["image"], labels["points"][:, VERTICES, :2]),
    ):
        pairs = matching_rows(truth, images, places)
        figures[who] = {im: nme(places[r], truth[im], name == "helen") for r, im in pairs}
        shown = (np.stack([places[r] for r, _ in pairs]), np.stack([truth[im] for _, im in pairs]))
        expressions[who] = agreement(*(ratios(torch.from_numpy(p)).numpy() for p in shown))
    common = [im for im in figures["head"] if im in figures["teacher"]]
    for who, found in figures.items():
        inner, whole = np.mean([found[im] for im in common], 0)
        table[who] = {
            "images": len(common),
            "inner 51 %": round(100 * float(inner), 3),
            "all 68 %": round(100 * float(whole), 3),
        }
    table["inner 51, head / teacher"] = round(
        table["head"]["inner 51 %"] / table["teacher"]["inner 51 %"], 3
    )
    if name == "helen":
        for who, found in expressions.items():
            table[f"expressions, {who}"] = found
    return table


def pose_errors(data, predicted: np.ndarray) -> dict[str, float]:
    """Mean absolute yaw, pitch and roll error in degrees on AFLW2000-3D, of the rotations [n, 3, 3]
    of P_cam. Its annotation is R_x(−pitch) R_y(−yaw) R_z(−roll) in our camera axes."""
    rows = json.loads((DATA / "aflw2000-3d" / "annotations.json").read_text())
    images = believed("aflw")["image"][data.face]
    errors = []
    for image, entry in rows.items():
        at = np.nonzero(images == image)[0]
        if not len(at):
            continue
        pose = np.array(entry["pose"]).ravel()[:3]
        truth = np.linalg.multi_dot([turn(a, -v) for a, v in zip((0, 1, 2), pose)])
        errors.append(np.abs(angles(predicted[at[0]]) - angles(truth)))
    yaw, pitch, roll = np.mean(errors, 0).round(2).tolist()
    return {"faces": len(errors), "yaw": yaw, "pitch": pitch, "roll": roll}


def turn(axis: int, angle: float) -> np.ndarray:
    """Right-handed rotation about one axis."""
    i, j = (axis + 1) % 3, (axis + 2) % 3
    matrix = np.eye(3)
    matrix[i, i] = matrix[j, j] = np.cos(angle)
    matrix[i, j], matrix[j, i] = -np.sin(angle), np.sin(angle)
    return matrix


def angles(rotation: np.ndarray) -> np.ndarray:
    """Yaw, pitch and roll in degrees, as docs/coordinate-frames.md has them."""
    yaw = np.arctan2(rotation[0, 2], rotation[2, 2])
    pitch = np.arcsin(np.clip(rotation[1, 2], -1, 1))
    roll = np.arctan2(rotation[1, 0], rotation[1, 1])
    return np.degrees([yaw, pitch, roll])
