"""What the scenes have in common: who signs in, what they write, what a class has handed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from codeplatform.tests.browser.exercise_desk import ExerciseDesk
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import Workbench, sign_in
from screenshots.camera import VIEWPORT_HEIGHT, VIEWPORT_WIDTH, Camera

STUDENT, TEACHER, ADMIN = "ada@demo", "teacher@demo", "head@demo"
CLASSMATES = (
    "Amira Said",
    "Jonas Berg",
    "Mei Lin",
    "Noah Clark",
    "Olivia Hart",
    "Priya Nair",
    "Tomás Ruiz",
    "Zoe Adams",
)

GREETING = """name = input("What is your name? ")
town = input("Where do you live? ")
print(f"Hello {name}!")
print(f"Is it nice in {town}?")
"""
ALMOST = GREETING.replace("!", "")

# Forgets that names may have two words, which only a hidden test finds
ONE_WORD = GREETING.replace("{name}", "{name.split()[0]}")
# Compares texts instead of numbers
AS_TEXT = """first = input("First: ")
second = input("Second: ")
if first > second:
    print(first)
elif second > first:
    print(second)
else:
    print("same")
"""
CLASS_AT_WORK = """
from datetime import timedelta
from decimal import Decimal
from django.utils import timezone
from accounts.models import User
from assessment.models import AssignedExercise, Work
from assessment.testing import hand_in_for, start_work
programs = PROGRAMS
exercises = list(AssignedExercise.objects.filter(assignment__title="First steps").order_by("position"))
files = {each.pk: each.version.files.filter(part="reference").get(path="main.py").content for each in exercises}
students = User.objects.filter(school__slug="demo", role="student", enrolments__classroom__name="10A").exclude(
    username="ada@demo").order_by("username")
ways = WAYS
for number, student in enumerate(students):
    for assigned, way in zip(exercises, ways[number % len(ways)], strict=True):
        text = bytes(files[assigned.pk]).decode()
        if isinstance(way, int):
            work = start_work(student, assigned, text)
            Work.objects.filter(pk=work.pk).update(check_count=way, checks_since_better=way - 1, best_percent=50)
        elif way is not None:
            text, share = programs.get(way, (text, 1))
            hand_in_for(student, assigned, text=text, share=Decimal(share),
                received_at=timezone.now() - timedelta(minutes=7 * (number + 1)))
    User.objects.filter(pk=student.pk).update(last_seen_at=timezone.now() - timedelta(minutes=number))
"""
# A program, and the share of the visible tests that it passes
PROGRAMS = {"one word": (ONE_WORD, "1"), "as text": (AS_TEXT, "0.3333")}
# Who stands where with the three exercises of the demo: what they handed in, or how many checks they have made; None:
# not begun.
WAYS = [
    ("right", "right", "as text"),
    ("right", "right", 2),
    ("one word", 7, None),
    ("right", "right", 3),
    ("one word", None, None),
    (6, None, None),
    ("right", "right", "right"),
]


def put_class_to_work(site: Site) -> None:
    """Most of the class have handed something in, some are stuck, one forgot a case that only a hidden test finds."""
    site.query(CLASS_AT_WORK.replace("PROGRAMS", repr(PROGRAMS)).replace("WAYS", repr(WAYS)))


@contextmanager
def signed_in(
    camera: Camera, site: Site, user: str, *, width: int = VIEWPORT_WIDTH, height: int = VIEWPORT_HEIGHT
) -> Iterator[Page]:
    """A page of this person, on the list of projects."""
    device = camera.device_of(user)
    if device.cookies():
        page = device.new_page()
        page.goto(f"{site.url}/projects/")
    else:
        page = sign_in(device, site.url, user)
    page.set_viewport_size({"width": width, "height": height})
    yield page
    page.close()


@contextmanager
def project(camera: Camera, site: Site, name: str, starter: str = "Empty", **size: int) -> Iterator[Workbench]:
    """A new project of the student, with Python ready."""
    with signed_in(camera, site, STUDENT, **size) as page:
        page.get_by_role("radio", name=starter).check()
        page.get_by_label("Name of the new project").fill(name)
        page.get_by_role("button", name="Create project").click()
        page.wait_for_url("**/projects/*-*/")
        bench = Workbench(page)
        bench.wait_ready()
        yield bench


@contextmanager
def task(camera: Camera, site: Site, user: str, title: str, **size: int) -> Iterator[ExerciseDesk]:
    """An exercise of the demo's assignment, as a student opens it."""
    with signed_in(camera, site, user, **size) as page:
        page.goto(f"{site.url}/assignments/")
        page.get_by_role("link", name="First steps").click()
        page.get_by_role("link", name=title).click()
        desk = ExerciseDesk(page)
        desk.wait_ready()
        yield desk


def open_class(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/classes/")
    page.get_by_role("link", name="10A", exact=True).click()
    page.wait_for_load_state()
