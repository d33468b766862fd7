"""Where the detector's own files go; data and mesh labels are where retinaface.common has them."""

import os
from pathlib import Path

from ..common.paths import DATA, REPOSITORY

RUNS = Path(os.environ.get("RETINAFACE_DETECTOR_DIR", REPOSITORY / "training" / "work" / "detector"))
PICTURES = DATA / "wider-train"
FIGURES = REPOSITORY / "training" / "figures"
