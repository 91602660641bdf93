"""What each page for visitors says of itself, to people, crawlers and whoever a link to it is sent to."""

from __future__ import annotations

import platform
import re
import struct
from pathlib import Path
from urllib.parse import urlsplit

import django
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve, reverse

from codeplatform.tests.public_pages import PUBLIC_PAGES
from codeplatform.tests.whole_site.table import TABLE
from codeplatform.tests.whole_site.walking import route_of
from frontend.design import COLOURS

pytestmark = pytest.mark.django_db
BASE_CSS = Path(__file__).resolve().parents[2] / "frontend" / "static" / "css" / "base.css"
# Answers for visitors that are no pages to read.
NOT_READ = {"frontend:sandbox-frame", "accounts:school-sign-in"}


def said(html: str, name: str) -> str:
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)">', html)
    return found[1] if found else ""


def picture_size(png: bytes) -> tuple[int, int]:
    return struct.unpack(">II", png[16:24])


def static_bytes(address: str) -> bytes:
    found = finders.find(urlsplit(address).path.removeprefix("/static/"))
    assert isinstance(found, str), address
    return Path(found).read_bytes()


def test_every_page_for_visitors_is_in_the_list(client: Client) -> None:
    listed = {resolve(page).view_name for page in PUBLIC_PAGES}
    open_to_visitors = {route_of(name): row for name, row in TABLE.items() if row.get[0] == 200}
    # What takes a key in its address is in the list by one example.
    missing = {name for name in open_to_visitors.keys() - listed - NOT_READ if open_to_visitors[name].args}
    for name in open_to_visitors.keys() - listed - NOT_READ - missing:
        if client.get(reverse(name)).headers["Content-Type"].startswith("text/html"):
            missing.add(name)

    assert missing == set()


def test_each_page_has_a_title_and_a_description_of_its_own(client: Client) -> None:
    titles, descriptions = [], []
    for page in PUBLIC_PAGES:
        html = client.get(page).content.decode()
        titles.append(re.search(r"<title>(.+)</title>", html)[1])  # type: ignore[index]
        descriptions.append(said(html, "description"))
        assert html.count("<h1") == 1, page
        assert '<html lang="en-gb">' in html, page
        assert said(html, "og:title") == titles[-1], page
        assert said(html, "og:description") == descriptions[-1], page
        assert said(html, "og:url") == f"http://testserver{page}"

    assert sorted({one for one in titles if titles.count(one) > 1}) == []
    assert sorted({one for one in descriptions if descriptions.count(one) > 1}) == []
    assert [one for one in descriptions if not 40 <= len(one) <= 200] == []


def test_a_shared_link_has_a_picture(client: Client) -> None:
    html = client.get("/").content.decode()

    assert said(html, "og:image").startswith("http://testserver/static/")
    size = picture_size(static_bytes(said(html, "og:image")))
    assert size == (int(said(html, "og:image:width")), int(said(html, "og:image:height"))) == (1200, 630)


def test_icons_are_there_in_the_sizes_they_say(client: Client) -> None:
    answer = client.get("/site.webmanifest")
    manifest = answer.json()

    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        if icon["sizes"] != "any":
            width, height = picture_size(static_bytes(icon["src"]))
            assert icon["sizes"] == f"{width}x{height}"
    touch = re.search(r'rel="apple-touch-icon" href="([^"]*)"', client.get("/").content.decode())
    assert touch and picture_size(static_bytes(touch[1])) == (180, 180)


def test_the_favicon_is_an_icon(client: Client) -> None:
    address = client.get("/favicon.ico").headers["Location"]

    kind, images = struct.unpack("<2xHH", static_bytes(address)[:6])
    assert (kind, images) == (1, 1)


def test_the_navigation_tells_which_page_this_is(client: Client) -> None:
    def current(page: str) -> list[tuple[str, str]]:
        return re.findall(r'<a href="([^"]*)" aria-current="(\w+)"', client.get(page).content.decode())

    assert set(current("/technology/")) == {("/technology/", "page")}
    assert set(current("/help/student/")) == {("/help/", "true")}
    assert current("/login/") == []


def test_technology_names_what_runs(client: Client) -> None:
    html = client.get("/technology/").content.decode()

    assert f"Django {django.get_version()}" in html
    assert f"Python {platform.python_version()}" in html
    assert re.search(r"(SQLite|PostgreSQL) \d+\.\d+", html)


def test_the_design_page_shows_every_colour() -> None:
    tokens = re.findall(r"^  --([a-z-]+): light-dark\(", BASE_CSS.read_text(), re.M)
    swatches = (BASE_CSS.parent / "design.css").read_text()

    assert set(COLOURS) == set(tokens)
    assert [name for name in COLOURS if f'.swatch[data-colour="{name}"]' not in swatches] == []
