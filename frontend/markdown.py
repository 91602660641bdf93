"""Markdown as HTML that can do nothing but be read.

Two locks, one behind the other: the parser knows no HTML, and what it makes goes through a list of what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

# How a token becomes HTML: renderer, tokens, which of them, options, what was given to `MarkdownIt.render`
RenderRule = Callable[[RendererHTML, Sequence[Token], int, OptionsDict, Mapping[str, Any]], str]
# The values that an attribute of an element may have, by element and attribute
AllowedValues = Mapping[tuple[str, str], re.Pattern[str]]

_LANGUAGES = {"bash", "console", "html", "ini", "json", "nginx", "pycon", "py", "python", "sql", "toml"}
_MAX_COLOURED_CHARACTERS = 20_000
_CLASS_PREFIX = "hl-"
_TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre"),
    *("s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ANY = re.compile(r".*", re.DOTALL)
_ALLOWED_EVERYWHERE = {
    ("a", "title"): _ANY,
    ("img", "alt"): _ANY,
    ("img", "title"): _ANY,
    ("ol", "start"): re.compile(r"[0-9]{1,9}"),
    ("span", "class"): re.compile(rf"({_CLASS_PREFIX}[a-z0-9]+ ?)+"),
    ("td", "class"): re.compile(r"align-(left|right|center)"),
    ("th", "class"): re.compile(r"align-(left|right|center)"),
}


def make_parser(picture: RenderRule) -> MarkdownIt:
    """A parser of CommonMark with tables and coloured code; `picture` says what becomes of an image."""
    parser = MarkdownIt("commonmark", {"html": False, "highlight": _coloured}).enable(["table", "strikethrough"])
    parser.core.ruler.push("align_by_class", _align_by_class)
    parser.add_render_rule("image", picture)
    return parser


def only_allowed(
    html: str,
    allowed: AllowedValues,
    *,
    more_tags: Set[str] = frozenset(),
    link_rel: str,
    link_target: str | None = None,
) -> SafeString:
    """What of `html` is text, its headings below the first, lists, tables, links, pictures and `more_tags`.

    `allowed` adds to the attributes that stay, if their value matches in full. Links get `link_rel` and `link_target`.
    """
    values = {**_ALLOWED_EVERYWHERE, **allowed}
    attributes: dict[str, set[str]] = {}
    for tag, attribute in values:
        attributes.setdefault(tag, set()).add(attribute)

    def allowed_value(tag: str, attribute: str, value: str) -> str | None:
        pattern = values.get((tag, attribute))
        return value if pattern is None or pattern.fullmatch(value) else None

    clean = nh3.clean(
        html,
        tags=_TAGS | more_tags,
        attributes=attributes,
        attribute_filter=allowed_value,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=link_rel,
        set_tag_attribute_values={"a": {"target": link_target}} if link_target else None,
    )
    return mark_safe(clean)  # nosec B308 B703 # noqa: S308 - nh3 has let through only what is listed above


def _coloured(code: str, language: str, attributes: str) -> str:
    """The code in spans, or nothing: then the parser shows it as it is."""
    if language.lower() not in _LANGUAGES or len(code) > _MAX_COLOURED_CHARACTERS:
        return ""
    formatter = HtmlFormatter(nowrap=True, classprefix=_CLASS_PREFIX)
    return f"<pre><code>{highlight(code, get_lexer_by_name(language.lower()), formatter)}</code></pre>"


def _align_by_class(state: StateCore) -> None:
    """Cells are aligned by class, as style is refused."""
    for token in state.tokens:
        style = str(token.attrs.pop("style", ""))
        if style.startswith("text-align:"):
            token.attrs["class"] = f"align-{style.removeprefix('text-align:')}"
