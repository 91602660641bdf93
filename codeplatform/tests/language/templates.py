"""Texts in templates that nobody can translate: what stands outside `translate` and `blocktranslate`."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARKED = re.compile(
    r"\{% blocktrans(?:late)?\b.*?\{% endblocktrans(?:late)? %\}|\{% comment.*?endcomment %\}|\{#.*?#\}", re.S
)
_TAG_OF_DJANGO = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
_ELEMENT = re.compile(
    r"<!--.*?-->|<(script|style|pre|code|kbd|samp)\b.*?</\1>|</?[a-z!](?:\"[^\"]*\"|'[^']*'|[^'\"<>])*>",
    re.S | re.IGNORECASE,
)
_READ_ATTRIBUTE = re.compile(
    r"""\b(?:title|alt|placeholder|label|aria-label|aria-description|aria-roledescription)=(?:"([^"]*)"|'([^']*)')"""
)
_DESCRIPTION = re.compile(r"""<meta name="description" content=(?:"([^"]*)"|'([^']*)')""")
# A filter that puts in a text of its own
_FILTER = re.compile(r"""\|(?:pluralize\b|(?:default|default_if_none|yesno):"[^"]*[A-Za-z]{2,}[^"]*")""")
# The name of the site, the same in all languages; and a part of an attribute that stands in a block of its own
_NO_TEXTS = re.compile("codeplatform|interactive-widget=resizes-content")


def unmarked(source: str) -> Iterator[tuple[int, str]]:
    """Each text with letters that is shown as it stands, with the number of its line."""
    visible = _MARKED.sub(_blank, source)
    for match in _FILTER.finditer(visible):
        yield _at(source, match.start(), match.group())
    # Tags of Django may hold quotes and brackets: what is left of them must not look like a part of an element.
    plain = _TAG_OF_DJANGO.sub(_blank, visible)
    for element in _ELEMENT.finditer(plain):
        found = [*_READ_ATTRIBUTE.finditer(element.group()), *_DESCRIPTION.finditer(element.group())]
        for match in found:
            if _has_words(text := match.group(1) or match.group(2) or ""):
                yield _at(source, element.start() + match.start(), text)
    for number, line in enumerate(_ELEMENT.sub(_blank, plain).split("\n"), 1):
        if _has_words(line):
            yield number, line.strip()


def _has_words(text: str) -> bool:
    return bool(re.search(r"[A-Za-z]", _NO_TEXTS.sub("", re.sub(r"&#?\w+;", "", text))))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _at(source: str, place: int, text: str) -> tuple[int, str]:
    return source.count("\n", 0, place) + 1, text
