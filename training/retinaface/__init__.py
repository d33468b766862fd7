"""Training of RetinaFace (arXiv 1905.00641): the detector and its dense regression branch."""

import os

# ONNX Runtime would send usage events.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
