"""Brotli copies, made once so that the server never compresses."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import brotli

from frontend.runtime.hashing import sha256_of
from frontend.runtime.progress import Progress

SUFFIX = ".br"
_THREADS = 2  # brotli lets other threads run while it works
_LARGEST_WINDOW = 24
# Every visit needs the core; the best quality takes ten times as long as the next and saves 10 to 15 %.
_CORE_QUALITY = 11
_WHEEL_QUALITY = 9
_LEAST_SAVING = 0.03


def compress_folder(folder: Path, made: Mapping[str, Path], progress: Progress) -> None:
    """Write a `.br` beside each file of `folder` that it makes smaller by 3 % or more.

    `made` maps the sha256 of a file's content to a brotli copy made of it before.
    """
    paths = sorted(folder.iterdir(), key=lambda path: path.stat().st_size, reverse=True)
    total = sum(path.stat().st_size for path in paths)
    done = 0
    with ThreadPoolExecutor(_THREADS) as pool:
        running = {pool.submit(_compress, path, made.get(sha256_of(path))): path.stat().st_size for path in paths}
        try:
            for finished in as_completed(running):
                finished.result()
                done += running[finished]
                progress.bar("compressed", done, total)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _compress(path: Path, made: Path | None) -> None:
    content = path.read_bytes()
    target = path.with_name(path.name + SUFFIX)
    if made and _holds(made, content):
        shutil.copyfile(made, target)
        return
    quality = _WHEEL_QUALITY if path.suffix == ".whl" else _CORE_QUALITY
    smaller = brotli.compress(content, quality=quality, lgwin=_LARGEST_WINDOW)
    if len(smaller) <= len(content) * (1 - _LEAST_SAVING):
        target.write_bytes(smaller)


def _holds(made: Path, content: bytes) -> bool:
    try:
        return bool(brotli.decompress(made.read_bytes()) == content)
    except (OSError, brotli.error):
        return False
