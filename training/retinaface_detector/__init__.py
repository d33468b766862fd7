"""Training of our own RetinaFace detector with the paper's multi-task loss (arXiv 1905.00641)."""

import os

# ONNX Runtime would send usage events.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
