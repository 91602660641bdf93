"""The examples of the public pages: every folder is whole, and says truly what its program prints.

That each one runs in a browser is shown in codeplatform/tests/browser/test_examples.py.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from codeplatform.testing import signed_in
from frontend.compatibility import compatibility_tables
from frontend.examples import FOLDER, examples, groups
from frontend.live_program import LiveProgram
from projects.limits import MAX_FILE_BYTES
from projects.paths import clean_path

PURE = [slug for slug, example in examples().items() if not example.needs_package]
# A small picture: all of them, lazily, on one page
MAX_PICTURE_BYTES = 8_000
# input() as a console shows it: what is typed stands behind the question
RUN = """
import builtins, json, runpy, sys
answers = iter(json.loads(sys.argv[1]))
def ask(prompt=""):
    answer = next(answers)
    print(f"{prompt}{answer}")
    return answer
builtins.input = ask
runpy.run_path("main.py", run_name="__main__")
"""


def test_every_folder_is_listed_once() -> None:
    listed = [example.slug for group in groups() for example in group.examples]
    folders = [path.parent.name for path in FOLDER.glob("*/example.toml")]

    assert sorted(listed) == sorted(folders)
    assert len(listed) >= 20


@pytest.mark.parametrize("slug", examples())
def test_an_example_is_whole(slug: str) -> None:
    example = examples()[slug]

    assert example.title and example.about.endswith(".") and example.text.strip()
    assert 2 <= len(example.try_this) <= 3
    assert all(change.endswith((".", "?")) for change in example.try_this)
    assert example.prints or example.figures
    compile(example.program.code, "main.py", "exec")
    for path, content in example.files.items():
        assert clean_path(path) == path
        assert len(content) < MAX_FILE_BYTES
    if example.picture:
        assert Path(str(finders.find(example.picture))).stat().st_size < MAX_PICTURE_BYTES


@pytest.mark.parametrize("slug", PURE)
def test_a_program_without_packages_prints_what_its_page_says(slug: str, tmp_path: Path) -> None:
    example = examples()[slug]
    for path, content in example.files.items():
        (tmp_path / path).write_bytes(content)

    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", RUN, json.dumps(example.answers)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert re.search(".*".join(map(re.escape, example.prints)), done.stdout, re.DOTALL), done.stdout
    assert {path.name for path in tmp_path.iterdir()} - set(example.files) == set(example.writes)


@pytest.mark.django_db
class TestPages:
    def test_the_list_names_each(self, client: Client) -> None:
        page = html.unescape(client.get("/examples/").content.decode())

        for example in examples().values():
            assert f'<a href="/examples/{example.slug}/">{example.title}</a>' in page
            assert example.about in page

    def test_each_page_can_be_read_as_it_comes(self, client: Client) -> None:
        for slug, example in examples().items():
            page = client.get(f"/examples/{slug}/").content.decode()
            source = re.search(r'<pre id="live-source".*?</pre>', page, re.DOTALL)

            assert source, slug
            assert html.unescape(re.sub(r"<[^>]+>", "", source[0])).rstrip() == example.program.code.rstrip()
            for path in example.files.keys() - {"main.py"}:
                assert f"<code>{path}</code>" in page

    def test_one_that_is_not_there(self, client: Client) -> None:
        assert client.get("/examples/no-such-example/").status_code == 404

    def test_only_who_is_signed_in_is_offered_a_copy(self, client: Client, student: object) -> None:
        assert "Copy to my projects" not in client.get("/examples/greeting/").content.decode()
        assert "Copy to my projects" in signed_in(student).get("/examples/greeting/").content.decode()


def test_code_is_shown_as_text() -> None:
    program = LiveProgram("odd", {"main.py": b'print("<script>alert(1)</script>")\n# <b>\n\n"""a\nb"""\n'})

    assert "".join(program.lines).count("<script") == 0
    assert [html.unescape(re.sub(r"<[^>]+>", "", line)) for line in program.lines] == [
        'print("<script>alert(1)</script>")',
        "# <b>",
        "",
        '"""a',
        'b"""',
    ]


def test_rows_of_the_compatibility_page_lead_to_examples() -> None:
    named = {row.example for category in compatibility_tables() for row in category.rows if row.example}

    assert named - set(examples()) == set()
    assert {"sqlite-table", "line-chart", "drawing"} <= named
