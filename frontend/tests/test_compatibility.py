"""The table of what works: nothing promised is left out, a broken file is a clear error, the page says what is true."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client

from frontend import compatibility as module
from frontend.compatibility import CompatibilityError, compatibility_tables, read_compatibility
from frontend.runtime.manifest import MANIFEST_PATH

# What a teacher must find: every module, package and kind of lesson of which the project promises to say what works.
PROMISED_MODULES = """
turtle turtledemo tkinter pygame curses subprocess venv ensurepip pip
socket multiprocessing threading open() pathlib os.system os.popen os time.sleep
math random statistics decimal fractions string re textwrap difflib collections heapq bisect array itertools functools
operator datetime calendar time json csv xml html base64 typing abc enum dataclasses unittest unittest.mock doctest
sqlite3 numpy scipy sympy pandas matplotlib scikit-learn beautifulsoup4 lxml PyYAML cryptography regex networkx
requests httpx flask django paramiko sqlalchemy
"""
PROMISED_TOPICS = [
    "Pillow (PIL)",
    "Built-in types",
    "Control flow",
    "Functions",
    "Classes",
    "Decorators",
    "Generators",
    "Comprehensions",
    "Exceptions",
    "Console programs with input() and print()",
    "Loops, conditionals, functions and recursion",
    "Object-oriented programming",
    "Reading and writing files (CSV, text, JSON)",
    "Data analysis with NumPy and pandas",
    "Charts with Matplotlib",
    "Databases with SQLite",
    "Sorting, searching and algorithms",
    "Turtle graphics",
    "Programs with windows (tkinter, pygame)",
    "Data from public web addresses with requests.get()",
    "Networking and raw sockets",
    "Threads and processes",
    "Shell and system commands",
]
ROWS = [row for category in compatibility_tables() for row in category.rows]

GOOD = """
[[category]]
id = "maths"
title = "Maths"
about = "Numbers."

[[category.row]]
name = "math"
status = "works"
note = "Roots."
program = "print(1)"
prints = "1"
"""
BROKEN = {
    "not TOML": ("[[category", "This is not TOML"),
    "no category": ("", "The file has no `category`."),
    "no note": (GOOD.replace('note = "Roots."', ""), "Row “math” has no `note`."),
    "empty note": (GOOD.replace("Roots.", " "), "Row “math”: `note` must be text."),
    "another status": (
        GOOD.replace("works", "fine"),
        "Row “math”: `status` must be one of works, limited, unavailable.",
    ),
    "a misspelt key": (GOOD.replace("prints", "print"), "Row “math” expects nothing"),
    "an extra key": (GOOD + 'colour = "red"\n', "Row “math” has an unknown key: colour."),
    "a number as text": (GOOD + 'figures = "1"\n', "Row “math”: `figures` must be a whole number."),
    "one file, not a list": (GOOD + 'files = "a.csv"\n', "Row “math”: `files` must be a list of texts."),
    "half an exception": (GOOD + 'raises = { type = "OSError" }\n', "Row “math”, `raises` has no `says`."),
    "the same row twice": (GOOD + GOOD.split("\n\n", 1)[1], "There are two of the row “math”."),
    "the same category twice": (GOOD + GOOD.replace('"math"', '"cmath"'), "There are two of the category “maths”."),
}


class TestTable:
    def test_everything_promised_has_a_row(self) -> None:
        assert {*PROMISED_MODULES.split(), *PROMISED_TOPICS} - {row.name for row in ROWS} == set()

    def test_every_package_that_is_collected_has_a_row(self) -> None:
        collected = tomllib.loads(MANIFEST_PATH.read_text())["packages"]
        assert set(collected) - {row.package for row in ROWS} == set()

    def test_programs_leave_files_of_their_own(self) -> None:
        """A file that an earlier program left must not answer for a later one."""
        files = [path for row in ROWS for path in row.probe.files]
        assert sorted(files) == sorted(set(files))

    def test_what_is_unavailable_is_shown_to_fail(self) -> None:
        assert [row.name for row in ROWS if row.status == "unavailable" and row.probe.raises is None] == []


class TestFile:
    def test_a_good_file_is_read(self) -> None:
        [category] = read_compatibility(GOOD)
        assert (category.title, category.rows[0].name, category.rows[0].probe.prints) == ("Maths", "math", "1")

    @pytest.mark.parametrize("name", BROKEN)
    def test_a_broken_file_says_where(self, name: str) -> None:
        text, message = BROKEN[name]
        with pytest.raises(CompatibilityError, match=re.escape(message)):
            read_compatibility(text)

    @pytest.fixture
    def other_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        monkeypatch.setattr(module, "COMPATIBILITY_FILE", tmp_path / "compatibility.toml")
        compatibility_tables.cache_clear()
        yield tmp_path / "compatibility.toml"
        compatibility_tables.cache_clear()

    def test_the_system_check_reports_it(self, other_file: Path) -> None:
        other_file.write_text(GOOD.replace('note = "Roots."', ""))
        [found] = [problem for problem in run_checks() if problem.id == "frontend.E001"]
        assert found.msg == "Row “math” has no `note`."


class TestPage:
    @pytest.fixture
    def runtime(self, tmp_path: Path, settings: Any) -> None:
        description = {
            "version": "abc",
            "pyodide": "314.0.3",
            "python": "3.14",
            "files": {},
            "packages": {
                "numpy": {"version": "2.4.3", "imports": ["numpy"], "file": "n.whl", "depends": []},
                "scikit-learn": {"version": "1.8.0", "imports": ["sklearn"], "file": "s.whl", "depends": ["numpy"]},
            },
            "missing": {"cryptography": "None of the reachable sources has its file."},
        }
        (tmp_path / "abc").mkdir()
        (tmp_path / "abc" / "runtime.json").write_text(json.dumps(description))
        (tmp_path / "current.json").write_text('{"version": "abc"}')
        settings.RUNTIME_DIR = tmp_path

    def row(self, page: str, name: str) -> str:
        [found] = [row for row in re.findall(r"<tr>.*?</tr>", page, re.S) if f'scope="row">{name}' in row]
        return str(found)

    def test_says_what_this_server_runs(self, client: Client, runtime: None) -> None:
        page = client.get("/compatibility/").content.decode()

        assert "in Python 3.14 (Pyodide 314.0.3)" in page
        assert "2.4.3" in self.row(page, "numpy")
        assert "import sklearn" in self.row(page, "scikit-learn")

    def test_says_what_is_missing_in_this_build(self, client: Client, runtime: None) -> None:
        row = self.row(client.get("/compatibility/").content.decode(), "cryptography")

        assert "Not in this build: None of the reachable sources has its file." in row
        assert 'data-status="missing"' in row and 'data-status="works"' not in row

    def test_says_so_too_of_what_a_build_left_out(self, client: Client, runtime: None) -> None:
        row = self.row(client.get("/compatibility/").content.decode(), "sympy")

        assert "Not in this build: whoever built it left it out." in row
        assert 'data-status="missing"' in row

    def test_finds_rows_without_a_script(self, client: Client) -> None:
        page = client.get("/compatibility/?q=turtle+LESSON").content.decode()
        found = re.findall(r'<tr>\s*<th scope="row">([^<]+)', page)

        assert "Turtle graphics" in found and "turtle" not in found
        assert f"{len(found)} of {len(ROWS)} rows" in page
        assert 'value="turtle LESSON"' in page and "Show all rows" in page

    @pytest.mark.parametrize("query", ["no-such-thing", "%00", "%ed%a0%80", "x" * 100_000, "%3Cb%3E"])
    def test_says_when_no_row_is_found(self, client: Client, query: str) -> None:
        response = client.get(f"/compatibility/?q={query}")
        page = response.content.decode()

        assert response.status_code == 200
        assert "No row has these words" in page and "<b>" not in page
        assert re.findall(r'<tr>\s*<th scope="row">', page) == []

    def test_claims_no_version_before_a_build(self, client: Client) -> None:
        page = client.get("/compatibility/").content.decode()

        assert "Python has not been built on this server yet" in page
        assert "Pyodide 3" not in page

    @pytest.mark.parametrize(
        ("name", "words"),
        [("math", "✓</span> Works"), ("os", "◐</span> Limited"), ("turtle", "✕</span> Not available")],
    )
    def test_a_status_is_a_sign_and_a_word(self, client: Client, name: str, words: str) -> None:
        assert words in self.row(client.get("/compatibility/").content.decode(), f"{name}<")

    def test_shows_the_program_of_a_row(self, client: Client) -> None:
        row = self.row(client.get("/compatibility/").content.decode(), "requests<")

        assert "requests.get(&quot;https://data.example/towns.json&quot;)" in row
        assert "$OPEN" not in row


def test_visitors_find_both_pages(client: Client) -> None:
    start = client.get("/").content.decode()
    for path in ("/compatibility/", "/cors/"):
        assert f'href="{path}"' in start
        assert client.get(path).status_code == 200
