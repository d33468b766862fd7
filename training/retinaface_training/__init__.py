"""From a teacher's labels to the shipped weights of the mesh branch."""

import os

# ONNX Runtime would send usage events.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
