"""The examples of the public pages: a folder each beside this file, with `example.toml`, `main.py` and data files.

`examples.toml` lists the groups in their order, with their titles and the examples in each. An `example.toml` holds

- `title`, and `about`: one line for the list
- `text`: a paragraph or two about what the program shows, parted by empty lines
- `try_this`: small changes to make, each a sentence; `code` in backquotes
- `prints`: lines that the program prints, in this order, among others perhaps
- `answers`: what is typed in at input()
- `figures`: how many pictures it shows; the list shows one of them, which `tools/pictures/examples.py` makes
- `writes`: which files it writes
- `needs_package`: whether it imports more than the standard library
- `asks`: the web address that it reads
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from frontend.live_program import LiveProgram

FOLDER = Path(__file__).parent
DESCRIPTION = "example.toml"
LIST = "examples.toml"


@dataclass(frozen=True)
class Example:
    """See the head of this file for what it holds; `files` are those of the program, by path."""

    slug: str
    title: str
    about: str
    text: str
    try_this: tuple[str, ...]
    files: Mapping[str, bytes]
    prints: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    figures: int = 0
    writes: tuple[str, ...] = ()
    needs_package: bool = False
    asks: str = ""

    @property
    def program(self) -> LiveProgram:
        return LiveProgram(self.slug, self.files)

    @property
    def picture(self) -> str:
        """What it shows, small: the name of a static file, or nothing."""
        return f"examples/{self.slug}.webp" if self.figures else ""

    @property
    def paragraphs(self) -> list[str]:
        return self.text.strip().split("\n\n")


@dataclass(frozen=True)
class Group:
    """Examples of one kind, in the order in which they are listed."""

    title: str
    examples: tuple[Example, ...]


@cache
def groups() -> tuple[Group, ...]:
    listed = tomllib.loads((FOLDER / LIST).read_text("utf-8"))
    return tuple(
        Group(group["title"], tuple(_read(FOLDER / slug) for slug in group["examples"])) for group in listed["group"]
    )


@cache
def examples() -> dict[str, Example]:
    """By slug, in the order of the list."""
    return {example.slug: example for group in groups() for example in group.examples}


def _read(folder: Path) -> Example:
    told = tomllib.loads((folder / DESCRIPTION).read_text("utf-8"))
    unknown = told.keys() - {field.name for field in fields(Example)} - {"slug", "files"}
    if unknown:
        raise ValueError(f"{folder.name}/{DESCRIPTION} has unknown keys: {', '.join(sorted(unknown))}.")
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.name != DESCRIPTION}
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Example(slug=folder.name, files=files, **values)
