"""What a teacher wrote in Markdown, as HTML that can do nothing but be read."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin

from exercises import formulas
from frontend.markdown import make_parser, only_allowed

# Pictures that cannot hold a script
_PICTURES = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".webp": "webp"}
_ALLOWED_VALUES = {
    ("a", "href"): re.compile(r"(https?://|mailto:)[^\s]+", re.IGNORECASE),
    ("img", "src"): re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*"),
    **{(tag, name): re.compile(r"[a-z0-9.-]+") for tag in formulas.TAGS for name in formulas.ATTRIBUTES},
}


def as_html(markdown: str, files: Mapping[str, bytes] | None = None) -> SafeString:
    """The statement as HTML: headings below the page's own, tables, coloured code, formulas, pictures out of `files`.

    A picture from elsewhere becomes its words, as pages load nothing from foreign hosts. Links open in a new tab.
    """
    rendered = _PARSER.render(markdown, {"files": files or {}})
    return only_allowed(
        rendered,
        _ALLOWED_VALUES,
        more_tags=formulas.TAGS,
        link_rel="noopener noreferrer nofollow",
        link_target="_blank",
    )


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


def _formula(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Mapping[str, Any]
) -> str:
    return formulas.as_mathml(tokens[index].content.strip(), is_block=tokens[index].type == "math_block")


def _below_the_title(state: StateCore) -> None:
    """A # is a heading of the second level: the page has a title."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1:]) + 1, 6)}"


def _parser() -> MarkdownIt:
    parser = make_parser(_picture)
    # $x^2$ in a line, $$x^2$$ in lines of its own; $5 and $6 are prices.
    parser.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False)
    parser.add_render_rule("math_inline", _formula)
    parser.add_render_rule("math_block", _formula)
    parser.core.ruler.push("below_the_title", _below_the_title)
    return parser


_PARSER = _parser()
