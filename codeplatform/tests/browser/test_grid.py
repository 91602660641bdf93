"""A teacher at the class grid: by keys alone, and while students work."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from codeplatform.tests.browser.accessibility import Problems, check_appearances
from codeplatform.tests.browser.site import PASSWORD, Site
from codeplatform.tests.browser.workbench import sign_in

pytestmark = pytest.mark.browser

# A class of its own: other tests look at what stands in 10A.
SET_WORK = f"""
from accounts.models import User
from assessment.testing import hand_in_for, set_work
from exercises.models import Exercise
from schools.models import Classroom, Enrolment, School
school = School.objects.get(slug="demo")
room = Classroom.objects.create(school=school, name="Grid", year=2026)
people = dict(grid="teacher", ann="student", bob="student")
for name, role in people.items():
    people[name] = User.objects.create_user(name, "{PASSWORD}", role=role, school=school)
    Enrolment.objects.create(school=school, classroom=room, user=people[name], role=role)
assignment = set_work(room, *Exercise.objects.filter(school=None)[:3], title="At the grid")
hand_in_for(people["bob"], assignment.exercises.first())
print(room.pk, assignment.pk)
"""
HAND_IN = """
from accounts.models import User
from assessment.models import AssignedExercise
from assessment.testing import hand_in_for
last = AssignedExercise.objects.get(assignment__title="At the grid", position=3)
hand_in_for(User.objects.get(username="ann@demo"), last, share=0)
"""


def test_keys_lead_to_the_work_and_the_grid_stays_as_new_as_the_work(browser: Browser, site: Site) -> None:
    room, assignment = site.query(SET_WORK).split()
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = sign_in(context, site.url, "grid@demo")
    page.clock.install()
    page.goto(f"{site.url}/classes/{room}/grid/?assignment={assignment}")
    grid = page.get_by_role("grid")
    ann, bob = grid.locator("tbody tr").all()

    sort = page.get_by_role("link", name="Points", exact=True)
    sort.click()
    expect(page).to_have_url(re.compile("sort=total"))
    expect(grid.locator("tbody th").first).to_have_text("bob")
    expect(page.get_by_role("link", name="Points", exact=True)).to_be_focused()
    page.get_by_role("link", name="Name", exact=True).click()
    expect(ann.locator("th")).to_have_text("ann")

    first_of_ann, last_of_ann = ann.locator("td[data-state]").first, ann.locator("td[data-state]").last
    first_of_ann.focus()
    page.keyboard.press("ArrowDown")
    expect(bob.get_by_role("link", name="Handed in, 10 of 10 claimed")).to_be_focused()
    page.keyboard.press("Control+Home")
    page.keyboard.press("End")
    expect(last_of_ann).to_be_focused()

    problems = Problems()
    check_appearances(page, "grid", problems)
    assert problems == {}

    site.query(HAND_IN)
    page.clock.fast_forward(11_000)
    handed_in = ann.get_by_role("link", name="Handed in, 0 of 10 claimed")
    expect(handed_in).to_be_focused()
    expect(page.locator("#live")).to_have_text("1 cell has changed.")
    page.keyboard.press("n")
    expect(bob.get_by_role("link", name="Handed in, 10 of 10 claimed")).to_be_focused()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    page.wait_for_url("**/submissions/*/")
    context.close()
