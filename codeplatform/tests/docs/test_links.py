"""Every link in the books leads somewhere: to a file, to a heading in it, to a page of the site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from codeplatform.tests.docs.books import BASE_DIR, BOOKS, PATHS, Book, read
from frontend.guides import GUIDES


def dead_end(book: Book, link: str) -> str | None:
    """What is wrong with the link."""
    path, _, anchor = link.partition("#")
    if path.startswith(("https://", "http://", "mailto:")):
        return None
    if path.startswith("/"):
        try:
            resolve(path)
        except Resolver404:
            return "is no page of the site"
        return None
    target = (book.path.parent / path).resolve() if path else book.path
    if not target.exists() or not target.is_relative_to(BASE_DIR):
        return "is no file of the project"
    if anchor and (target not in PATHS or anchor not in read(target).anchors):
        return "has no such heading"
    return None


@pytest.mark.parametrize("book", BOOKS, ids=str)
def test_every_link_leads_somewhere(book: Book) -> None:
    found = {link: dead_end(book, link) for link in (*book.links, *book.pictures)}
    assert {link: why for link, why in found.items() if why} == {}


@pytest.mark.parametrize("book", [book for book in BOOKS if book.path.parent.name != "decisions"], ids=str)
def test_files_named_in_it_are_there(book: Book) -> None:
    folders = {path.name for path in BASE_DIR.iterdir() if path.is_dir()} - {"var"}
    named = {code for code in book.code if re.fullmatch(r"[\w.-]+(/[\w.<>*-]+)+/?", code)}
    ours = {name for name in named if name.partition("/")[0] in folders}
    assert [name for name in ours if not any(BASE_DIR.glob(re.sub(r"<.*?>", "*", name)))] == []


def test_links_of_pages_into_guides_lead_to_a_heading() -> None:
    """{% url 'frontend:guide' 'teacher' %}#setting-work"""
    templates = [
        path for app in ("schools", "projects", "assessment", "exercises", "frontend") for path in templates_of(app)
    ]
    found = [
        (path.name, slug, anchor)
        for path in templates
        for slug, anchor in re.findall(r"frontend:guide[\"'] [\"']([\w-]+)[\"'] %\}(?:#([\w-]+))?", path.read_text())
    ]
    assert len(found) >= 5
    for name, slug, anchor in found:
        assert slug in GUIDES, (name, slug)
        assert not anchor or anchor in read(BASE_DIR / "docs" / GUIDES[slug]).anchors, (name, slug, anchor)


def templates_of(app: str) -> list[Path]:
    return list((BASE_DIR / app / "templates").rglob("*.html"))


@pytest.mark.parametrize(
    "link", ["no-such.md", "README.md#no-such-heading", "/no/such/page/", "#none", "../outside.md"]
)
def test_a_dead_end_is_found(link: str) -> None:
    assert dead_end(read(BASE_DIR / "README.md"), link)


def test_there_is_something_to_follow() -> None:
    assert sum(len(book.links) for book in BOOKS) > 20
