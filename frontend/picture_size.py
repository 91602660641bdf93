"""How large a picture is, out of its first bytes."""

from __future__ import annotations

import struct

_PNG = b"\x89PNG\r\n\x1a\n"


def picture_size(head: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG (https://www.w3.org/TR/png-3/#11IHDR) or a WebP as browsers write it
    (RFC 9649, section 2.7, extended). `head` is at least its first 30 bytes.

    Raises ValueError for any other kind.
    """
    if head.startswith(_PNG):
        width, height = struct.unpack(">II", head[16:24])
        return width, height
    if head[:4] == b"RIFF" and head[8:16] == b"WEBPVP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    raise ValueError("The picture is neither PNG nor extended WebP.")
