"""Brotli copies, made once so that the server never compresses."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import brotli

from frontend.runtime.progress import Progress

_PROCESSES = 2
_LARGEST_WINDOW = 24
_BEST_QUALITY = 11
# Above this size the best quality costs minutes for a few per cent.
_BEST_QUALITY_LIMIT = 16_000_000
_FAST_QUALITY = 9
_LEAST_SAVING = 0.03


def compress_folder(folder: Path, progress: Progress) -> None:
    """Write a `.br` beside each file of `folder` that it makes smaller by 3 % or more."""
    paths = sorted(folder.iterdir(), key=lambda path: path.stat().st_size, reverse=True)
    sizes = {path: path.stat().st_size for path in paths}
    done = 0
    with ProcessPoolExecutor(_PROCESSES) as pool:
        running = {pool.submit(_compress, path): path for path in paths}
        for finished in as_completed(running):
            finished.result()
            done += sizes[running[finished]]
            progress.bar("compressed", done, sum(sizes.values()))


def _compress(path: Path) -> None:
    content = path.read_bytes()
    quality = _BEST_QUALITY if len(content) <= _BEST_QUALITY_LIMIT else _FAST_QUALITY
    smaller = brotli.compress(content, quality=quality, lgwin=_LARGEST_WINDOW)
    if len(smaller) <= len(content) * (1 - _LEAST_SAVING):
        path.with_name(path.name + ".br").write_bytes(smaller)
