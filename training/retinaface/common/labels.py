"""Teacher labels of every face of a set: python -m retinaface.common.labels SET [--processes 2]

YuNet-n finds the faces, FaceMesh v2 places the points: no other network has a part in the labels.
Writes WORK/labels/SET.npz, one row a face:
image (name), box [4], score, landmarks [5, 2], points [478, 3], mirrored [478, 3], logit.
All coordinates in pixels of the image. `mirrored` are the points found on the mirrored crop, with
left and right names still swapped. Images are done in chunks; a rerun skips the finished chunks.
"""

import argparse
from multiprocessing import Pool

import cv2
import numpy as np

from .detection import Anchors, non_maximum_suppression
from .paths import IMAGE_FOLDERS, WORK, image_names
from .teacher import Teacher
from .yunet import YuNet

CHUNK = 100
DETECTION_THRESHOLD = 0.5
MIN_HEIGHT = {"wider-train": 24, "wider-val": 16}
# Evaluation sees one scale only, as a user would; training faces are gathered over two.
SCALES = {"wider-train": (1.0, 0.5), "portraits": (1.0, 0.5), "cc0-faces": (1.0, 0.5)}


def read_rgb(path) -> np.ndarray:
    return cv2.cvtColor(cv2.imread(str(path), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def resized(rgb: np.ndarray, scale: float) -> tuple[np.ndarray, np.ndarray]:
    """The scaled picture and its exact scale in x and y."""
    if scale == 1:
        return rgb, np.ones(2)
    width, height = (round(n * scale) for n in rgb.shape[1::-1])
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(rgb, (width, height), interpolation=how)
    return small, np.array([width / rgb.shape[1], height / rgb.shape[0]])


def find_faces(detector: YuNet, rgb: np.ndarray, scales) -> Anchors:
    views = []
    for scale in scales:
        picture, exact = resized(rgb, scale)
        found, _ = detector.run(picture, DETECTION_THRESHOLD)
        found.box = found.box / np.tile(exact, 2)
        found.landmarks = found.landmarks / exact
        views.append(found)
    fields = Anchors.__dataclass_fields__
    merged = Anchors(*(np.concatenate([getattr(v, f) for v in views]) for f in fields))
    return merged.take(non_maximum_suppression(merged))


def label_chunk(job) -> None:
    name, start, images, target = job
    cv2.setNumThreads(1)
    detector, teacher = YuNet(), Teacher()
    rows: dict[str, list] = {k: [] for k in ("image", "box", "score", "landmarks")}
    answers = []
    for image in images:
        rgb = read_rgb(IMAGE_FOLDERS[name] / image)
        faces = find_faces(detector, rgb, SCALES.get(name, (1.0,)))
        height = faces.box[:, 3] - faces.box[:, 1]
        faces = faces.take(np.nonzero(height >= MIN_HEIGHT.get(name, 40))[0])
        for i in range(len(faces)):
            rows["image"].append(image)
            for field in ("box", "score", "landmarks"):
                rows[field].append(getattr(faces, field)[i])
            answers.append(teacher.label(rgb, faces.box[i], faces.landmarks[i]))
    columns = {k: np.array(v) for k, v in rows.items()}
    for i, field in enumerate(("points", "mirrored", "logit")):
        columns[field] = np.array([a[i] for a in answers], np.float32)
    np.savez(target, **columns)


def label_set(name: str, processes: int = 2, limit: int | None = None) -> None:
    folder = WORK / "labels" / name
    folder.mkdir(parents=True, exist_ok=True)
    images = image_names(name)[:limit]
    jobs = [
        (name, start, images[start : start + CHUNK], folder / f"{start:05d}.npz")
        for start in range(0, len(images), CHUNK)
    ]
    with Pool(processes) as pool:
        todo = [job for job in jobs if not job[3].exists()]
        for done, _ in enumerate(pool.imap_unordered(label_chunk, todo)):
            print(f"{name}: {done + 1}/{len(todo)} chunks", flush=True)
    parts = [np.load(job[3]) for job in jobs]
    parts = [p for p in parts if len(p["image"])]
    joined = {k: np.concatenate([p[k] for p in parts]) for k in parts[0].files}
    np.savez(WORK / "labels" / f"{name}.npz", **joined)
    print(f"{name}: {len(joined['image'])} faces", flush=True)


def believed(name: str) -> dict[str, np.ndarray]:
    """The faces that samples and crops are taken of; their row numbers refer to this."""
    return load_labels(name, 0.1 if name in ("wider-train", "portraits", "cc0-faces") else 0.0)


def load_labels(name: str, min_confidence: float = 0.6) -> dict[str, np.ndarray]:
    """The faces that the teacher believes in."""
    labels = dict(np.load(WORK / "labels" / f"{name}.npz"))
    confident = 1 / (1 + np.exp(-labels["logit"])) >= min_confidence
    return {k: v[confident] for k, v in labels.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", choices=list(IMAGE_FOLDERS))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    for each in given.sets:
        label_set(each, given.processes, given.limit)
