"""What the dense head sees of every labelled face: python -m retinaface.mesh.samples NETWORK SET

Runs a detector over views of labelled faces, matches its anchors to the faces and stores what the
head reads there. Training sets: for each face a view of its own, of random size, turn and place;
another --seed gives others. Evaluation sets and held-out pictures (SET-held) are seen as they are,
anchors that non-maximum suppression keeps only. --stage 1 is what the first refinement sees, after
the trained head.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from ..common.detection import Anchors, Detector, non_maximum_suppression, overlaps
from ..common.held_out import is_held_out
from ..common.labels import DETECTION_THRESHOLD, believed, read_rgb
from ..common.networks import NETWORKS, Network
from ..common.paths import IMAGE_FOLDERS
from .appearance import held_out_portraits
from .face_grid import face_frames, grid_points, sample
from .landmark_refinement import LandmarkReader
from .patches import PatchReader
from .refinement import RefinementReader
from .stages import LANDMARKS, PATCHES, Stage, last_stage, load_stage, load_stages, stage_folder
from .train_decoder import load_decoder
from .views import Shown, boxes_in_view, plain_view, random_view

TRAINING_SETS = ("wider-train", "portraits", "cc0-faces")
HELD = "held"  # the seed's place in the name of a held-out set
KEPT_AS = {"read": np.float16, "patch": np.uint8}
MIN_FACE = 18  # input pixels of height
OTHERS = 1  # anchors a face besides the kept one
# Deviations of noise on the box and landmarks of a further copy of the kept anchor, in face sizes.
PLACE_NOISE, SIZE_NOISE, LANDMARK_NOISE = 0.04, 0.07, 0.015


def feature_detector(network: Network, threads: int = 1) -> Detector:
    """The detector with what the dense head reads."""
    own = [network.own.format(s) for s in network.levels] if network.own_reduced else []
    return Detector(network, (*network.maps, *own), threads)


def match(anchors: Anchors, boxes: np.ndarray, rng) -> list[tuple[int, int, bool]]:
    """(anchor row, face row, kept by NMS) for the anchors used; no more than kept without rng."""
    kept = non_maximum_suppression(anchors)
    rows, free = [], set(range(len(boxes)))
    best = [np.argmax(o) if (o := overlaps(b, boxes)).max() > 0.5 else -1 for b in anchors.box]
    for row in kept:
        face = best[row]
        if face in free:
            free.remove(face)
            rows.append((row, face, True))
    if rng is None:
        return rows
    is_kept = set(kept.tolist())
    for _, face, _ in list(rows):
        others = [r for r, f in enumerate(best) if f == face and r not in is_kept]
        rows += [(int(row), face, False) for row in rng.permutation(others)[:OTHERS]]
    return rows


def noisy(anchors: Anchors, rng) -> Anchors:
    """The anchors with boxes and landmarks a little off."""
    n = len(anchors)
    extent = anchors.box[:, 2:] - anchors.box[:, :2]
    size = np.sqrt(extent.prod(1, keepdims=True))
    middle = (anchors.box[:, :2] + anchors.box[:, 2:]) / 2 + size * rng.normal(0, PLACE_NOISE, (n, 2))
    half = extent / 2 * np.exp(rng.normal(0, SIZE_NOISE, (n, 2)))
    copy = anchors.take(np.arange(n))
    copy.box = np.concatenate([middle - half, middle + half], 1).astype(np.float32)
    apart = size[..., None] * rng.normal(0, LANDMARK_NOISE, (n, 5, 2))
    copy.landmarks = (anchors.landmarks + apart).astype(np.float32)
    return copy


def joined(parts: list[Anchors]) -> Anchors:
    fields = Anchors.__dataclass_fields__
    return Anchors(*(np.concatenate([getattr(p, f) for p in parts]) for f in fields))


def sample_view(detector: Detector, shown: Shown, labels: dict, faces: np.ndarray, rng, reader):
    boxes = boxes_in_view(labels["box"][faces], shown.view)
    anchors, tensors = detector.run(shown.pixels.astype(np.float32), DETECTION_THRESHOLD)
    anchors = anchors.take(np.nonzero(anchors.box[:, 3] - anchors.box[:, 1] >= MIN_FACE)[0])
    matches = match(anchors, boxes, rng) if len(anchors) else []
    if not matches:
        return None
    rows, face, kept = (np.array(v) for v in zip(*matches))
    used = anchors.take(rows)
    if rng is not None:
        used = joined([used, noisy(used.take(np.nonzero(kept)[0]), rng)])
        face = np.concatenate([face, face[kept]])
        kept = np.concatenate([kept, np.zeros(kept.sum(), bool)])
    columns = columns_of(detector.network, used, tensors)
    if reader:
        read = reader.columns(used, columns, tensors)
        for name in detector.network.channels:
            del columns[name]
        columns |= {k: v.astype(KEPT_AS.get(k, v.dtype)) for k, v in read.items()}
    return columns | {
        "face": faces[face],
        "kept": kept,
        "view": np.tile(shown.view, (len(used), 1, 1)),
    }


def columns_of(network: Network, anchors: Anchors, tensors: dict) -> dict[str, np.ndarray]:
    centre, size, turn = face_frames(anchors.box, anchors.landmarks)
    points = grid_points(network.points, centre, size, turn)
    columns = {
        "kind": kinds_of(network, anchors),
        "score": anchors.score,
        "box": anchors.box.astype(np.float32),
        "landmarks": anchors.landmarks.astype(np.float32),
        "centre": anchors.centre,
        "size": anchors.size,
        "own": own_of(network, anchors, tensors).astype(np.float16),
    }
    for name, stride in network.strides.items():
        columns[name] = sample(tensors[name], points, stride).astype(np.float16)
    return columns


def kinds_of(network: Network, anchors: Anchors) -> np.ndarray:
    return np.array([network.kinds.index(kind) for kind in zip(anchors.stride, anchors.size)])


def own_of(network: Network, anchors: Anchors, tensors: dict) -> np.ndarray:
    """What the head reads at the anchors' own cells [n, channels]."""
    own = np.zeros((len(anchors), network.own_channels), np.float32)
    for stride in network.levels:
        mine = anchors.stride == stride
        cell = np.round((anchors.centre[mine] - network.first_centre) / stride).astype(int)
        own[mine] = tensors[network.own.format(stride)][:, cell[:, 1], cell[:, 0]].T
    return own


def sample_images(
    network: Network, stage: Stage, name: str, images, target: str, seed: int | None = None
) -> None:
    """Samples of some pictures of a set; with a seed a random view of each face, else as they are."""
    reader = refinement_reader(network, stage) if stage else None
    cv2.setNumThreads(1)
    detector, labels, parts = feature_detector(network), believed(name), []
    for done, image in enumerate(images):
        rgb = read_rgb(IMAGE_FOLDERS[name] / image)
        faces = np.nonzero(labels["image"] == image)[0]
        rng = None if seed is None else np.random.default_rng([seed, *image.encode()])
        if rng is None:
            views = [plain_view(rgb)]
        else:
            views = [random_view(rng, rgb, labels["box"][face]) for face in faces]
        parts += [sample_view(detector, shown, labels, faces, rng, reader) for shown in views]
        if done % 100 == 99:
            print(f"{target}: {done + 1}/{len(images)} pictures", flush=True)
    store([p for p in parts if p], stage_folder(network, stage) / target)


def refinement_reader(network: Network, stage: Stage) -> RefinementReader | LandmarkReader | PatchReader:
    if stage == LANDMARKS:
        return LandmarkReader(load_stage(network, 0))
    if stage == PATCHES:
        head, *refinements = load_stages(network, 1 + last_stage(network))
        return PatchReader(head, refinements, load_decoder()[1])
    head, *refinements = load_stages(network, stage)
    return RefinementReader(head, refinements, load_decoder()[1])


def sample_set(network: Network, stage: Stage, name: str, seed: int = 0) -> None:
    known = name.removesuffix(f"-{HELD}")
    images = np.unique(believed(known)["image"])
    if known not in TRAINING_SETS:
        return sample_images(network, stage, name, images, f"{name}-0")
    held = held_out_portraits() if known == "portraits" else {i for i in images if is_held_out(i)}
    if known != name:
        return sample_images(network, stage, known, sorted(held), name)
    rest = np.setdiff1d(images, sorted(held))
    return sample_images(network, stage, name, rest, f"{name}-{seed}", seed)


def store(parts: list[dict[str, np.ndarray]], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for key in list(parts[0]):
        np.save(folder / f"{key}.npy", np.concatenate([p.pop(key) for p in parts]))
    print(f"{folder.name}: {len(np.load(folder / 'face.npy'))} samples", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--stage", default="0", help="0 is the head, then its refinements; or landmarks, patches")
    given = parser.parse_args()
    stage = int(given.stage) if given.stage.isdigit() else given.stage
    for each in given.sets:
        sample_set(NETWORKS[given.network], stage, each, given.seed)
