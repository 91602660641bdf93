"""Feedback by keyboard: a comment at a line, one of the saved ones, the next student; and what the student sees."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import sign_in

HANDED_IN = """
from accounts.models import User
from assessment.models import SavedComment
from assessment.testing import hand_in_for, set_work
from exercises.models import Exercise
from schools.models import Classroom
teacher = User.objects.get(username="teacher@demo")
classroom = Classroom.objects.get(school=teacher.school, name="10A")
assigned = set_work(classroom, Exercise.objects.filter(author=None).first(), author=teacher).exercises.get()
SavedComment.objects.get_or_create(owner=teacher, text="Name it better.")
for name in ("ben", "cleo"):
    text = f"# {name}\\nx = 1\\nprint(x)\\n"
    print(hand_in_for(User.objects.get(username=f"{name}@demo"), assigned, text=text).pk)
"""


def test_a_class_is_read_by_keyboard_and_the_student_answers(browser: Browser, site: Site) -> None:
    of_ben, of_cleo = site.query(HANDED_IN).split()
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = sign_in(context, site.url, "teacher@demo")
    page.goto(f"{site.url}/submissions/{of_ben}/")
    page.get_by_role("link", name="Comment on line 1").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    box = page.get_by_role("textbox", name="Comment on line 2")
    expect(box).to_be_focused()
    page.keyboard.type("No new page: n, p.")
    page.keyboard.press("Alt+1")
    expect(box).to_have_value("No new page: n, p.\nName it better.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Comment on line 2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_have_value("No new page: n, p.\nName it better.")  # nothing typed is lost
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    comment = page.get_by_role("article", name="Comment of Teacher")
    expect(comment).to_contain_text("Name it better.")

    page.locator("body").press("n")
    page.wait_for_url(f"**/submissions/{of_cleo}/")
    expect(page.get_by_role("link", name="2 of 2")).to_be_visible()
    page.get_by_role("checkbox", name="Keys P and N").uncheck()
    page.locator("body").press("p")
    page.reload()
    assert page.url.endswith(f"/submissions/{of_cleo}/")
    page.get_by_role("checkbox", name="Keys P and N").check()
    page.locator("body").press("p")
    page.wait_for_url(f"**/submissions/{of_ben}/")
    context.close()

    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = sign_in(context, site.url, "ben@demo")
    page.goto(f"{site.url}/submissions/{of_ben}/")
    page.get_by_role("link", name="Reply").click()
    page.get_by_role("textbox", name="Your reply").fill("It is <b>short</b>.")
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_role("article", name="Comment of Ben")).to_contain_text("It is <b>short</b>.")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()
