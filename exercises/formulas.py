"""Formulas as TeX writes them, as MathML that browsers draw and read out by themselves."""

from __future__ import annotations

import html
from xml.etree import ElementTree  # noqa: S405 - makes elements, parses nothing

from latex2mathml.converter import convert_to_element

MAX_CHARACTERS = 500
# The elements and attributes of MathML Core (https://www.w3.org/TR/mathml-core/) that formulas of a school need.
TAGS = frozenset(
    {
        *(
            "math",
            "mfrac",
            "mi",
            "mn",
            "mo",
            "mover",
            "mpadded",
            "mphantom",
            "mroot",
            "mrow",
            "mspace",
            "msqrt",
            "mstyle",
        ),
        *("msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover"),
    }
)
ATTRIBUTES = frozenset({"display", "fence", "linethickness", "mathvariant", "movablelimits", "stretchy", "width"})


def as_mathml(tex: str, *, is_block: bool) -> str:
    """The formula as MathML with no element or attribute but TAGS and ATTRIBUTES.

    What is no formula, or longer than MAX_CHARACTERS, is shown as it was typed.
    """
    as_typed = f"<code>{html.escape(tex)}</code>"
    if len(tex) > MAX_CHARACTERS:
        return as_typed
    try:
        element = convert_to_element(tex, display="block" if is_block else "inline")
    except Exception:  # noqa: BLE001 - the library's errors have no common kind, and anybody's typing gets here
        return as_typed
    _reduce(element)
    return ElementTree.tostring(element, encoding="unicode", method="html")


def _reduce(element: ElementTree.Element) -> None:
    if element.tag not in TAGS:
        element.tag = "mrow"
    element.attrib = {name: value for name, value in element.attrib.items() if name in ATTRIBUTES}
    # The library writes signs as references to characters.
    element.text = html.unescape(element.text or "")
    for child in element:
        _reduce(child)
