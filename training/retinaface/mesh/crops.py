"""Small pictures of the labelled faces, for the pixel loss: python -m retinaface.mesh.crops SET

Writes WORK/crops/SET.npz: pixels [n, 64, 64, 3] u8 and transform [n, 3], so that an image point p
falls on crop pixel (p − transform[:2]) · transform[2], corner of the first pixel at 0.
"""

import argparse

import cv2
import numpy as np

from ..common.labels import believed, read_rgb
from ..common.paths import IMAGE_FOLDERS, WORK

SIDE = 64
MARGIN = 1.3


def crop(rgb: np.ndarray, box: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    centre, side = (box[:2] + box[2:]) / 2, MARGIN * (box[2:] - box[:2]).max()
    scale = SIDE / side
    if scale < 0.7:
        rgb = cv2.GaussianBlur(rgb, (0, 0), 0.45 / scale)
    origin = centre - side / 2
    matrix = np.array([[scale, 0, 0], [0, scale, 0]], np.float64)
    matrix[:, 2] = (0.5 - origin) * scale - 0.5  # pixel centres
    pixels = cv2.warpAffine(rgb, matrix, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)
    return pixels, np.array([*origin, scale], np.float32)


def crop_set(name: str) -> None:
    cv2.setNumThreads(1)
    labels = believed(name)
    pixels = np.zeros((len(labels["image"]), SIDE, SIDE, 3), np.uint8)
    transform = np.zeros((len(pixels), 3), np.float32)
    for image in np.unique(labels["image"]):
        rgb = read_rgb(IMAGE_FOLDERS[name] / image)
        for row in np.nonzero(labels["image"] == image)[0]:
            pixels[row], transform[row] = crop(rgb, labels["box"][row])
    folder = WORK / "crops"
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / f"{name}.npz", pixels=pixels, transform=transform)
    print(f"{name}: {len(pixels)} crops")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", choices=list(IMAGE_FOLDERS))
    for each in parser.parse_args().sets:
        crop_set(each)
