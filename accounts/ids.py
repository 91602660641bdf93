"""Primary keys that say nothing and sort by time."""

from __future__ import annotations

import secrets
import time
from uuid import UUID


def uuid7() -> UUID:
    """A new UUID of version 7: 48 bits of Unix time in milliseconds, then 74 random bits.

    Random enough not to be guessed, ordered enough that an index grows at its end (RFC 9562, section 5.7).
    """
    unix_ts_ms = time.time_ns() // 1_000_000
    rand_a = secrets.randbits(12)
    rand_b = secrets.randbits(62)
    return UUID(int=(unix_ts_ms & (1 << 48) - 1) << 80 | 0x7 << 76 | rand_a << 64 | 0b10 << 62 | rand_b)
