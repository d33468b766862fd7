"""Shapes and colours of the faces that teach the decoder: python -m retinaface.mesh.appearance

Writes WORK/appearance.npz: shape [n, 468, 3] cm, colour [n, 1833, 3] 0..1 under neutral light,
has_colour [n], portrait [n], held_out [n], name [n].
"""

import cv2
import numpy as np

from ..common.labels import load_labels, read_rgb
from ..common.paths import IMAGE_FOLDERS, WORK, image_names
from ..common.registration import (
    align,
    fill_hidden,
    label_points,
    sample_colours,
    visible,
)
from ..common.topology import COARSE, load_topology, scaled_laplacian
from .light import remove_light

SHAPE_HEIGHT = 32  # pixels of face height from which a wider-train face teaches shape
COLOUR_HEIGHT = 72  # and from which it teaches colour
COLOUR_YAW = 0.8  # least cosine between face and view for colours
GREY = 0.02  # mean spread of the channels under which a picture counts as grey


def held_out_portraits() -> set[str]:
    """One portrait in five, by file name."""
    return set(image_names("portraits")[::5])


def neighbour_average(topology):
    matrix = scaled_laplacian(topology.faces[-1], topology.vertices).copy()
    matrix.data = (matrix.data < 0).astype(np.float32)
    matrix.setdiag(0)
    matrix.eliminate_zeros()
    return matrix


def gather(name: str, topology, average):
    labels = load_labels(name)
    height = labels["box"][:, 3] - labels["box"][:, 1]
    if name == "portraits":  # one person a picture: the largest face
        order = np.lexsort((height, labels["image"]))
        last = np.append(labels["image"][order][1:] != labels["image"][order][:-1], True)
        chosen = order[last & (height[order] > 90)]
    else:
        chosen = np.nonzero(height >= SHAPE_HEIGHT)[0]
    labels = {k: v[chosen] for k, v in labels.items()}
    height = height[chosen]
    points = label_points(labels, topology)
    shapes, rotation, _, scale = align(points, topology.positions[3])
    up = topology.up[-1]
    colours = np.zeros((len(shapes), topology.vertices, 3), np.float32)
    facing = np.zeros((len(shapes), topology.vertices), np.float32)
    has_colour = np.zeros(len(shapes), bool)
    for i, image in enumerate(labels["image"]):
        frontal = rotation[i, 2, 2] > COLOUR_YAW
        if name != "portraits" and (height[i] < COLOUR_HEIGHT or not frontal):
            continue
        rgb = read_rgb(IMAGE_FOLDERS[name] / image)
        xy = up @ points[i, :, :2]
        inside = ((xy > 1) & (xy < np.array(rgb.shape[1::-1]) - 1)).all()
        facing[i] = visible(up @ shapes[i], rotation[i], topology)
        raw = sample_colours(rgb, xy, scale[i])
        has_colour[i] = inside and np.ptp(raw, axis=1).mean() > GREY
        colours[i] = fill_hidden(raw, facing[i], topology, average)
    return {
        "shape": shapes,
        "colour": colours,
        "rotation": rotation.astype(np.float32),
        "has_colour": has_colour,
        "portrait": np.full(len(shapes), name == "portraits"),
        "name": labels["image"],
        "box": labels["box"],
    }


def build() -> None:
    cv2.setNumThreads(1)
    topology = load_topology()
    average = neighbour_average(topology)
    parts = [gather(name, topology, average) for name in ("portraits", "wider-train", "cc0-faces")]
    rows = {k: np.concatenate([p[k] for p in parts]) for k in parts[0]}
    chosen = rows["has_colour"]
    fine = np.stack([topology.up[-1] @ s for s in rows["shape"][chosen]])
    rows["colour"][chosen], lights = remove_light(
        fine, rows["rotation"][chosen], rows["colour"][chosen], rows["portrait"][chosen], topology
    )
    held = held_out_portraits()
    rows["held_out"] = rows["portrait"] & np.isin(rows["name"], sorted(held))
    np.savez(WORK / "appearance.npz", light=lights, **rows)
    print(
        f"{len(chosen)} shapes of {COARSE} vertices, {chosen.sum()} with colour, "
        f"{(rows['portrait'] & chosen).sum()} of them portraits, "
        f"{(rows['held_out'] & chosen).sum()} held out"
    )


if __name__ == "__main__":
    build()
