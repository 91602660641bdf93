"""What a student sees, in the order of the guide."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS
from screenshots.camera import Camera
from screenshots.plays import ALMOST, GREETING, STUDENT, project, signed_in, task

QUIZ = """a = 7
b = 8
answer = int(input(f"What is {a} times {b}? "))
if answer == a * b:
    print("Right!")
else:
    print("No, it is", a * b)
"""
MISTAKE = """prices = {"apple": 0.4, "pear": 0.6, "plum": 0.3}
basket = ["apple", "plum", "pera"]

total = 0
for fruit in basket:
    total = total + prices[fruit]
print("Total:", total)
"""
WEATHER = """import matplotlib.pyplot as plt

months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
degrees = [4.1, 4.6, 7.2, 9.8, 13.1, 16.2]

with open("table.csv", "w") as file:
    for month, value in zip(months, degrees):
        print(month, value, sep=",", file=file)

plt.figure(figsize=(4, 2.6))
plt.bar(months, degrees, color="#1f6f5c")
plt.ylabel("°C")
plt.show()
"""


def sign_in_page(camera: Camera, site: Site) -> None:
    page = camera.device_of("nobody").new_page()
    page.set_viewport_size({"width": 720, "height": 460})
    page.goto(f"{site.url}/login/demo/")
    page.get_by_label("Login name").fill("ada")
    camera.take(page, "student-sign-in")
    page.close()


def projects(camera: Camera, site: Site) -> None:
    with signed_in(camera, site, STUDENT, height=780) as page:
        page.get_by_label("Name of the new project").fill("My first program")
        page.evaluate("scrollTo(0, 0)")
        camera.take(page, "student-new-project")


def first_program(camera: Camera, site: Site) -> None:
    with project(camera, site, "My first program", height=680) as bench:
        bench.run('print("Hello from my own program!")\nfor number in range(1, 4):\n    print(number, "*" * number)\n')
        bench.wait_saved()
        camera.take(bench.page, "student-first-program")


def asks_for_input(camera: Camera, site: Site) -> None:
    with project(camera, site, "Times tables") as bench:
        bench.start(QUIZ)
        bench.wait_input()
        bench.input.fill("56")
        bench.wait_saved()
        camera.take(bench.page, "student-input")


def error_explained(camera: Camera, site: Site) -> None:
    with project(camera, site, "Shopping basket", height=740) as bench:
        bench.run(MISTAKE)
        bench.wait_saved()
        expect(bench.explanation.first).to_be_visible()
        camera.take(bench.page, "student-error")


def files_and_pictures(camera: Camera, site: Site) -> None:
    """The picture of the README, too."""
    with project(camera, site, "Weather", width=1120, height=700) as bench:
        # The second time the package is there, as it is for whoever has used it before.
        bench.run(WEATHER, timeout_ms=2 * READY_TIMEOUT_MS)
        bench.run()
        expect(bench.figure(1)).to_be_visible()
        bench.wait_saved()
        camera.take_png(bench.page, "project")


def history(camera: Camera, site: Site) -> None:
    with project(camera, site, "Story") as bench:
        for text in ("print('Once upon a time')\n", "print('Once upon a time,')\nprint('there was a robot.')\n"):
            bench.write(text)
            bench.page.keyboard.press("ControlOrMeta+s")
            bench.wait_saved()
        bench.page.get_by_role("link", name="History").click()
        bench.page.locator(".revision-link").nth(1).click()
        bench.page.get_by_role("button", name="Restore").first.wait_for()
        camera.take(bench.page, "student-history")


def exercise(camera: Camera, site: Site) -> None:
    with task(camera, site, STUDENT, "A friendly greeting", width=1280, height=760) as desk:
        desk.check(ALMOST)
        desk.results.evaluate("results => results.scrollIntoView()")
        camera.take(desk.page, "student-check")
        desk.write(GREETING)
        desk.page.get_by_role("button", name="Hand in", exact=True).click()
        handed_in = desk.page.get_by_role("status", name="Handed in")
        expect(handed_in).to_have_text(re.compile("attempt 1"), timeout=READY_TIMEOUT_MS)
        camera.take(desk.page, "student-handed-in", desk.page.locator("header.bar"))


def feedback(camera: Camera, site: Site) -> None:
    with signed_in(camera, site, STUDENT) as page:
        page.goto(f"{site.url}/assignments/")
        page.get_by_role("link", name="First steps").click()
        page.get_by_role("link", name=re.compile("1 comment")).click()
        camera.take(page, "student-feedback")
