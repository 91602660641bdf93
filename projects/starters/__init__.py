"""What a new project can start from: real files, in a folder each beside this one, listed in starters.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from projects.saving import Change, change_from_bytes

DEFAULT = "console"
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Starter:
    """`name` is what projects keep as their template; `title` and `about` are for people."""

    name: str
    title: str
    about: str
    files: tuple[Change, ...]


@cache
def starters() -> dict[str, Starter]:
    """By name, in the order in which they are offered."""
    listed = tomllib.loads((_FOLDER / "starters.toml").read_text("utf-8"))
    return {name: Starter(name, files=_files(_FOLDER / name), **words) for name, words in listed.items()}


def _files(folder: Path) -> tuple[Change, ...]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return tuple(change_from_bytes(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths)
