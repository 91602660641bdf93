"""From an empty page to feedback: a teacher writes and sets, students hand in, hidden tests tell the difference."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from codeplatform.tests.browser.exercise_desk import ExerciseDesk
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS, sign_in

# What a student must never receive: the solution, and all that is in a hidden test.
MARKERS = ("solution-of-the-teacher", "name-of-the-hidden-test", "1357924680", "2715849360", "feedback-of-the-hidden")
SOLUTION = f"# {MARKERS[0]}\nprint(2 * int(input()))\n"
PROGRAMS = {
    "ada": "print(int(input()) * 2)\n",
    "ben": "print(int(input()) + 1)\n",
    # Knows by heart what the tests that show expect
    "cleo": "print({'2': 4, '5': 10}.get(input()))\n",
}
CLAIMED = {"ada": "2 of 2", "ben": "0 of 2", "cleo": "2 of 2"}
STORED = """async () => {
  const kept = [document.documentElement.outerHTML, JSON.stringify([{...localStorage}, {...sessionStorage}])];
  for (const {name} of await indexedDB.databases()) {
    const opened = ({target}, done) => done(target.result);
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = (event) => opened(event, done); });
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store).getAll();
      kept.push(JSON.stringify(await new Promise((done) => { all.onsuccess = () => done(all.result); })));
    }
    database.close();
  }
  return kept.join("\\n");
}"""

MARKS = """
import json
from assessment.models import Submission
rows = Submission.objects.filter(work__exercise__title="Twice as much").select_related("mark", "student")
print(json.dumps({s.student.short_name: [s.mark.source, float(s.mark.points)] for s in rows}))
"""


class Listener:
    """What the site sends to a browser: of each address that it asks for, and each answer to what it sends."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.addresses: set[str] = set()
        self.answers: list[Response] = []
        context.on("response", lambda response: self.heard(response))

    def heard(self, response: Response) -> None:
        if "/runtime/" in response.url or response.status >= 300:
            return
        if response.request.method == "GET":
            self.addresses.add(response.url)
        else:
            self.answers.append(response)

    def found(self, page: Page) -> list[tuple[str, str]]:
        """The markers that came, and with what: in bodies, in the page, in the browser's storage."""
        texts = [("page and storage", page.evaluate(STORED))]
        texts += [(answer.url, answer.body().decode("utf-8", "replace")) for answer in self.answers]
        self.answers.clear()
        # Chromium forgets what a page got once it is left: each address is asked again, as the same person.
        for url in sorted(url for url in self.addresses if url.startswith("http")):
            texts.append((url, self.context.request.get(url).body().decode("utf-8", "replace")))
        return [(where, marker) for where, text in texts for marker in MARKERS if marker in text]


def write_exercise(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/exercises/new/")
    page.get_by_label("Title", exact=True).fill("Twice as much")
    page.get_by_role("textbox", name="What to do").fill("Print **twice** the number that is typed.")
    solution = page.get_by_role("textbox", name="main.py, solution")
    solution.click()
    solution.press("Control+a")
    page.keyboard.insert_text(SOLUTION)
    tests = [
        ("two", "2", "4", "visible"),
        ("five", "5", "10", "visible"),
        (MARKERS[1], MARKERS[2], MARKERS[3], "hidden"),
    ]
    for number, (name, typed, printed, shown) in enumerate(tests, 1):
        if page.get_by_role("group", name=f"Test {number}", exact=True).count() == 0:
            page.get_by_role("button", name="Add a test", exact=True).click()
        test = page.get_by_role("group", name=f"Test {number}", exact=True)
        test.get_by_label("When the student types").fill(typed)
        test.get_by_label("the program prints").fill(printed)
        test.get_by_label("Name", exact=True).fill(name)
        test.get_by_label("Points", exact=True).fill("2" if shown == "hidden" else "1")
        test.get_by_label("Shown", exact=True).select_option(shown)
    with page.expect_navigation():
        page.get_by_role("button", name="Save").or_(page.get_by_role("button", name="Save exercise")).last.click()
    expect(page.get_by_text("“Twice as much” is saved.")).to_be_visible()


def set_work(page: Page, site: Site) -> str:
    page.goto(f"{site.url}/assignments/new/")
    page.get_by_label("Title", exact=True).fill("Numbers")
    page.get_by_role("group", name="Classes").get_by_label("10A").check()
    page.get_by_role("region", name="Exercises to add").get_by_label("Twice as much").check()
    page.get_by_role("button", name="Add ticked").last.click()
    page.get_by_label("Points for Twice as much").fill("8")
    page.get_by_role("button", name="Set work").click()
    page.wait_for_url(re.compile(r"/assignments/[0-9a-f-]{36}/"))
    return page.url.partition("#")[0]


def solve(page: Page, assignment: str, code: str, claim: str) -> None:
    page.goto(assignment)
    page.get_by_role("link", name="Twice as much").click()
    page.wait_for_url("**/1/")
    desk = ExerciseDesk(page)
    desk.check(code)
    expect(desk.summary).to_contain_text(claim)
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_role("status", name="Handed in")).to_have_text(
        re.compile(r"Handed in \d\d:\d\d"), timeout=READY_TIMEOUT_MS
    )


def marks(site: Site) -> dict[str, list[object]]:
    found: dict[str, list[object]] = json.loads(site.query(MARKS))
    return found


def test_from_an_empty_page_to_feedback(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    teacher = sign_in(context, site.url, "teacher@demo")
    write_exercise(teacher, site)
    assignment = set_work(teacher, site)

    listeners: dict[str, tuple[BrowserContext, Page, Listener]] = {}
    for name, code in PROGRAMS.items():
        own = browser.new_context(viewport={"width": 1280, "height": 800})
        listener = Listener(own)
        page = sign_in(own, site.url, f"{name}@demo")
        listeners[name] = own, page, listener
        solve(page, assignment, code, CLAIMED[name])
        assert listener.found(page) == [], name
    assert marks(site) == {"ada": ["claimed", 8], "ben": ["claimed", 0], "cleo": ["claimed", 8]}

    # The teacher's browser runs all tests; who only knew the answers by heart falls.
    teacher.goto(f"{site.url}/classes/")
    teacher.get_by_role("link", name="10A").first.click()
    teacher.get_by_role("button", name="Re-mark").click()
    teacher.get_by_label("What to mark").select_option(label="Numbers")
    teacher.get_by_role("button", name="Show what this is").click()
    teacher.get_by_role("button", name="Mark 3 submissions").click()
    teacher.get_by_role("button", name="Start").click()
    publish = teacher.get_by_role("button", name="Publish")
    expect(publish).to_be_enabled(timeout=3 * READY_TIMEOUT_MS)
    expect(teacher.locator("#changes tbody tr")).to_have_count(3)
    expect(teacher.get_by_role("row", name=re.compile("Cleo"))).to_contain_text("4 of 8")
    assert marks(site)["cleo"] == ["claimed", 8]
    publish.click()
    expect(teacher.get_by_text("3 marks are verified now.")).to_be_visible()
    assert marks(site) == {"ada": ["verified", 8], "ben": ["verified", 0], "cleo": ["verified", 4]}

    # She says what is missing, and the student sees it and what it is worth; nothing of the hidden test.
    teacher.get_by_role("row", name=re.compile("Cleo")).get_by_role("link").click()
    expect(teacher.get_by_text(MARKERS[1]).first).to_be_visible()
    teacher.get_by_role("link", name="Comment on line 1").click()
    teacher.get_by_role("textbox", name="Comment on line 1").fill("What about other numbers?")
    teacher.get_by_role("button", name="Add comment").click()
    expect(teacher.get_by_role("article", name="Comment of Teacher")).to_contain_text("other numbers")
    submission = teacher.url.split("#")[0].split("?")[0]

    own, page, _ = listeners["cleo"]
    page.goto(submission)
    expect(page.get_by_role("article", name="Comment of Teacher")).to_contain_text("What about other numbers?")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"4(\.0+)? of 8"))
    page.goto(assignment)
    page.goto(f"{site.url}/progress/")
    for name, (own, page, listener) in listeners.items():
        assert listener.found(page) == [], name
        own.close()
    context.close()
