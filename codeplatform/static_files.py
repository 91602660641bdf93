"""Static files and the Python runtime, served by WhiteNoise under names that change with their content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit
from wsgiref.headers import Headers

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from whitenoise.compress import Compressor  # type: ignore[import-untyped]
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

from frontend.runtime.current import DESCRIPTION_NAME, current_runtime

RUNTIME_PREFIX = "/runtime/"
_STATIC_PREFIX = urlsplit(settings.STATIC_URL).path
# What the sandbox frame loads. Its origin is opaque, so to it our own host is a foreign one.
SANDBOX_PREFIXES = (RUNTIME_PREFIX, f"{_STATIC_PREFIX}sandbox/", f"{_STATIC_PREFIX}python/")
# The worker that holds the linter compiles WebAssembly; the page's own policy allows none.
LINT_WORKER_PREFIX = f"{_STATIC_PREFIX}linting/worker"
LINT_WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
# Brotli at its best takes 34 s for the linter's 11 MB and saves 15 % of what it sends; quality 6 takes 0.6 s.
_LARGE_FILE_BYTES = 1024 * 1024
_LARGE_FILE_QUALITY = 6
MEDIA_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".py": "text/x-python",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".bin": "application/octet-stream",
    ".data": "application/octet-stream",
}


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise that also serves the runtime, under /runtime/<version>/ and for ever: a version never changes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        self.runtime_versions: set[str] = set()
        self._add_runtime()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # A runtime that was built while the server ran is found when it is first asked for.
        if request.path_info.startswith(RUNTIME_PREFIX) and request.path_info not in self.files:
            self._add_runtime()
        response: HttpResponseBase = super().__call__(request)
        return response

    def get_static_file(self, *args: Any, **kwargs: Any) -> Any:
        # The setting WHITENOISE_ADD_HEADERS_FUNCTION takes a function, which settings.py cannot import from here.
        self.add_headers_function = add_headers
        return super().get_static_file(*args, **kwargs)

    def immutable_file_test(self, path: str, url: str) -> bool:
        return url.startswith(RUNTIME_PREFIX) or bool(super().immutable_file_test(path, url))

    def add_mime_headers(self, headers: Headers, path: str, url: str) -> None:
        media_type = MEDIA_TYPES.get(PurePath(path).suffix) or self.media_types.get_type(path)
        headers["Content-Type"] = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type

    def _add_runtime(self) -> None:
        """Add the runtime of now and the finished ones beside it: an open page goes on loading from the last."""
        runtime = current_runtime()
        if runtime is None or runtime.version in self.runtime_versions:
            return
        for description in runtime.folder.parent.glob(f"*/{DESCRIPTION_NAME}"):
            folder = description.parent
            if folder.name not in self.runtime_versions:
                self.runtime_versions.add(folder.name)
                self.add_files(folder, prefix=f"{RUNTIME_PREFIX}{folder.name}/")


# Django's own patterns allow anything up to the next "from": they reach across statements and hash a name twice.
_NAMES = r"""(?:[\w$]+|\*(?:\s*as\s+[\w$]+)?|\{[^{}"'`]*\})"""
_MODULE_PATTERNS = (
    (
        rf"""(?P<matched>(?P<clause>(?<![\w.$])(?:import|export)(?=[\s{{*])\s*{_NAMES}(?:\s*,\s*{_NAMES})?\s*from\s*)"""
        r"""["'](?P<url>\.\.?/[^"']+)["'])""",
        '%(clause)s"%(url)s"',
    ),
    (r"""(?P<matched>(?<![\w.$])import\s*["'](?P<url>\.\.?/[^"']+)["'])""", 'import "%(url)s"'),
    (r"""(?P<matched>(?<![\w.$])import\(\s*["'](?P<url>\.\.?/[^"']+)["']\s*\))""", 'import("%(url)s")'),
)


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names carry a hash of the content, in the imports of our ES modules too; copies are compressed."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("*.js", _MODULE_PATTERNS),
        ("*.mjs", _MODULE_PATTERNS),
    )
    # One pass for each module in the longest chain of imports, and one to see that nothing changes any more.
    max_post_process_passes = 12

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        # The project page names 180 files, which took a third of its time.
        if name not in self._addresses:
            self._addresses[name] = super().url(name, force)
        return self._addresses[name]

    def create_compressor(self, **kwargs: Any) -> Compressor:
        return QuickCompressor(**kwargs)


class QuickCompressor(Compressor):  # type: ignore[misc]
    """Compresses small files well and large ones quickly: collecting static files must not keep anybody waiting."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        quality = _LARGE_FILE_QUALITY if len(data) > _LARGE_FILE_BYTES else 11
        compressed: bytes = brotli.compress(data, quality=quality)
        return compressed


def add_headers(headers: Headers, path: str, url: str) -> None:
    """What WhiteNoise asks for each file: only what the sandbox frame loads may be read from another origin."""
    if url.startswith(SANDBOX_PREFIXES):
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    else:
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if url.startswith(LINT_WORKER_PREFIX):
        headers["Content-Security-Policy"] = LINT_WORKER_POLICY
    headers["Cross-Origin-Embedder-Policy"] = "require-corp"
    headers["X-Content-Type-Options"] = "nosniff"
