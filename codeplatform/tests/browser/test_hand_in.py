"""A student solves what is set, checks it, and hands it in; what cannot go waits and goes once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from codeplatform.tests.browser.exercise_desk import ExerciseDesk, make_exercise
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import sign_in

pytestmark = pytest.mark.browser

TESTS = """
IoSpec(name="Two", input="2\\n", expected="4", points=3, time_limit_s=2),
IoSpec(name="Five", input="5\\n", expected="10", time_limit_s=2),
IoSpec(name="Hidden one", input="7\\n", expected="14 hidden-answer", visibility="hidden"),
"""
SET = """
from assessment.testing import set_work
from exercises.models import Exercise
from schools.models import Classroom
exercise = Exercise.objects.select_related("current").get(pk={exercise!r})
Exercise.objects.filter(pk=exercise.pk).update(is_shared=False, school=Classroom.objects.get(name="10A").school)
print(set_work(Classroom.objects.get(name="10A"), exercise, title="Doubles", max_attempts=3).pk)
"""
HANDED_IN = """
import json
from assessment.models import Submission
rows = Submission.objects.filter(work__assigned__assignment={assignment!r}, student__username="{student}")
print(json.dumps([
    [s.attempt, bytes(s.files.get().content).decode(), s.results.filter(outcome="passed").count(),
     str(s.mark and s.mark.points), s.client_at < s.received_at]
    for s in rows.order_by("attempt")
]))
"""
RIGHT = "print(2 * int(input()))\n"
CHEAT = "print(4)\n"


@pytest.fixture(scope="module")
def assignment(site: Site) -> str:
    """Of an exercise that is in nobody's library."""
    exercise = make_exercise(site, TESTS, title="Double it", hints=("Think of *.",)).rstrip("/").rsplit("/", 1)[1]
    return site.query(SET.format(exercise=exercise))


@pytest.fixture
def desk(browser: Browser, site: Site, assignment: str) -> Iterator[ExerciseDesk]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = sign_in(context, site.url, "ada@demo")
    page.goto(f"{site.url}/assignments/{assignment}/")
    page.get_by_role("link", name="Double it").click()
    page.wait_for_url("**/1/")
    yield ExerciseDesk(page)
    context.close()


def handed_in(site: Site, assignment: str, student: str = "ada@demo") -> list[list[object]]:
    found: list[list[object]] = json.loads(site.query(HANDED_IN.format(assignment=assignment, student=student)))
    return found


def test_solve_check_hand_in(desk: ExerciseDesk, site: Site, assignment: str) -> None:
    page, hand_in = desk.page, desk.page.get_by_role("button", name="Hand in", exact=True)
    status, notice = page.get_by_role("status", name="Handed in"), page.locator("#hand-in-notice")
    history = page.get_by_role("link", name="History")
    expect(history).to_be_hidden()
    page.get_by_role("button", name=re.compile("Show a hint")).click()
    expect(desk.task).to_contain_text("Think of *.")
    assert desk.check(CHEAT) == ["Passed", "Not passed"]
    expect(desk.save_status).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    hand_in.click()
    expect(status).to_have_text(re.compile(r"Handed in \d\d:\d\d, attempt 1"))

    # The newest text is checked first where it was not.
    desk.write(RIGHT)
    hand_in.click()
    expect(status).to_have_text(re.compile(r"Handed in \d\d:\d\d, attempt 2"), timeout=30_000)
    assert desk.states() == ["Passed", "Passed"]
    assert [row[:4] for row in handed_in(site, assignment)] == [[1, CHEAT, 1, "7.50"], [2, RIGHT, 2, "10.00"]]
    page.reload()
    expect(desk.editor).to_have_text(RIGHT.strip())
    expect(desk.task).to_contain_text("Think of *.")
    expect(status).to_have_text(re.compile(r"Handed in \d\d:\d\d, attempt 2"))
    expect(page.locator("#attempt-list li")).to_have_count(2)
    expect(notice).to_be_hidden()

    # Offline it waits with its own time, and what is typed after it is not in it.
    desk.check()
    page.context.set_offline(True)
    desk.write("# off the network\n" + RIGHT)
    hand_in.click()
    expect(notice).to_contain_text("waits: You are offline.", timeout=30_000)
    expect(status).to_have_text("Hand-in waits")
    desk.write("# typed later\n")
    page.context.set_offline(False)
    expect(status).to_have_text(re.compile(r"Handed in \d\d:\d\d, attempt 3"), timeout=40_000)
    expect(desk.save_status).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    expect(notice).to_be_hidden()
    expect(hand_in).to_be_disabled()
    expect(desk.task).to_contain_text("You have handed this in 3 times, which is as often as it may be.")
    rows = handed_in(site, assignment)
    assert rows[2:] == [[3, "# off the network\n" + RIGHT, 2, "10.00", True]]
    page.reload()
    expect(desk.editor).to_have_text("# typed later")
    stored = page.evaluate("async () => JSON.stringify([await indexedDB.databases(), {...localStorage}])")
    assert "hidden-answer" not in stored + page.content()
    history.click()
    page.wait_for_url("**/history/")
    page.get_by_role("link", name="Double it").first.click()
    page.wait_for_url("**/assignments/*/1/")
    page.get_by_role("link", name="Attempt 3").click()
    page.wait_for_url("**/submissions/*/")
    expect(page.get_by_text("off the network")).to_be_visible()
