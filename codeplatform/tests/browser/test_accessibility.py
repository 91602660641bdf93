"""Every page of the student's and the teacher's day, checked by axe-core, light and dark, wide and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from codeplatform.tests.browser.site import BASE_DIR, Site
from codeplatform.tests.browser.workbench import Workbench, sign_in

pytestmark = pytest.mark.browser

AXE = BASE_DIR / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# What axe finds, as "rule: element" lines.
FINDINGS = """async () => {
  const {violations} = await axe.run(document, {resultTypes: ["violations"]});
  return violations.flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target}`));
}"""


def find_problems(page: Page) -> list[str]:
    # A page's policy forbids foreign scripts; evaluating is the browser's own doing.
    page.evaluate(Path(AXE).read_text())
    found: list[str] = page.evaluate(FINDINGS)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_have_no_known_problem(browser: Browser, site: Site, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    problems = {}
    for path in ("/", "/compatibility/", "/cors/", "/login/", "/login/demo/", "/no-such-page/"):
        page.goto(f"{site.url}{path}")
        problems[path] = find_problems(page)
    student = sign_in(context, site.url, "dan@demo")
    student.goto(f"{site.url}/projects/")
    problems["project list"] = find_problems(student)
    student.get_by_role("link", name="Hello", exact=True).click()
    workbench = Workbench(student)
    workbench.wait_ready()
    problems["project"] = find_problems(student)
    workbench.run("import sys\nprint('out')\nprint('err', file=sys.stderr)\nraise ValueError('no')\n")
    problems["project after an error"] = find_problems(student)
    context.close()
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    teacher = sign_in(context, site.url, "other@demo")
    for path in ("/classes/", "/projects/"):
        teacher.goto(f"{site.url}{path}")
        problems[f"teacher {path}"] = find_problems(teacher)
    teacher.goto(f"{site.url}/classes/")
    teacher.get_by_role("link", name="10B").click()
    problems["class"] = find_problems(teacher)
    context.close()
    assert {path: found for path, found in problems.items() if found} == {}
