"""The books: every page of Markdown that the project has about itself, taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

BASE_DIR = Path(__file__).resolve().parents[3]
PATHS = sorted((*BASE_DIR.glob("*.md"), *(BASE_DIR / "docs").rglob("*.md")))
_PARSER = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Book:
    path: Path
    anchors: frozenset[str]
    links: tuple[str, ...]
    pictures: tuple[str, ...]
    bold: tuple[str, ...]
    code: tuple[str, ...]  # lines of blocks, and spans

    def __str__(self) -> str:
        return self.path.relative_to(BASE_DIR).as_posix()


@cache
def read(path: Path) -> Book:
    tokens = _PARSER.parse(path.read_text("utf-8"))
    inner = [token for token in _all(tokens) if token.type != "inline"]
    return Book(
        path,
        frozenset(_anchors(tokens)),
        tuple(str(token.attrs["href"]) for token in inner if token.type == "link_open"),
        tuple(str(token.attrs["src"]) for token in inner if token.type == "image"),
        tuple(_bold(tokens)),
        tuple(line for token in inner if token.type in {"fence", "code_inline"} for line in _lines(token.content)),
    )


def _lines(code: str) -> list[str]:
    return code.replace("\\\n", " ").splitlines()


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def _anchors(tokens: list[Token]) -> Iterator[str]:
    """The names of the headings in addresses, as code hosts make them."""
    seen: dict[str, int] = {}
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open":
            name = slugify("".join(token.content for token in inline.children or []))
            count = seen[name] = seen.get(name, -1) + 1
            yield f"{name}-{count}" if count else name


def _bold(tokens: list[Token]) -> Iterator[str]:
    for inline in (token for token in _all(tokens) if token.type == "inline"):
        words: list[str] | None = None
        for token in inline.children or []:
            if token.type == "strong_open":
                words = []
            elif token.type == "strong_close" and words is not None:
                yield "".join(words)
                words = None
            elif words is not None:
                words.append(" " if token.type == "softbreak" else token.content)


BOOKS = [read(path) for path in PATHS]
