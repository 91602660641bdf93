"""Guides are read in the browser, on paper, and in the folder they are written in."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from frontend.guides import DOCS, GUIDES, all_guides, read_guide
from frontend.picture_size import picture_size

MAX_PAGE_BYTES = 100_000


class Page(HTMLParser):
    """Ids, links and pictures of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.headings: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))
        if tag == "img":
            self.pictures.append(found)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)


def page_of(client: Client, slug: str) -> Page:
    response = client.get(reverse("frontend:guide", args=[slug]))
    assert response.status_code == 200
    assert len(response.content) < MAX_PAGE_BYTES
    return Page(response.content.decode())


def test_the_list_names_every_guide(client: Client) -> None:
    page = Page(client.get(reverse("frontend:help")).content.decode())
    assert {reverse("frontend:guide", args=[slug]) for slug in GUIDES} <= set(page.links)


def test_every_guide_in_the_folder_is_served() -> None:
    assert {path.stem for path in (DOCS / "guides").glob("*.md")} <= set(GUIDES)


def test_another_name_is_no_guide(client: Client) -> None:
    assert client.get("/help/no-such-guide/").status_code == 404


@pytest.mark.parametrize("slug", GUIDES)
class TestEachGuide:
    def test_its_contents_lead_to_its_chapters(self, client: Client, slug: str) -> None:
        page = page_of(client, slug)
        guide = read_guide(slug)
        assert guide.title and guide.summary and guide.contents
        assert len(page.ids) == len(set(page.ids))
        assert {heading.id for heading in guide.contents} <= set(page.ids)

    def test_its_headings_leave_out_no_level(self, client: Client, slug: str) -> None:
        levels = [int(tag[1]) for tag in page_of(client, slug).headings]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:], strict=False))

    def test_its_links_lead_somewhere(self, client: Client, slug: str) -> None:
        page = page_of(client, slug)
        for link in page.links:
            path, _, anchor = link.partition("#")
            if path.startswith("http"):
                continue
            target = page
            if path:
                answer = client.get(path)
                assert answer.status_code in {200, 302}, link
                target = Page(answer.content.decode())
            assert not anchor or anchor in target.ids, link

    def test_its_pictures_wait_and_keep_their_place(self, client: Client, slug: str) -> None:
        for picture in page_of(client, slug).pictures:
            assert len(str(picture["alt"])) > 20
            assert picture["loading"] == "lazy"
            assert picture["width"] and picture["height"]

    def test_no_picture_of_it_is_missing(self, slug: str) -> None:
        written = re.findall(r"^ *!\[", (DOCS / GUIDES[slug]).read_text(), re.MULTILINE)
        assert len(Page(read_guide(slug).html).pictures) == len(written)


def test_links_to_files_that_are_not_served_are_plain_words() -> None:
    assert all("../" not in link and ".md" not in link for guide in all_guides() for link in Page(guide.html).links)


@pytest.mark.parametrize(
    ("head", "size"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x05\x00\x00\x00\x03\x20\x08\x02", (1280, 800)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00 \x00\x00\x00\xff\x04\x00\x1f\x03\x00", (1280, 800)),
    ],
    ids=["PNG", "WebP"],
)
def test_the_size_of_a_picture(head: bytes, size: tuple[int, int]) -> None:
    assert picture_size(head) == size


def test_a_file_that_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="neither"):
        picture_size(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
