"""By how small a face each coefficient of expression can be told: python -m retinaface.mesh.expression_sizes FOLDER

FOLDER has what the command line found in wider-val at several input sizes, as 640.ndjson. So the same faces are
seen large and small, and the teacher's answers are those of the original pictures, in which each is 64 pixels
high and more. Writes the least heights into the weight file, and the model card's figures.
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from ..common.blendshapes import TOLD
from ..common.labels import load_labels
from ..common.networks import RETINAFACE_500M
from ..common.tensor_file import read_tensors, write_tensors
from ..common.topology import load_topology
from .expression_agreement import BELIEVED, correlation
from .expression_data import teacher_answers
from .expression_figures import draw_agreement, draw_sizes
from .stages import expression_weights

HEIGHTS = (8, 16, 24, 32, 48, 64, np.inf)  # of boxes in the network's input, pixels
LEAST_TRUE = 64  # pixels of the original picture
LEAST_OVERLAP = 0.5
LEAST_CORRELATION = 0.5  # a quarter of the variance


def believed_faces() -> dict[str, list[tuple[np.ndarray, np.ndarray]]]:
    """Box and coefficients of the faces of each picture."""
    labels, faces = load_labels("wider-val", 0), defaultdict(list)
    answers = teacher_answers("wider-val", load_topology())[0]
    sure = 1 / (1 + np.exp(-labels["logit"])) >= BELIEVED
    for image, box, answer, is_sure in zip(labels["image"], labels["box"], answers, sure):
        if is_sure and box[3] - box[1] >= LEAST_TRUE:
            faces[str(image)].append((box, answer))
    return faces


def overlap(a: np.ndarray, b: np.ndarray) -> float:
    """Intersection over union."""
    sides = np.clip(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0, None)
    return sides.prod() / ((a[2:] - a[:2]).prod() + (b[2:] - b[:2]).prod() - sides.prod())


def pairs(path: Path, believed: dict) -> list[tuple[float, np.ndarray, np.ndarray]]:
    """Height in the network's input, our coefficients and the teacher's, of each face that both found."""
    found = []
    for picture in map(json.loads, path.read_text().splitlines()):
        scale = min(1.0, int(path.stem) / max(picture["width"], picture["height"]))
        for face in picture["faces"]:
            box = np.array(face["box"])
            others = believed.get(Path(picture["file"]).name, [])
            true_box, answer = max(others, key=lambda other: overlap(box, other[0]), default=(box, None))
            if answer is not None and overlap(box, true_box) >= LEAST_OVERLAP:
                ours = np.array([face["expressions"][name] for name in TOLD])
                found.append(((box[3] - box[1]) * scale, ours, answer))
    return found


def part_of(name: str) -> str:
    """The name for both sides: "mouthSmile", and "mouthLeft, Right" where the side is all there is."""
    part = name.removesuffix("Left").removesuffix("Right")
    return f"{part}Left, Right" if part in ("jaw", "mouth") else part


def by_part(values: np.ndarray) -> dict[str, np.ndarray]:
    """Means over the two sides; the first axis is TOLD's."""
    parts = defaultdict(list)
    for name, value in zip(TOLD, values):
        parts[part_of(name)].append(value)
    return {part: np.mean(sides, 0) for part, sides in parts.items()}


def least_heights(correlations: dict[str, np.ndarray]) -> dict[str, int]:
    """From which height on a coefficient follows the teacher, of those that ever do."""
    least = {}
    for name in TOLD:
        holds = correlations[part_of(name)] >= LEAST_CORRELATION
        if holds[-1]:
            first = max((i + 1 for i in range(len(holds)) if not holds[i]), default=0)
            least[name] = HEIGHTS[first]
    return least


def write_least_heights(least: dict[str, int]) -> None:
    path = expression_weights(RETINAFACE_500M)
    tensors, metadata = read_tensors(path)
    architecture = json.loads(metadata["architecture"]) | {"leastHeights": least}
    kept = {"architecture": json.dumps(architecture, separators=(",", ":")), "detector": metadata["detector"]}
    write_tensors(path, tensors, kept)


def main(folder: Path) -> None:
    believed = believed_faces()
    found = [pair for path in sorted(folder.glob("*.ndjson")) for pair in pairs(path, believed)]
    height = np.array([pair[0] for pair in found])
    ours, truth = (np.array([pair[k] for pair in found]) for k in (1, 2))
    rows = [(height >= low) & (height < high) for low, high in zip(HEIGHTS, HEIGHTS[1:])]
    correlations = by_part(
        np.array([[correlation(ours[r, i], truth[r, i]) for r in rows] for i in range(len(TOLD))])
    )
    large = rows[-1]
    errors = by_part(np.abs(ours[large] - truth[large]).mean(0))
    least = least_heights(correlations)
    print("faces", [int(r.sum()) for r in rows])
    for part, values in sorted(correlations.items()):
        print(f"| {part} | " + " | ".join(f"{v:.2f}".replace("0.", ".") for v in values) + f" | {errors[part]:.3f} |")
    print(least)
    write_least_heights(least)
    draw_sizes(HEIGHTS, correlations, LEAST_CORRELATION)
    draw_agreement({part: (values[-1], errors[part]) for part, values in correlations.items()})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    main(parser.parse_args().folder)
