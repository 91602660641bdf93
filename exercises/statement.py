"""What a teacher wrote in Markdown, as HTML that can do nothing but be read.

Two locks, one behind the other: the parser knows no HTML, and what it makes goes through a list of what is allowed.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
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

# Pictures that cannot hold a script
_PICTURES = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".webp": "webp"}
_LANGUAGES = {"bash", "console", "html", "ini", "json", "pycon", "py", "python", "sql", "toml"}
_MAX_COLOURED_CHARACTERS = 20_000
_CLASS_PREFIX = "hl-"
_TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre"),
    *("s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"alt", "src", "title"},
    "ol": {"start"},
    "span": {"class"},
    "td": {"class"},
    "th": {"class"},
}
_ALLOWED_VALUES = {
    ("a", "href"): re.compile(r"(https?://|mailto:)[^\s]+", re.IGNORECASE),
    ("img", "src"): re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*"),
    ("ol", "start"): re.compile(r"[0-9]{1,9}"),
    ("span", "class"): re.compile(rf"({_CLASS_PREFIX}[a-z0-9]+ ?)+"),
    ("td", "class"): re.compile(r"align-(left|right|center)"),
    ("th", "class"): re.compile(r"align-(left|right|center)"),
}


def as_html(markdown: str, files: Mapping[str, bytes] | None = None) -> SafeString:
    """The statement as HTML: headings below the page's own, tables, coloured code, pictures out of `files`.

    A picture from elsewhere becomes its words, as pages load nothing from foreign hosts. Links open in a new tab.
    """
    rendered = _PARSER.render(markdown, {"files": files or {}})
    clean = nh3.clean(
        rendered,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_allowed_value,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has let through only what is listed above


def _allowed_value(tag: str, attribute: str, value: str) -> str | None:
    pattern = _ALLOWED_VALUES.get((tag, attribute))
    return value if pattern is None or pattern.fullmatch(value) else None


def _coloured(code: str, language: str, attributes: str) -> str:
    """The code in spans, or nothing: then the parser shows it as it is."""
    if language.lower() not in _LANGUAGES or len(code) > _MAX_COLOURED_CHARACTERS:
        return ""
    formatter = HtmlFormatter(nowrap=True, classprefix=_CLASS_PREFIX)
    return f"<pre><code>{highlight(code, get_lexer_by_name(language.lower()), formatter)}</code></pre>"


def _picture(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Mapping[str, Any]
) -> str:
    token = tokens[index]
    path = str(token.attrs.get("src", "")).removeprefix("./").removeprefix("starter/")
    kind = _PICTURES.get("." + path.rpartition(".")[2].lower())
    token.attrs["alt"] = renderer.renderInlineAsText(token.children or [], options, dict(env))
    if kind is None or path not in env["files"]:
        return f"<em>{nh3.clean_text(str(token.attrs['alt']) or path)}</em>"
    token.attrs["src"] = f"data:image/{kind};base64,{base64.b64encode(env['files'][path]).decode()}"
    return renderer.renderToken(tokens, index, options, dict(env))


def _below_the_title(state: StateCore) -> None:
    """A # is a heading of the second level: the page has a title. Cells are aligned by class, as style is refused."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1:]) + 1, 6)}"
        style = str(token.attrs.pop("style", ""))
        if style.startswith("text-align:"):
            token.attrs["class"] = f"align-{style.removeprefix('text-align:')}"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "highlight": _coloured}).enable(["table", "strikethrough"])
    parser.core.ruler.push("below_the_title", _below_the_title)
    parser.add_render_rule("image", _picture)
    return parser


_PARSER = _parser()
