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

# Who stands where with the three exercises of the demo: the share of the tests that passed, or how many checks went
# by without a better one. Nothing: not begun.
CLASS_AT_WORK = """
from datetime import timedelta
from decimal import Decimal
from django.utils import timezone
from accounts.models import User
from assessment.models import AssignedExercise, Work
from assessment.testing import hand_in_for, start_work
exercises = list(AssignedExercise.objects.filter(assignment__title="First steps").order_by("position"))
files = {each.pk: each.version.files.filter(part="reference").get(path="main.py").content for each in exercises}
students = User.objects.filter(school__slug="demo", role="student", enrolments__classroom__name="10A").exclude(
    username="ada@demo").order_by("username")
ways = WAYS
for number, student in enumerate(students):
    for assigned, way in zip(exercises, ways[number % len(ways)], strict=True):
        text = bytes(files[assigned.pk]).decode()
        if isinstance(way, str):
            checks = int(way)
            work = start_work(student, assigned, text)
            Work.objects.filter(pk=work.pk).update(check_count=checks, checks_since_better=checks - 1, best_percent=50)
        elif way is not None:
            hand_in_for(student, assigned, text=text, share=Decimal(way) / 2,
                received_at=timezone.now() - timedelta(minutes=7 * (number + 1)))
    User.objects.filter(pk=student.pk).update(last_seen_at=timezone.now() - timedelta(minutes=number))
"""
WAYS = [(2, 2, 2), (2, 1, "2"), (2, "7", None), (1, 2, "3"), (2, None, None), ("6", None, None), (2, 2, 0)]


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
