"""The weight file: the safetensors layout with a checksum and the layer list in its metadata."""

import json
import struct
import zlib
from pathlib import Path

import numpy as np

TYPES = {"F32": np.float32, "F16": np.float16, "I32": np.int32}
NAMES = {np.dtype(t): name for name, t in TYPES.items()}


def read_tensors(path: Path) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    raw = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    data = raw[8 + length :]
    metadata = header.pop("__metadata__", {})
    if int(metadata["crc32"], 16) != zlib.crc32(data):
        raise ValueError(f"{path}: checksum differs from the header's; make the file again")
    tensors = {}
    for name, entry in header.items():
        first, last = entry["data_offsets"]
        flat = np.frombuffer(data[first:last], TYPES[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"]).copy()
    return tensors, metadata


def write_tensors(path: Path, tensors: dict[str, np.ndarray], metadata: dict[str, str]) -> None:
    header, blobs, offset = {}, [], 0
    # Wider elements first, so that every tensor starts on a multiple of its element size.
    for name, value in sorted(tensors.items(), key=lambda t: -t[1].dtype.itemsize):
        blob = np.ascontiguousarray(value).tobytes()
        header[name] = {
            "dtype": NAMES[value.dtype],
            "shape": list(value.shape),
            "data_offsets": [offset, offset + len(blob)],
        }
        blobs.append(blob)
        offset += len(blob)
    data = b"".join(blobs)
    header["__metadata__"] = {
        "format": "retinaface-mesh",
        "version": "1",
        "crc32": f"{zlib.crc32(data):08x}",
        **metadata,
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)
