"""A student's projects: made from templates, named, copied, found, binned, restored, and carried out and in as zips."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from codeplatform.tests.browser.accessibility import Problems, check_appearances
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import Workbench, sign_in

pytestmark = pytest.mark.browser

PERSON = "cleo@demo"


@dataclass
class Shelf:
    """The list of projects as a person uses it."""

    page: Page
    site: Site

    def open(self, address: str = "/projects/") -> Shelf:
        self.page.goto(f"{self.site.url}{address}")
        return self

    def create(self, name: str, template: str | None = None) -> Workbench:
        if template:
            self.page.get_by_role("radio", name=re.compile(f"^{template}")).check()
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_role("button", name="Create").click()
        self.page.wait_for_url("**/projects/*-*/")
        return Workbench(self.page)

    def names(self) -> list[str]:
        return self.page.get_by_role("rowheader").all_inner_texts()

    def files(self, name: str) -> dict[str, int]:
        """Path and size of each saved file of a project."""
        page = self.page.request.get(f"{self.site.url}/projects/").text()
        found = re.search(rf'href="(/projects/[-0-9a-f]+/)">{re.escape(name)}<', page)
        assert found, name
        state = self.page.request.get(f"{self.site.url}{found[1]}files/").json()
        return {file["path"]: file["size"] for file in state["files"]}

    def choose(self, name: str, action: str) -> None:
        """One of the actions in the menu of a row."""
        row = self.page.get_by_role("row", name=re.compile(f"^{re.escape(name)} "))
        row.locator("summary").click()
        row.get_by_text(action, exact=True).click()


@pytest.fixture
def shelf(context: BrowserContext, site: Site) -> Shelf:
    """The list of somebody who has no projects."""
    site.query(f"from projects.models import Project; Project.objects.filter(owner__username='{PERSON}').delete()")
    return Shelf(sign_in(context, site.url, PERSON), site).open()


class TestTemplates:
    """Each runs as it is, and does what its card says."""

    def run(self, shelf: Shelf, template: str, *answers: str) -> tuple[Workbench, str]:
        workbench = shelf.create(template, template)
        text = workbench.run(answers=answers)
        assert "Traceback" not in text
        return workbench, text

    def test_console_program(self, shelf: Shelf) -> None:
        _, text = self.run(shelf, "Console program", "Cleo", "7")

        assert "Hello Cleo!" in text
        assert "10 times 7 is 70" in text

    def test_data_analysis(self, shelf: Shelf) -> None:
        workbench, text = self.run(shelf, "Data analysis")

        assert "Warmest month: July with 20.3 degrees" in text
        assert "Rain in the whole year: 729 mm" in text
        expect(workbench.files).to_contain_text("seasons.csv")
        workbench.wait_saved()
        assert set(shelf.files("Data analysis")) == {"main.py", "weather.csv", "seasons.csv"}

    def test_plot(self, shelf: Shelf) -> None:
        workbench, _ = self.run(shelf, "Plot")

        expect(workbench.figure(1)).to_be_visible()
        workbench.wait_saved()
        assert shelf.files("Plot")["temperatures.png"] > 5000

    def test_image_drawing(self, shelf: Shelf) -> None:
        workbench, _ = self.run(shelf, "Image drawing")

        expect(workbench.figure(1)).to_be_visible()
        workbench.wait_saved()
        assert shelf.files("Image drawing")["house.png"] > 500

    def test_sqlite_database(self, shelf: Shelf) -> None:
        workbench, text = self.run(shelf, "SQLite database", "the")

        assert "1813 Pride and Prejudice" in text
        assert "H. G. Wells 2" in text
        assert "2 found" in text
        workbench.wait_saved()
        assert shelf.files("SQLite database")["library.db"] > 0

    def test_empty(self, shelf: Shelf) -> None:
        workbench, _ = self.run(shelf, "Empty")

        assert workbench.run("print('mine')").strip().startswith("mine")


class TestKeeping:
    def test_rename_from_the_page_of_the_project(self, shelf: Shelf) -> None:
        workbench = shelf.create("First")
        shelf.page.locator("#project-menu summary").click()
        shelf.page.get_by_role("link", name="Rename").click()
        shelf.page.get_by_label("New name").fill("Größe 👋")
        shelf.page.get_by_role("button", name="Rename").click()

        expect(shelf.page.get_by_role("heading", level=1)).to_have_text("Größe 👋")
        expect(shelf.page).to_have_title("Größe 👋 · codeplatform")
        workbench.wait_ready()
        assert shelf.open().names() == ["Größe 👋"]

    def test_a_copy_holds_what_was_typed_a_moment_ago(self, shelf: Shelf) -> None:
        workbench = shelf.create("First")
        workbench.wait_ready()
        workbench.write("print('typed last')\n")
        shelf.page.locator("#project-menu summary").click()
        shelf.page.get_by_role("button", name="Duplicate").click()
        expect(shelf.page.get_by_role("heading", level=1)).to_have_text("First copy")

        expect(workbench.editor).to_contain_text("typed last")
        assert shelf.files("First copy") == shelf.files("First") == {"main.py": 20}

    def test_bin_and_restore_from_the_list(self, shelf: Shelf) -> None:
        for name in ("Keep", "Throw away"):
            shelf.create(name, "Empty")
            shelf.open()
        shelf.choose("Throw away", "Move to bin")
        shelf.page.get_by_role("button", name="Move to bin").click()
        expect(shelf.page.get_by_text("“Throw away” is in the bin.")).to_be_visible()
        assert shelf.names() == ["Keep"]

        shelf.page.get_by_role("link", name="Bin", exact=True).click()
        expect(shelf.page.get_by_role("row", name=re.compile("^Throw away"))).to_contain_text("30 days left")
        shelf.page.get_by_role("button", name="Restore Throw away").click()
        expect(shelf.page.get_by_text("“Throw away” is back among your projects.")).to_be_visible()
        assert sorted(shelf.names()) == ["Keep", "Throw away"]

    def test_delete_for_good_asks(self, shelf: Shelf) -> None:
        shelf.create("Gone", "Empty")
        shelf.open().choose("Gone", "Move to bin")
        shelf.page.get_by_role("button", name="Move to bin").click()
        shelf.page.get_by_role("link", name="Bin", exact=True).click()
        shelf.page.get_by_role("link", name="Delete for good Gone").click()
        shelf.page.get_by_role("link", name="Keep it").click()
        expect(shelf.page.get_by_role("rowheader")).to_have_text("Gone")

        shelf.page.get_by_role("link", name="Delete for good Gone").click()
        shelf.page.get_by_role("button", name="Delete for good").click()
        expect(shelf.page.get_by_text("The bin is empty.")).to_be_visible()

    def test_text_typed_into_a_binned_project_stays_here_until_it_is_restored(self, shelf: Shelf) -> None:
        workbench = shelf.create("Hello", "Empty")
        workbench.wait_ready()
        bin_ = Shelf(shelf.page.context.new_page(), shelf.site).open()
        bin_.choose("Hello", "Move to bin")
        bin_.page.get_by_role("button", name="Move to bin").click()
        expect(bin_.page.get_by_text("“Hello” is in the bin.")).to_be_visible()

        workbench.write("print('kept')\n")
        expect(workbench.save_status).to_have_text("Kept on this device")
        expect(
            shelf.page.get_by_text("This project is in your bin. Restore it there to save your text.")
        ).to_be_visible()
        bin_.open("/projects/bin/").page.get_by_role("button", name="Restore Hello").click()
        shelf.page.evaluate("window.dispatchEvent(new Event('online'))")
        workbench.wait_saved()
        assert shelf.files("Hello") == {"main.py": 14}

    def test_search_and_sort(self, shelf: Shelf) -> None:
        for name in ("Lesson 10", "Lesson 2", "Größe"):
            shelf.create(name, "Empty")
            shelf.open()
        assert shelf.names() == ["Größe", "Lesson 2", "Lesson 10"]
        shelf.page.get_by_role("link", name="Project", exact=True).click()
        expect(shelf.page.get_by_role("columnheader", name="Project")).to_have_attribute("aria-sort", "ascending")
        assert shelf.names() == ["Größe", "Lesson 2", "Lesson 10"]
        shelf.page.get_by_role("link", name="Project", exact=True).click()
        expect(shelf.page.get_by_role("columnheader", name="Project")).to_have_attribute("aria-sort", "descending")
        assert shelf.names() == ["Lesson 10", "Lesson 2", "Größe"]

        shelf.page.get_by_role("searchbox").fill("LESSON 2")
        shelf.page.get_by_role("searchbox").press("Enter")
        expect(shelf.page.get_by_role("rowheader")).to_have_count(1)
        assert shelf.names() == ["Lesson 2"]

    def test_it_all_works_without_javascript(self, browser: Browser, site: Site, shelf: Shelf) -> None:
        shelf.create("Plain", "Empty")
        state = shelf.page.context.storage_state()
        context = browser.new_context(java_script_enabled=False, storage_state=state)
        plain = Shelf(context.new_page(), site).open()
        plain.choose("Plain", "Duplicate")
        plain.open()
        assert sorted(plain.names()) == ["Plain", "Plain copy"]
        plain.choose("Plain copy", "Rename")
        plain.page.get_by_label("New name").fill("Named")
        plain.page.get_by_role("button", name="Rename").click()
        plain.open().choose("Plain", "Move to bin")
        plain.page.get_by_role("button", name="Move to bin").click()
        assert plain.names() == ["Named"]
        plain.page.get_by_role("link", name="Bin", exact=True).click()
        plain.page.get_by_role("button", name="Restore Plain").click()
        plain.page.get_by_role("searchbox").fill("plain")
        plain.page.get_by_role("button", name="Search").click()
        assert plain.names() == ["Plain"]
        context.close()

    def test_a_menu_closes_at_escape_and_at_a_click_elsewhere(self, shelf: Shelf) -> None:
        shelf.create("Hello", "Empty")
        shelf.open()
        rename = shelf.page.get_by_role("link", name="Rename")
        summary = shelf.page.locator("summary")
        summary.click()
        expect(rename).to_be_visible()
        shelf.page.keyboard.press("Escape")
        expect(rename).to_be_hidden()
        expect(summary).to_be_focused()
        summary.click()
        shelf.page.get_by_role("heading", level=1).click()
        expect(rename).to_be_hidden()


class TestZip:
    def test_out_and_in(self, shelf: Shelf) -> None:
        workbench = shelf.create("Größe: 1/2", "SQLite database")
        workbench.run(answers=["e"])
        workbench.wait_saved()
        workbench.write("print('typed last')\n")
        with shelf.page.expect_download() as download:
            shelf.page.locator("#project-menu summary").click()
            shelf.page.get_by_role("link", name="Download zip").click()
        assert download.value.suggested_filename == "Größe_ 1_2.zip"
        packed = download.value.path().read_bytes()
        archive = zipfile.ZipFile(io.BytesIO(packed))
        assert archive.namelist() == ["Größe_ 1_2/library.db", "Größe_ 1_2/main.py"]
        assert archive.read("Größe_ 1_2/main.py") == b"print('typed last')\n"

        upload = {"name": "Downloads.zip", "mimeType": "application/zip", "buffer": packed}
        shelf.open().page.get_by_label("Or start from a zip").set_input_files(upload)  # type: ignore[arg-type]
        shelf.page.get_by_role("button", name="Upload zip").click()
        expect(shelf.page.get_by_text("“Größe_ 1_2” was made from the zip.")).to_be_visible()
        assert shelf.files("Größe_ 1_2") == shelf.files("Größe: 1/2")
        shelf.page.get_by_role("link", name="Größe_ 1_2", exact=True).click()
        assert "typed last" in workbench.run()

    def test_what_is_no_zip_is_refused_with_a_sentence(self, shelf: Shelf) -> None:
        upload = {"name": "x.zip", "mimeType": "application/zip", "buffer": b"no zip"}
        shelf.page.get_by_label("Or start from a zip").set_input_files(upload)  # type: ignore[arg-type]
        shelf.page.get_by_role("button", name="Upload zip").click()

        expect(shelf.page.get_by_role("alert")).to_have_text("This is not a zip that can be read; make it again.")

    def test_a_teacher_downloads_a_students_project(self, open_project: Callable[..., Workbench], site: Site) -> None:
        student = open_project("ada@demo", "Hello")
        address = student.page.url
        context = student.page.context.browser.new_context()  # type: ignore[union-attr]
        teacher = sign_in(context, site.url, "teacher@demo")
        teacher.goto(address)
        teacher.locator("#project-menu summary").click()
        expect(teacher.get_by_role("link", name="Rename")).to_have_count(0)
        with teacher.expect_download() as download:
            teacher.get_by_role("link", name="Download zip").click()
        assert download.value.suggested_filename == "Hello.zip"
        context.close()


def test_no_state_has_a_known_problem(shelf: Shelf) -> None:
    page, problems = shelf.page, Problems()

    def look(state: str) -> None:
        check_appearances(page, state, problems)

    look("empty list")
    shelf.open("/projects/bin/")
    look("empty bin")
    shelf.open().create("Lesson 10: " + "long " * 15, "Empty").wait_ready()
    page.locator("#project-menu summary").click()
    look("menu of the project")
    for name in ("Throw away", "Hello"):
        shelf.open().create(name)
    shelf.open()
    look("list")
    page.locator("summary").first.click()
    look("menu in the list")
    shelf.open("/projects/?q=nothing")
    look("nothing found")
    shelf.open().page.get_by_label("Name").fill("\u202e")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look("a name refused")
    shelf.open().choose("Throw away", "Rename")
    look("rename")
    shelf.open().choose("Throw away", "Move to bin")
    look("confirmation of the bin")
    page.get_by_role("button", name="Move to bin").click()
    look("list with a message")
    shelf.open("/projects/bin/")
    look("bin")
    page.get_by_role("link", name="Delete for good").click()
    look("confirmation of the deletion")
    assert problems == {}
