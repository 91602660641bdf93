"""What a guide has in bold stands on the screen: on a button, in a menu, as a label."""

from __future__ import annotations

import html
import re
from functools import cache

import pytest
from django.contrib import admin

from codeplatform.tests.docs.books import BASE_DIR, BOOKS, Book

APPS = ("accounts", "schools", "projects", "exercises", "assessment", "frontend", "codeplatform")
GUIDES = ("student", "teacher", "writing-exercises", "school-admin")
_IF = re.compile(r"\{%\s*(?:el)?if[^%]*%\}(?:(?!\{%\s*(?:if|endif)).)*\{%\s*endif\s*%\}", re.DOTALL)
_TAG = re.compile(r"\{%(?!\s*(?:translate|trans)\b).*?%\}|\{\{.*?\}\}")
# Where one piece of text ends and another begins: in HTML, in template tags, in literals of Python and JavaScript
_ENDS = re.compile(r"[<>\"`{}\n]|(?<!\w)'|'(?!\w)|\\n")


@pytest.fixture(scope="module")
def on_screen() -> set[str]:
    return pieces_of_sources()


@cache
def pieces_of_sources() -> set[str]:
    """Every piece of text in templates, scripts and literals; the admin's own words about what is registered there."""
    pieces: set[str] = set()
    for app in APPS:
        for path in (BASE_DIR / app).rglob("*"):
            inside = path.relative_to(BASE_DIR).parts
            if path.suffix in {".html", ".js", ".py", ".toml"} and not {"tests", "vendor", "node_modules"} & set(
                inside
            ):
                pieces |= pieces_of(path.read_text("utf-8"))
    for model in admin.site._registry:
        pieces |= {f"add {model._meta.verbose_name}", str(model._meta.verbose_name_plural)}
    return pieces


def pieces_of(source: str) -> set[str]:
    """In lower case, as labels of models get their capital when they are shown."""
    forms = [source, _TAG.sub("", source), _TAG.sub("", _IF.sub("", source))]
    return {
        " ".join(html.unescape(piece).split()).casefold().strip(" :·") for form in forms for piece in _ENDS.split(form)
    }


@pytest.mark.parametrize("book", [book for book in BOOKS if book.path.stem in GUIDES], ids=str)
def test_words_in_bold_stand_on_the_screen(book: Book, on_screen: set[str]) -> None:
    assert book.bold
    assert [words for words in book.bold if words.casefold() not in on_screen] == []


def test_words_that_are_nowhere_are_found(on_screen: set[str]) -> None:
    assert "press this button that is nowhere" not in on_screen


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('<button type="submit">Make a {% if code %}new {% endif %}code</button>', "Make a code"),
        ("<button>{% if a %}Save{% else %}Save exercise{% endif %}</button>", "Save exercise"),
        ('<p>{% translate "Help" %}</p>', "Help"),
        ('label="Or a file",', "Or a file"),
        ("`Show another hint (${left} left)`", "Show another hint ($"),
        ("<summary>Project<span>menu</span></summary>", "Project"),
    ],
)
def test_how_words_are_found(source: str, words: str) -> None:
    assert words.casefold() in pieces_of(source)
