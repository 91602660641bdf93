"""Serves the bare page and the official Pyodide files as our own site serves its files: WhiteNoise, gunicorn."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from whitenoise import WhiteNoise

FOLDER = Path(os.environ["BARE_FOLDER"])


def _not_found(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"not found"]


def _isolate(headers: Any, path: str, url: str) -> None:
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Embedder-Policy"] = "require-corp"


def _is_immutable(path: str, url: str) -> bool:
    return "/pyodide/" in url


application = WhiteNoise(
    _not_found,
    root=FOLDER,
    index_file=True,
    add_headers_function=_isolate,
    immutable_file_test=_is_immutable,
    mimetypes={".mjs": "text/javascript", ".wasm": "application/wasm"},
)
