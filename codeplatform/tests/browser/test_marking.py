"""A teacher's browser marks a class with tests that the students never received, and no program cheats them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from codeplatform.tests.browser.handed_in import RIGHT, hand_in
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.test_accessibility import find_problems
from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS, sign_in

MARKER = "hidden-expectation-48151623"
DONE_TIMEOUT_MS = 180_000

# Who hands in what. The visible test types 2 and expects 4; hidden ones type 3 and 10, and call double(21).
PROGRAMS = {
    "right": RIGHT,
    "hard-coded": "def double(n):\n    return 4\n\nprint(4)\n",
    "endless": "while True:\n    pass\n",
    "memory": "hoard = []\nwhile True:\n    hoard.append(bytearray(50_000_000))\n",
    # Whatever Python and the browser can reach is searched for what the hidden tests expect.
    "searches": f"""
import gc, sys, os
def double(n):
    return 4
found = []
def look(thing, depth=0):
    try:
        if isinstance(thing, str) and ("20" == thing.strip() or {MARKER[:-4]!r} + "1623" in thing):
            found.append(thing)
    except Exception:
        pass
for thing in gc.get_objects():
    if isinstance(thing, dict):
        for key, value in list(thing.items()):
            look(key), look(value)
    elif isinstance(thing, (list, tuple)):
        for value in thing:
            look(value)
frame = sys._getframe()
while frame:
    for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):
        look(value)
    frame = frame.f_back
print(found[0] if found else 4)
""",
    # Says itself that all is well, on every way that leads out of the worker.
    "forges": """
def double(n):
    return 4
try:
    import js
    from pyodide.ffi import to_js
    for kind in ("checked", "finished", "verdict", "results"):
        for body in ({"outcome": "passed"}, {"stdout": "6\\n", "error": None}):
            message = to_js({"type": kind, "worker": 1, "run": "1", "observation": body, "outcome": "passed",
                "worn": False, "memory_bytes": 0, "share": 1}, dict_converter=js.Object.fromEntries)
            js.postMessage(message)
except BaseException as error:
    pass
print(4)
""",
    # Puts itself into whatever comes after it in the same worker.
    "leaves": """
import builtins, sys, json
real = builtins.print
def always(*values, **options):
    real("6")
builtins.print = always
json.dumps_was = json.dumps
json.dumps = lambda *a, **k: json.dumps_was({"passed": True})
class Any(int):
    def __eq__(self, other): return True
    def __hash__(self): return 0
def double(n):
    return Any(4)
for name, module in list(sys.modules.items()):
    for attribute in ("compare", "judge", "is_passed", "report"):
        try:
            setattr(module, attribute, lambda *a, **k: True)
        except Exception:
            pass
real(4)
""",
    # Comes after the one that leaves things behind, and is simply wrong.
    "wrong": "def double(n):\n    return n\n\nprint(int(input()))\n",
}
EXPECTED = (
    dict.fromkeys(PROGRAMS, 0.0) | {"right": 10.0} | dict.fromkeys(("hard-coded", "searches", "forges", "leaves"), 2.5)
)

MARKS = """
import json
from assessment.models import MarkingRun, Mark, MarkingItem, Submission
run = MarkingRun.objects.get(assignment__title="Doubling", published_at__isnull=False)
marks = {s.student.display_name: [s.mark.source, float(s.mark.points)]
    for s in Submission.objects.filter(work__assigned__assignment=run.assignment).select_related("mark", "student")}
print(json.dumps([marks, run.items.count(), run.results.count(), Mark.objects.filter(run=run).count()]))
"""


@pytest.fixture(scope="module")
def marking(site: Site) -> str:
    """The address from which the assignment is marked."""
    return hand_in(site, PROGRAMS, feedback=MARKER)


@pytest.fixture
def pages(browser: Browser, site: Site) -> Iterator[list[Page]]:
    """The teacher's page, and the school admin's on another computer."""
    contexts = [browser.new_context(viewport={"width": 1280, "height": 800}) for _ in range(2)]
    yield [
        sign_in(context, site.url, name) for context, name in zip(contexts, ["teacher@demo", "head@demo"], strict=True)
    ]
    for context in contexts:
        context.close()


def test_a_class_is_marked_on_two_computers_and_no_program_cheats(pages: list[Page], site: Site, marking: str) -> None:
    teacher, head = pages
    teacher.goto(marking)
    expect(teacher.get_by_role("row", name=re.compile("Twice over"))).to_contain_text("version 1")
    assert find_problems(teacher) == []
    teacher.get_by_role("button", name="Mark 8 submissions").click()
    run = teacher.url
    expect(teacher.get_by_role("button", name="Publish")).to_be_disabled()
    teacher.get_by_label("Programs at once").select_option("1")
    teacher.get_by_role("button", name="Start").click()
    expect(teacher.get_by_role("row", name=re.compile("10 claimed")).first).to_be_visible(timeout=READY_TIMEOUT_MS)
    # The page is closed in the middle of it; another computer goes on.
    teacher.close(run_before_unload=False)

    head.goto(run)
    head.get_by_role("button", name=re.compile("Go on|Start")).click()
    expect(head.get_by_role("button", name="Publish")).to_be_enabled(timeout=DONE_TIMEOUT_MS)
    expect(head.get_by_role("status").first).to_contain_text("All 8 done")
    head.get_by_label("Only where the mark changes").uncheck()
    expect(head.locator("#changes tbody tr")).to_have_count(8)
    expect(head.get_by_role("row", name=re.compile("^hard-coded"))).to_contain_text("2.5 of 10")
    assert find_problems(head) == []
    head.get_by_role("button", name="Publish").click()
    expect(head.get_by_text("8 marks are verified now.")).to_be_visible()
    expect(head.get_by_role("row", name=re.compile("^hard-coded"))).to_contain_text("10 claimed")

    marks, items, results, published = json.loads(site.query(MARKS))
    assert (items, results, published) == (8, 32, 8)
    assert marks == {name: ["verified", points] for name, points in EXPECTED.items()}
