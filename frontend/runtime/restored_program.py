"""A small program that a restored snapshot must run. Its last value is printed, and must be `restored`."""

import asyncio
import hashlib
import lzma
import random
import sqlite3
import ssl  # noqa: F401
import time
import wsgiref.util  # noqa: F401  (not in the snapshot: the library's zip must still be the one it was made with)
from decimal import Decimal

from pyodide.ffi import can_run_sync, run_sync  # type: ignore[import-not-found]

random.seed()
first = random.random()  # noqa: S311
random.seed()
if first == random.random():  # noqa: S311
    raise RuntimeError("random cannot be reseeded")
if lzma.decompress(lzma.compress(b"a")) != b"a" or Decimal("0.1") + Decimal("0.2") != Decimal("0.3"):
    raise RuntimeError("a module of the standard library does not work")
if sqlite3.connect(":memory:").execute("select 6 * 7").fetchone() != (42,):
    raise RuntimeError("sqlite3 does not work")
if len(hashlib.sha256(b"").hexdigest()) != 64:
    raise RuntimeError("hashlib does not work")
if can_run_sync() != has_jspi:  # type: ignore[name-defined]  # noqa: F821 (set by restore.mjs)
    raise RuntimeError("the snapshot and this Node differ on JSPI")
if can_run_sync():
    run_sync(asyncio.sleep(0.001))
    time.sleep(0.001)
"restored"  # noqa: B018
