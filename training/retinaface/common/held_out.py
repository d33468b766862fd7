"""Pictures of wider-train that nothing is trained on: choices are made on them."""

from zlib import crc32

SHARE = 25  # one in so many


def is_held_out(name: str) -> bool:
    """Of a picture's name, with or without its ending."""
    return crc32(name.removesuffix(".jpg").encode()) % SHARE == 0
