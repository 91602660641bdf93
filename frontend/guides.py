"""The guides: Markdown in `docs/`, shown at /help/."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import nh3
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from frontend.markdown import make_parser, only_allowed
from frontend.picture_size import picture_size

DOCS = Path(settings.BASE_DIR) / "docs"
# In the order in which they are read. A guide's address is the name of its file.
GUIDES = {
    Path(path).stem: path
    for path in (
        "guides/student.md",
        "guides/teacher.md",
        "writing-exercises.md",
        "exercise-format.md",
        "guides/school-admin.md",
        "guides/operator.md",
        "guides/developer.md",
    )
}
_PICTURES = "images/"
_ALLOWED_VALUES = {
    ("a", "href"): re.compile(r"(https?://|mailto:|/|#)[^\s]*", re.IGNORECASE),
    ("img", "src"): re.compile(re.escape(settings.STATIC_URL) + r"docs/[\w./-]+"),
    ("img", "width"): re.compile(r"[0-9]{1,4}"),
    ("img", "height"): re.compile(r"[0-9]{1,4}"),
    ("img", "loading"): re.compile(r"lazy"),
    ("h2", "id"): re.compile(r"[\w-]+"),
    ("h3", "id"): re.compile(r"[\w-]+"),
}


@dataclass(frozen=True)
class Heading:
    id: str
    text: str


@dataclass(frozen=True)
class Guide:
    """A guide as a page shows it: `summary` is its first paragraph, `contents` are its chapters."""

    slug: str
    title: str
    summary: str
    contents: tuple[Heading, ...]
    html: SafeString


def all_guides() -> list[Guide]:
    return [read_guide(slug) for slug in GUIDES]


def read_guide(slug: str) -> Guide:
    """The guide of this name; made once for each version of its file.

    Raises KeyError for any other name.
    """
    path = DOCS / GUIDES[slug]
    return _make_guide(slug, path.stat().st_mtime_ns)


def neighbours(slug: str) -> tuple[Guide | None, Guide | None]:
    """The guides before and after this one."""
    slugs = list(GUIDES)
    place = slugs.index(slug)
    before = read_guide(slugs[place - 1]) if place else None
    after = read_guide(slugs[place + 1]) if place + 1 < len(slugs) else None
    return before, after


@lru_cache(maxsize=len(GUIDES))
def _make_guide(slug: str, modified_ns: int) -> Guide:
    env = {"folder": posixpath.dirname(GUIDES[slug])}
    tokens = _PARSER.parse((DOCS / GUIDES[slug]).read_text("utf-8"), env)
    texts = [_text(token) for token in tokens]
    title_end = next(i for i, token in enumerate(tokens) if token.type == "heading_close") + 1
    summary = next(i for i in range(title_end, len(tokens)) if tokens[i].type == "inline")
    used: set[str] = set()
    contents = []
    for opening, text in zip(tokens, texts[1:], strict=False):
        if opening.type == "heading_open" and opening.tag != "h1":
            opening.attrs["id"] = _anchor(text, used)
            if opening.tag == "h2":
                contents.append(Heading(str(opening.attrs["id"]), text))
    html = _PARSER.renderer.render(tokens[title_end:], _PARSER.options, env)
    clean = only_allowed(html, _ALLOWED_VALUES, link_rel="noopener")
    return Guide(slug, texts[1], texts[summary], tuple(contents), clean)


def _text(token: Token) -> str:
    """What stands in a token, without its marks."""
    inner = token.children or []
    return "".join(child.content if child.type in {"text", "code_inline"} else _gap(child) for child in inner)


def _gap(token: Token) -> str:
    return " " if token.type == "softbreak" else ""


def _anchor(text: str, used: set[str]) -> str:
    """The heading's name in addresses, as code hosts make it."""
    base = slugify(text)
    name = next(n for n in (base, *(f"{base}-{i}" for i in range(1, 100))) if n not in used)
    used.add(name)
    return name


def _in_docs(target: str, env: Mapping[str, Any]) -> str:
    """The path in `docs/` of what a guide calls `target`."""
    return posixpath.normpath(posixpath.join(env["folder"], target))


def _link(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Mapping[str, Any]
) -> str:
    """Links to guides lead to their pages; those to other files, which are not on the site, become plain words."""
    token = tokens[index]
    path, hash_mark, anchor = str(token.attrs["href"]).partition("#")
    if path and not re.match(r"https?:|mailto:|/", path):
        slug = next((slug for slug, file in GUIDES.items() if file == _in_docs(path, env)), None)
        if slug is None:
            del token.attrs["href"]
        else:
            token.attrs["href"] = reverse("frontend:guide", args=[slug]) + hash_mark + anchor
    return renderer.renderToken(tokens, index, options, dict(env))


def _picture(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Mapping[str, Any]
) -> str:
    token = tokens[index]
    path = _in_docs(str(token.attrs["src"]), env)
    token.attrs["alt"] = _text(token)
    file = DOCS / path
    if not path.startswith(_PICTURES) or not file.is_file():
        return f"<em>{nh3.clean_text(str(token.attrs['alt']))}</em>"
    with file.open("rb") as opened:
        width, height = picture_size(opened.read(32))
    source = static(f"docs/{path.removeprefix(_PICTURES)}")
    token.attrs |= {"src": source, "width": width, "height": height, "loading": "lazy"}
    return renderer.renderToken(tokens, index, options, dict(env))


def _parser() -> MarkdownIt:
    parser = make_parser(_picture)
    parser.add_render_rule("link_open", _link)
    return parser


_PARSER = _parser()
