"""The Files panel: what a student does to files, and what a program has done to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import Workbench, find_students_project, sign_in

pytestmark = pytest.mark.browser

DROP = """([name, text]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name));
  for (const type of ["dragover", "drop"]) {
    const init = {dataTransfer: transfer, bubbles: true, cancelable: true};
    document.querySelector(".cm-content").dispatchEvent(new DragEvent(type, init));
  }
}"""


@pytest.fixture
def bench(context: BrowserContext, site: Site, request: pytest.FixtureRequest) -> Iterator[Workbench]:
    """A project of its own for each test: they count files."""
    page = sign_in(context, site.url, "cleo@demo")
    page.get_by_label("Name").fill(request.node.name)
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/projects/*-*/")
    workbench = Workbench(page)
    workbench.wait_ready()
    yield workbench


def file(bench: Workbench, path: str) -> Locator:
    return bench.files.get_by_role("button", name=path, exact=True)


def choose(bench: Workbench, what: str, path: str) -> None:
    bench.files.get_by_role("button", name=f"More for {path}", exact=True).click()
    bench.files.get_by_role("button", name=f"{what} {path}", exact=True).click()


def add(bench: Workbench, path: str) -> None:
    bench.page.get_by_label("New file name").fill(path)
    bench.page.get_by_role("button", name="Add", exact=True).click()


def saved_files(site: Site, bench: Workbench) -> dict[str, str]:
    """What the server has, after everything here is saved."""
    bench.page.keyboard.press("ControlOrMeta+s")
    bench.wait_saved()
    project = bench.page.url.rstrip("/").rpartition("/")[2]
    query = (
        "import json; from projects.models import File; print(json.dumps({f.path: bytes(f.content).decode('latin-1') "
        f"for f in File.objects.filter(project='{project}')}}))"
    )
    found: dict[str, str] = json.loads(site.query(query))
    return found


def test_files_are_made_renamed_copied_and_deleted(bench: Workbench, site: Site) -> None:
    add(bench, "data/points.csv")
    expect(file(bench, "data/points.csv")).to_have_attribute("aria-current", "true")
    bench.write("x,y")

    choose(bench, "Rename", "data/points.csv")
    bench.page.get_by_label("New name of data/points.csv").fill("data/values.csv")
    bench.page.keyboard.press("Enter")
    expect(file(bench, "data/values.csv")).to_have_attribute("aria-current", "true")
    expect(bench.editor).to_have_text("x,y")
    bench.editor.click()
    bench.page.keyboard.press("ControlOrMeta+z")
    expect(bench.editor).not_to_have_text("x,y")
    bench.page.keyboard.press("ControlOrMeta+Shift+z")

    choose(bench, "Duplicate", "data/values.csv")
    bench.page.keyboard.press("Escape")
    expect(file(bench, "data/values 2.csv")).to_be_visible()

    choose(bench, "Delete", "data/values.csv")
    bench.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(file(bench, "data/values.csv")).to_have_count(0)
    assert saved_files(site, bench).keys() == {"main.py", "data/values 2.csv"}

    bench.files.get_by_role("button", name="Undo").click()
    expect(file(bench, "data/values.csv")).to_be_visible()
    assert saved_files(site, bench)["data/values.csv"] == "x,y"


def test_odd_names_are_refused_with_a_reason(bench: Workbench) -> None:
    for name, reason in [
        ("MAIN.py", "There is a file main.py already"),
        ("a?b", "Leave ? out"),
        ("con.txt", "device on Windows"),
        ("main.py/x", "is a file, not a folder"),
    ]:
        add(bench, name)
        expect(bench.files.get_by_role("status")).to_contain_text(reason)
        expect(bench.page.get_by_label("New file name")).to_have_value(name)
    expect(bench.files.get_by_role("listitem")).to_have_count(1)


def test_files_are_uploaded(bench: Workbench, site: Site, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("ein Wort")
    (tmp_path / "picture.bin").write_bytes(b"\x00\xff\x01")
    chooser = bench.page.get_by_label("Files to upload")
    chooser.set_input_files([tmp_path / "words.txt", tmp_path / "picture.bin"])
    expect(file(bench, "picture.bin")).to_be_visible()
    assert saved_files(site, bench)["picture.bin"] == "\x00\xff\x01"

    (tmp_path / "words.txt").write_text("zwei Worte")
    chooser.set_input_files(tmp_path / "words.txt")
    bench.page.get_by_role("dialog").get_by_role("button", name="Keep both").click()
    expect(file(bench, "words 2.txt")).to_be_visible()
    chooser.set_input_files(tmp_path / "words.txt")
    bench.page.get_by_role("dialog").get_by_role("button", name="Replace").click()
    expect(bench.files).to_contain_text("words.txt was uploaded")
    saved = saved_files(site, bench)
    assert (saved["words.txt"], saved["words 2.txt"]) == ("zwei Worte", "zwei Worte")

    (tmp_path / "film.bin").write_bytes(bytes(5 * 1024 * 1024 + 1))
    chooser.set_input_files(tmp_path / "film.bin")
    expect(bench.files).to_contain_text("Nothing was uploaded")
    expect(file(bench, "film.bin")).to_have_count(0)


def test_a_file_dropped_on_the_editor_is_uploaded(bench: Workbench) -> None:
    bench.page.evaluate(DROP, ["dropped.csv", "a,b\n1,2"])

    expect(file(bench, "dropped.csv")).to_have_attribute("aria-current", "true")
    expect(bench.editor).to_contain_text("1,2")
    file(bench, "main.py").click()
    expect(bench.editor).not_to_contain_text("1,2")


def test_a_file_is_downloaded_as_it_is(bench: Workbench) -> None:
    bench.write("print('ä')")
    with bench.page.expect_download() as download:
        choose(bench, "Download", "main.py")
    assert download.value.suggested_filename == "main.py"
    assert Path(download.value.path()).read_text("utf-8") == "print('ä')"


def test_what_a_program_wrote_can_be_undone(bench: Workbench, site: Site) -> None:
    add(bench, "notes.txt")
    bench.write("before")
    file(bench, "main.py").click()
    bench.run("open('notes.txt', 'w').write('after')\nopen('new.txt', 'w').write('made')")
    expect(bench.files).to_contain_text("The program wrote new.txt, notes.txt.")
    saved = saved_files(site, bench)
    assert (saved["notes.txt"], saved["new.txt"]) == ("after", "made")

    bench.files.get_by_role("button", name="Undo").click()
    expect(file(bench, "new.txt")).to_have_count(0)
    saved = saved_files(site, bench)
    assert saved["notes.txt"] == "before"
    assert "new.txt" not in saved


def test_what_a_program_deleted_is_asked_about(bench: Workbench, site: Site) -> None:
    add(bench, "notes.txt")
    bench.write("precious")
    file(bench, "main.py").click()
    bench.run("import os\nos.remove('notes.txt')")
    expect(bench.files).to_contain_text("The program deleted notes.txt. Delete it from the project too?")
    assert saved_files(site, bench)["notes.txt"] == "precious"

    bench.files.get_by_role("button", name="Delete", exact=True).click()
    expect(file(bench, "notes.txt")).to_have_count(0)
    assert "notes.txt" not in saved_files(site, bench)
    bench.files.get_by_role("button", name="Undo").click()
    assert saved_files(site, bench)["notes.txt"] == "precious"


def test_another_file_than_main_can_be_run(bench: Workbench) -> None:
    add(bench, "other.py")
    bench.write("print('this is', __file__.split('/')[-1])")
    choose(bench, "Run", "other.py")

    expect(bench.console).to_contain_text("this is other.py")


def test_a_teacher_reads_only(browser: Browser, site: Site) -> None:
    context = browser.new_context()
    page = sign_in(context, site.url, "teacher@demo")
    find_students_project(page, site.url, "Ada", "Hello")
    reader = Workbench(page)
    reader.wait_ready()
    reader.files.get_by_role("button", name="More for main.py", exact=True).click()
    expect(reader.files.get_by_role("button", name="Download main.py")).to_be_visible()
    for words in ("Rename main.py", "Delete main.py", "Upload files", "Add"):
        expect(reader.files.get_by_role("button", name=words)).to_have_count(0)
    context.close()
