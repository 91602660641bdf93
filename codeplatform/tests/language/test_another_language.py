"""Another language is a row in LANGUAGES and a folder of translations: shown with one of a few texts, made here."""

from __future__ import annotations

import json
import re
import struct
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client

from frontend.catalogue import catalogue

GETTEXT = Path(__file__).resolve().parents[3] / "frontend" / "static" / "language" / "gettext.js"
SCRIPT = re.compile(r'<script src="(/language/catalogue\.js[^"]*)">')
HEAD = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
PAGES = {
    "Sign in": "Ensaluti",
    "The login name and the password do not match. Check both, and the keys for capitals.": "La pasvorto malĝustas.",
    "Sign in to %(school_name)s": "Ensaluti ĉe %(school_name)s",
}
SCRIPTS = {
    "Saving…": "Konservante…",
    "Saved %(time)s": "%(time)s konservita",
    "%(count)s hint\0%(count)s hints": "%(count)s konsileto\0%(count)s konsiletoj",
}


def write_catalogue(folder: Path, domain: str, texts: dict[str, str]) -> None:
    """A compiled catalogue: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html"""
    pairs = sorted((key.encode(), value.encode()) for key, value in {"": HEAD, **texts}.items())
    start = 28 + 16 * len(pairs)
    blocks, table = b"", [b"", b""]
    for column in (0, 1):
        for pair in pairs:
            table[column] += struct.pack("<II", len(pair[column]), start + len(blocks))
            blocks += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{domain}.mo").write_bytes(head + table[0] + table[1] + blocks)


@pytest.fixture
def esperanto(settings, tmp_path: Path) -> Iterator[None]:
    write_catalogue(tmp_path / "eo" / "LC_MESSAGES", "django", PAGES)
    write_catalogue(tmp_path / "eo" / "LC_MESSAGES", "djangojs", SCRIPTS)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en-gb", "English"), ("eo", "Esperanto")]
    settings.LANGUAGE_CODE = "eo"
    catalogue.cache_clear()
    yield
    catalogue.cache_clear()


def in_browser_words(script: str) -> list[str]:
    """What our modules say on a page that has loaded the script."""
    program = f"""
        const {{ runInThisContext }} = await import("node:vm");
        runInThisContext({json.dumps(script)});
        const {{ gettext, interpolate, ngettext }} = await import({json.dumps(GETTEXT.as_uri())});
        console.log(JSON.stringify([
          gettext("Saving…"),
          interpolate(gettext("Saved %(time)s"), {{ time: "10:42" }}),
          ...[1, 3].map((count) => interpolate(ngettext("%(count)s hint", "%(count)s hints", count), {{ count }})),
          gettext("Stopped."),
        ]));
    """
    command = ["node", "--input-type=module", "--eval", program]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    words: list[str] = json.loads(answer.stdout)
    return words


@pytest.mark.django_db
def test_pages_messages_scripts_and_dates_are_in_the_language(client: Client, esperanto: None) -> None:
    page = client.get("/login/").content.decode()
    assert '<html lang="eo"' in page
    assert "<h1>Ensaluti</h1>" in page
    assert "For example ada@school" in page  # what is not translated yet stays readable
    refused = client.post("/login/", {"username": "nobody@nowhere", "password": "wrong and long enough"})
    assert "La pasvorto malĝustas." in refused.content.decode()

    [address] = SCRIPT.findall(page)
    script = client.get(address.replace("&amp;", "&"))
    assert in_browser_words(script.content.decode()) == [
        "Konservante…",
        "10:42 konservita",
        "1 konsileto",
        "3 konsiletoj",
        "Stopped.",
    ]
    template = engines["django"].from_string("{% load words %}{% when moment %}")
    moment = datetime(2024, 3, 5, 12, tzinfo=UTC)
    assert ">5-a de marto 2024<" in template.render({"moment": moment})


@pytest.mark.django_db
def test_the_script_is_kept_by_browsers_until_a_text_changes(client: Client, esperanto: None) -> None:
    [address] = SCRIPT.findall(Client().get("/login/").content.decode())
    client.cookies["sessionid"] = "somebody"
    script = client.get(address.replace("&amp;", "&"))
    assert script["Content-Type"] == "text/javascript; charset=utf-8"
    assert script["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in script.get("Vary", "")
    assert not script.cookies
    assert client.get("/language/catalogue.js?language=eo&version=old")["Cache-Control"] == "public, max-age=300"
    assert client.get("/language/catalogue.js?language=xx").status_code == 404


@pytest.mark.django_db
def test_english_pages_load_no_catalogue(client: Client) -> None:
    page = client.get("/login/").content.decode()
    assert '<html lang="en-gb"' in page
    assert "/language/" not in page.replace("/static/language/", "")
    assert client.get("/language/catalogue.js").status_code == 200
