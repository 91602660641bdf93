"""What a teacher sees, in the order of the lesson."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS, Workbench, find_students_project
from screenshots.camera import Camera
from screenshots.plays import CLASSMATES, TEACHER, open_class, put_class_to_work, signed_in

SOLUTION = 'word = input("A word: ")\nfor letter in word:\n    print(letter)\n'


def add_students(camera: Camera, site: Site) -> None:
    with signed_in(camera, site, TEACHER) as page:
        open_class(page, site)
        page.get_by_role("button", name="Add students").click()
        page.get_by_label("Names").fill("\n".join(CLASSMATES))
        page.get_by_role("button", name="Show what will happen").click()
        page.get_by_role("button", name=f"Add {len(CLASSMATES)} students").wait_for()
        camera.take(page, "teacher-add-students")
        page.get_by_role("button", name=f"Add {len(CLASSMATES)} students").click()
        page.get_by_role("button", name="Show login cards").click(timeout=READY_TIMEOUT_MS)
        page.get_by_role("button", name="Print").wait_for()
        camera.take(page, "teacher-login-cards")


def show_join_code(camera: Camera, site: Site) -> None:
    with signed_in(camera, site, TEACHER, width=800, height=480) as page:
        open_class(page, site)
        page.get_by_role("link", name="Join code").click()
        page.get_by_role("button", name="Make a code").click()
        page.locator(".join-code").wait_for()
        camera.take(page, "teacher-join-code")


def class_at_work(camera: Camera, site: Site) -> None:
    put_class_to_work(site)
    with signed_in(camera, site, TEACHER) as page:
        open_class(page, site)
        camera.take(page, "teacher-class")


def grid(camera: Camera, site: Site) -> None:
    with signed_in(camera, site, TEACHER, height=640) as page:
        open_class(page, site)
        page.get_by_role("link", name="Grid", exact=True).click()
        page.get_by_role("link", name="Stuck first").click()
        page.locator(".grid-table").wait_for()
        camera.take(page, "teacher-grid")


def submission(camera: Camera, site: Site) -> None:
    with signed_in(camera, site, TEACHER, width=1120, height=680) as page:
        open_class(page, site)
        page.get_by_role("link", name="Grid", exact=True).click()
        page.get_by_role("row", name=re.compile("^Ada")).locator("td a").first.click()
        page.locator("[data-line='3']").first.click()
        page.get_by_role("textbox", name="Comment on line 3").fill("Well done: the ! stands exactly where it should.")
        page.get_by_role("button", name="Add comment").click()
        page.locator(".comment").first.wait_for()
        page.evaluate("scrollTo(0, 0)")
        camera.take(page, "teacher-submission")


def set_work(camera: Camera, site: Site) -> None:
    with signed_in(camera, site, TEACHER, height=720) as page:
        open_class(page, site)
        page.get_by_role("link", name="Set work").click()
        page.get_by_label("Title", exact=True).fill("Loops")
        for title in ("Countdown", "Times table"):
            page.get_by_role("checkbox", name=re.compile(title, re.IGNORECASE)).first.check()
        page.get_by_role("button", name="Add ticked").last.click()
        page.locator(".pick").first.wait_for()
        page.evaluate("scrollTo(0, 0)")
        camera.take(page, "teacher-set-work")


def re_mark(camera: Camera, site: Site) -> None:
    with signed_in(camera, site, TEACHER, height=760) as page:
        open_class(page, site)
        page.get_by_role("button", name="Re-mark").click()
        page.get_by_role("button", name="Show what this is").click()
        page.get_by_role("button", name=re.compile("^Mark ")).click()
        page.get_by_role("button", name="Start").click(timeout=READY_TIMEOUT_MS)
        expect(page.locator("#count")).to_have_text(re.compile("^All"), timeout=5 * READY_TIMEOUT_MS)
        camera.take(page, "teacher-re-mark")
        page.get_by_role("button", name="Publish").click()


def gradebook(camera: Camera, site: Site) -> None:
    with signed_in(camera, site, TEACHER, height=680) as page:
        open_class(page, site)
        page.get_by_role("link", name="Gradebook", exact=True).click()
        page.get_by_label("Assignment").select_option(label="First steps")
        page.get_by_role("button", name="Show", exact=True).click()
        page.wait_for_url("**assignment=**")
        camera.take(page, "teacher-gradebook")


def write_exercise(camera: Camera, site: Site) -> None:
    with signed_in(camera, site, TEACHER, width=1280, height=800) as page:
        page.goto(f"{site.url}/exercises/new/")
        page.get_by_label("Title", exact=True).fill("Letter by letter")
        page.get_by_role("textbox", name="What to do").fill(
            "Ask for a word and print its letters, **one on each line**."
        )
        solution = page.get_by_role("textbox", name="main.py, solution")
        solution.click()
        solution.press("ControlOrMeta+a")
        page.keyboard.insert_text(SOLUTION)
        bench = Workbench(page)
        bench.wait_ready()
        page.get_by_role("button", name="Run your solution").click()
        bench.answer("sun")
        bench.wait_ready()
        page.get_by_role("button", name="Make this a test").click()
        page.locator(".test-row").first.wait_for()
        bench.wait_ready()
        page.evaluate("scrollTo(0, 0)")
        camera.take(page, "teacher-write-exercise")


def present(camera: Camera, site: Site) -> None:
    with signed_in(camera, site, TEACHER, width=1120, height=630) as page:
        find_students_project(page, site.url, "Ada", "My first program")
        bench = Workbench(page)
        bench.run()
        page.keyboard.press("F9")
        page.get_by_role("button", name="End presentation").wait_for()
        camera.take(page, "teacher-present")
