"""What the dense head sees of every labelled face: python -m retinaface_training.samples SET

Runs the frozen detector over several views of each image, matches anchors to the labelled faces
and stores the features of up to four anchors a face and view. Seed 0: scales 1, 0.5 and a random
one; seed 1: three random scales; seed 2: two random scales, turned in the plane. Half of the views
are mirrored. Evaluation sets are seen as they are, kept anchors only.
"""

import argparse
from multiprocessing import Pool

import cv2
import numpy as np

from .appearance import held_out_portraits
from .detector import Detector, non_maximum_suppression, overlaps
from .face_grid import face_frames, grid_points, sample
from .labels import DETECTION_THRESHOLD, believed, read_rgb, resized
from .networks import INPUT, NETWORK, OWN_CHANNELS, STRIDES
from .paths import IMAGE_FOLDERS

TENSORS = {name: stride for name, (stride, _) in NETWORK.inner.items()} | {INPUT: 1}
SCALE_RANGE = {"wider-train": (0.35, 1.6), "portraits": (0.1, 1.0)}
MIN_FACE = 18  # input pixels of height
ANCHORS_A_FACE = 4
TURNED = 2  # the seed of the run whose views are turned in the plane
PLAIN = -1  # the seed of a run with one view and kept anchors only
ANCHOR_KINDS = [(s, i) for s in STRIDES for i in range(2)]


def feature_detector(threads: int = 1) -> Detector:
    """The detector at work, with what the dense head reads."""
    return Detector((*TENSORS, *(NETWORK.own.format(s) for s in STRIDES)), threads, NETWORK)


def views_of(name: str, seed: int, rng) -> list[tuple[float, bool, float]]:
    """(scale, mirrored, turned by so many degrees) of each view of an image."""
    if name not in SCALE_RANGE or seed == PLAIN:
        return [(1.0, False, 0.0)]
    low, high = SCALE_RANGE[name]
    random = [float(np.exp(rng.uniform(np.log(low), np.log(high)))) for _ in range(3)]
    scales = {0: [1.0, 0.5, random[0]], TURNED: random[:2]}.get(seed, random)
    angles = rng.uniform(-70, 70, 3) if seed == TURNED else np.zeros(3)
    return [(s, bool(rng.random() < 0.5), a) for s, a in zip(scales, angles)]


def show(rgb: np.ndarray, scale: float, mirrored: bool, angle: float):
    """The picture as the view has it and the map [2, 3] from its pixels to the view's."""
    picture, exact = resized(rgb, scale)
    height, width = picture.shape[:2]
    view = np.array([[exact[0], 0, 0], [0, exact[1], 0]])
    if mirrored:
        picture = np.ascontiguousarray(picture[:, ::-1])
        view[0] = [-exact[0], 0, width]
    if angle:
        turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
        picture = cv2.warpAffine(picture, turn, (width, height))
        turn[:, 2] += 0.5 - turn[:, :2] @ [0.5, 0.5]  # from pixel centres to corners
        view = np.column_stack([turn[:, :2] @ view[:, :2], turn[:, :2] @ view[:, 2] + turn[:, 2]])
    return picture, view


def boxes_in_view(boxes: np.ndarray, view: np.ndarray) -> np.ndarray:
    """Boxes of the same size about the moved centres."""
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2 @ view[:, :2].T + view[:, 2]
    half = (boxes[:, 2:] - boxes[:, :2]) / 2 * np.sqrt(abs(np.linalg.det(view[:, :2])))
    return np.concatenate([centre - half, centre + half], 1)


def match(anchors, boxes, rng, kept_only: bool) -> list[tuple[int, int, bool]]:
    """(anchor row, face row, kept by NMS) for the anchors used."""
    kept = non_maximum_suppression(anchors)
    rows, free = [], set(range(len(boxes)))
    best = [np.argmax(o) if (o := overlaps(b, boxes)).max() > 0.5 else -1 for b in anchors.box]
    for row in kept:
        face = best[row]
        if face in free:
            free.remove(face)
            rows.append((row, face, True))
    if kept_only:
        return rows
    is_kept = set(kept.tolist())
    for _, face, _ in list(rows):
        others = [r for r, f in enumerate(best) if f == face and r not in is_kept]
        for row in rng.permutation(others)[: ANCHORS_A_FACE - 1]:
            rows.append((int(row), face, False))
    return rows


def sample_view(detector, rgb, labels, faces, shown, rng, kept_only):
    picture, view = show(rgb, *shown)
    boxes = boxes_in_view(labels["box"][faces], view)
    anchors, tensors = detector.run(picture.astype(np.float32), DETECTION_THRESHOLD)
    tall = np.nonzero(anchors.box[:, 3] - anchors.box[:, 1] >= MIN_FACE)[0]
    anchors = anchors.take(tall)
    if len(anchors) == 0:
        return None
    matches = match(anchors, boxes, rng, kept_only)
    if not matches:
        return None
    rows, face, kept = (np.array(v) for v in zip(*matches))
    used = anchors.take(rows)
    centre, size, turn = face_frames(used.box, used.landmarks)
    points = grid_points(centre, size, turn)
    n = len(used)
    kind = [ANCHOR_KINDS.index((s, i)) for s, i in zip(used.stride, used.index)]
    own = np.zeros((n, OWN_CHANNELS), np.float32)
    for s in STRIDES:
        mine = used.stride == s
        cell = np.round((used.centre[mine] - NETWORK.first_centre) / s).astype(int)
        own[mine] = tensors[NETWORK.own.format(s)][:, cell[:, 1], cell[:, 0]].T
    columns = {
        "face": faces[face],
        "kept": kept,
        "kind": np.array(kind),
        "score": used.score,
        "box": used.box.astype(np.float32),
        "landmarks": used.landmarks.astype(np.float32),
        "centre": used.centre,
        "size": used.size,
        "view": np.tile(view, (n, 1, 1)),
        "own": own.astype(np.float16),
    }
    for name, stride in TENSORS.items():
        columns[name] = sample(tensors[name], points, stride).astype(np.float16)
    return columns


def sample_chunk(job):
    name, chunk, seed, job_seed = job
    cv2.setNumThreads(1)
    detector = feature_detector()
    labels = believed(name)
    rng = np.random.default_rng(job_seed)
    parts = []
    for image in chunk:
        rgb = read_rgb(IMAGE_FOLDERS[name] / image)
        faces = np.nonzero(labels["image"] == image)[0]
        for shown in views_of(name, seed, rng):
            kept_only = name not in SCALE_RANGE or seed == PLAIN
            columns = sample_view(detector, rgb, labels, faces, shown, rng, kept_only)
            if columns:
                parts.append(columns)
    return {k: np.concatenate([p[k] for p in parts]) for k in parts[0]} if parts else None


def sample_set(name: str, processes: int, seed: int = 0) -> None:
    images = np.unique(believed(name)["image"])
    if name == "portraits":
        images = np.setdiff1d(images, sorted(held_out_portraits()))
    chunks = np.array_split(images, max(1, len(images) // 25))
    jobs = [(name, chunk, seed, seed * 100_003 + i) for i, chunk in enumerate(chunks)]
    parts = []
    with Pool(processes) as pool:
        for done, part in enumerate(pool.imap(sample_chunk, jobs)):
            parts += [part] if part else []
            if done % 10 == 9:
                print(f"{name}: {done + 1}/{len(jobs)}", flush=True)
    store(parts, f"{name}-{seed}")


def sample_images(name: str, images: list[str], target: str) -> None:
    """Samples of some pictures, for looking at them."""
    store([sample_chunk((name, images, PLAIN, 0))], target)


def store(parts: list[dict[str, np.ndarray]], target: str) -> None:
    folder = NETWORK.work / "samples" / target
    folder.mkdir(parents=True, exist_ok=True)
    for key in list(parts[0]):
        np.save(folder / f"{key}.npy", np.concatenate([p.pop(key) for p in parts]))
    print(f"{target}: {len(np.load(folder / 'face.npy'))} samples", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", choices=list(IMAGE_FOLDERS))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    for each in given.sets:
        sample_set(each, given.processes, given.seed)
