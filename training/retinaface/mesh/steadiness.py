"""Vertex jitter on still pictures: python -m retinaface.mesh.steadiness NETWORK

Each picture is shifted by parts of a pixel and scaled by up to ±5 %; the meshes are taken back to
the picture. Jitter = root mean square distance of the vertices from their mean over the variants,
as a share of sqrt(w·h) of the face.
"""

import argparse

import cv2
import numpy as np
import torch

from ..common.detection import overlaps
from ..common.labels import load_labels, read_rgb
from ..common.networks import NETWORKS, Network
from ..common.paths import IMAGE_FOLDERS
from .pipeline import find_meshes
from .refinement import RefinementReader
from .samples import feature_detector
from .shape_fit import PatchFitReader
from .stages import PATCHES, last_stage, load_stage, load_stages, stage_file
from .train_decoder import load_decoder

SHIFTS = [(1.0, 0.0, 0.0), (1.0, 0.25, 0.5), (1.0, 0.5, 0.25), (1.0, 0.75, 0.75)]
SCALES = [(0.95, 0.0, 0.0), (0.975, 0.0, 0.0), (1.0, 0.0, 0.0), (1.025, 0.0, 0.0), (1.05, 0.0, 0.0)]
PICTURES = 30
SIZES = ((24, 48), (48, 96), (96, 10_000))


def variant(rgb, scale, dx, dy):
    matrix = np.array([[scale, 0, dx + (scale - 1) / 2], [0, scale, dy + (scale - 1) / 2]])
    size = tuple(int(np.ceil(n * scale)) for n in rgb.shape[1::-1])
    return cv2.warpAffine(rgb, matrix, size, flags=cv2.INTER_LINEAR)


def track(networks, rgb, boxes, variants) -> np.ndarray:
    """[faces, variants, 1833, 3] in pixels of the picture; NaN where a face was lost."""
    found = np.full((len(boxes), len(variants), 1833, 3), np.nan)
    for k, (scale, dx, dy) in enumerate(variants):
        anchors, points = find_meshes(*networks, variant(rgb, scale, dx, dy))
        back = np.array([dx, dy, 0])
        for i, box in enumerate(boxes):
            if len(anchors):
                moved = box * scale + np.array([dx, dy, dx, dy])
                o = overlaps(moved, anchors.box)
                if o.max() > 0.5:
                    found[i, k] = (points[o.argmax()] - back) / scale
    return found


def jitter(found: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    size = np.sqrt((boxes[:, 2:] - boxes[:, :2]).prod(1))
    flat = found[..., :2]
    away = ((flat - flat.mean(1, keepdims=True)) ** 2).sum(3).mean((1, 2))
    return np.sqrt(away) / size


def measure(network: Network) -> dict:
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    decoder, components, _ = load_decoder()
    head, *refinements = load_stages(network, 1 + last_stage(network))
    if stage_file(network, PATCHES).exists():
        reader = PatchFitReader(head, refinements, load_stage(network, PATCHES), components)
    else:
        reader = RefinementReader(head, refinements, components)
    networks = (feature_detector(network), reader, decoder)
    labels = load_labels("wider-val")
    names = np.unique(labels["image"])
    rows = {"shift": [], "scale": []}
    heights = []
    for name in names[:: max(1, len(names) // PICTURES)][:PICTURES]:
        rgb = read_rgb(IMAGE_FOLDERS["wider-val"] / name)
        boxes = labels["box"][labels["image"] == name].astype(np.float64)
        tall = boxes[:, 3] - boxes[:, 1]
        boxes, tall = boxes[tall >= 24], tall[tall >= 24]
        if len(boxes) == 0:
            continue
        heights.append(tall)
        for kind, variants in (("shift", SHIFTS), ("scale", SCALES)):
            rows[kind].append(jitter(track(networks, rgb, boxes, variants), boxes))
    height = np.concatenate(heights)
    table = {}
    for kind, parts in rows.items():
        values = 100 * np.concatenate(parts)
        for low, high in SIZES:
            some = values[(height >= low) & (height < high)]
            some = some[~np.isnan(some)]
            table[f"{kind}, height {low}-{high}"] = {
                "faces": len(some),
                "mean %": round(float(some.mean()), 3),
                "p90 %": round(float(np.percentile(some, 90)), 3),
            }
        table[f"{kind}, faces lost"] = int(np.isnan(values).sum())
    return table


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    for row, figures in measure(NETWORKS[parser.parse_args().network]).items():
        print(row, figures)
