"""Every row of the compatibility tables is true: its program, run as a student runs it, does what the row says."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.web_server import serving
from codeplatform.tests.browser.workbench import Workbench
from frontend.compatibility import Raised, compatibility_tables
from frontend.runtime.current import Runtime, read_runtime

pytestmark = pytest.mark.browser

ROWS = {row.name: row for category in compatibility_tables() for row in category.rows}


@pytest.fixture(scope="module")
def other_server() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def runtime(site: Site) -> Runtime:
    root = Path(site.environment["RUNTIME_DIR"])
    return read_runtime(root / json.loads((root / "current.json").read_text())["version"])


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_true(bench: Workbench, other_server: str, runtime: Runtime, name: str) -> None:
    row, probe = ROWS[name], ROWS[name].probe
    bench.run(probe.program_for(f"{other_server}/open", f"{other_server}/closed"), probe.answers)

    if row.package in runtime.missing:
        check_raised(bench, Raised("ModuleNotFoundError", row.package))
        return
    if probe.prints is not None:
        assert lines(printed(bench, "out")) == lines(probe.prints)
    if probe.raises:
        check_raised(bench, probe.raises)
    else:
        assert "Finished in" in bench.text()
    assert bench.console.get_by_role("img").count() == probe.figures
    for path in probe.files:
        expect(bench.files.get_by_role("button", name=path, exact=True)).to_be_visible()


def printed(bench: Workbench, stream: str) -> str:
    return "".join(bench.console.locator(f".{stream}").all_text_contents())


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def check_raised(bench: Workbench, raised: Raised) -> None:
    found = re.search(rf"^(?:[\w.]+\.)?{raised.type}: (.*)\Z", printed(bench, "err"), re.M | re.S)
    assert found, bench.text()
    assert raised.says.lower() in found[1].lower()


def test_every_package_served_has_a_row_or_is_needed_by_another(runtime: Runtime) -> None:
    needed = {name for package in runtime.packages.values() for name in package.depends}
    assert set(runtime.packages) - {row.package for row in ROWS.values()} - needed == set()


def test_every_package_with_a_row_is_served_or_said_to_be_missing(runtime: Runtime) -> None:
    assert {row.package for row in ROWS.values() if row.package} - set(runtime.packages) - set(runtime.missing) == set()


def test_the_page_counts_its_rows(
    bench: Workbench, site: Site, runtime: Runtime, capsys: pytest.CaptureFixture[str]
) -> None:
    page = bench.page.context.new_page()
    page.goto(f"{site.url}/compatibility/")
    counts = Counter("missing" if row.package in runtime.missing else str(row.status) for row in ROWS.values())

    for status, count in counts.items():
        assert page.locator(f".rows [data-status={status}]").count() == count
        expect(page.locator(".meanings div", has=page.locator(f"[data-status={status}]"))).to_contain_text(str(count))
    page.close()
    with capsys.disabled():
        sys.stdout.write(
            f"\nCompatibility rows: {', '.join(f'{count} {status}' for status, count in counts.items())}\n"
        )


def test_the_search_box_leaves_what_it_is_asked_for(bench: Workbench, site: Site) -> None:
    page = bench.page.context.new_page()
    page.goto(f"{site.url}/compatibility/")
    box = page.get_by_role("searchbox")

    box.press_sequentially("turtle window")
    expect(page.get_by_role("rowheader", name="turtledemo", exact=True)).to_be_visible()
    expect(page.get_by_role("rowheader", name="numpy", exact=True)).to_be_hidden()
    expect(page.get_by_role("heading", name="Third-party packages")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text(re.compile(rf"^\d of {len(ROWS)} rows$"))
    box.fill("no such thing")
    expect(page.get_by_role("status")).to_contain_text("No row has these words.")
    box.fill("")
    expect(page.get_by_role("rowheader", name="numpy", exact=True)).to_be_visible()
    page.close()
