"""Programs that public pages show, and run in the visitor's own browser once Run is pressed."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

ENTRY = "main.py"
_CLASS_PREFIX = "hl-"


@dataclass(frozen=True)
class DataFile:
    """A file beside the program; `text` is None where it is not text, `image` its address where it is a PNG."""

    path: str
    size: int
    text: str | None
    image: str | None


@dataclass(frozen=True)
class LiveProgram:
    """For `frontend/_live_program.html`: `files` by path, `main.py` among them; `name` tells programs apart."""

    name: str
    files: Mapping[str, bytes]

    @property
    def code(self) -> str:
        return self.files[ENTRY].decode()

    @cached_property
    def lines(self) -> list[SafeString]:
        """The code, coloured, as HTML line by line."""
        formatter = HtmlFormatter(nowrap=True, classprefix=_CLASS_PREFIX)
        html = highlight(self.code, PythonLexer(stripnl=False), formatter)
        return [mark_safe(line) for line in html.removesuffix("\n").split("\n")]  # nosec B308 B703 # noqa: S308 - Pygments has escaped it

    @cached_property
    def data_files(self) -> list[DataFile]:
        return [_data_file(path, content) for path, content in self.files.items() if path != ENTRY]

    @property
    def config(self) -> dict[str, Any]:
        """What the page's script starts from."""
        return {"name": self.name, "entry": ENTRY, "files": [_wire(*file) for file in self.files.items()]}


def _data_file(path: str, content: bytes) -> DataFile:
    if path.endswith(".png"):
        return DataFile(path, len(content), None, f"data:image/png;base64,{base64.b64encode(content).decode()}")
    return DataFile(path, len(content), _text(content), None)


def _wire(path: str, content: bytes) -> dict[str, str]:
    """As projects are sent to their pages (static/saving/content.js)."""
    text = _text(content)
    return (
        {"path": path, "base64": base64.b64encode(content).decode()} if text is None else {"path": path, "text": text}
    )


def _text(content: bytes) -> str | None:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None
