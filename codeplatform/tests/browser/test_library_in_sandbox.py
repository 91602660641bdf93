"""Every exercise that comes with the site: its reference passes in the sandbox, its starter does not."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from playwright.sync_api import Browser

from codeplatform.tests.browser.exercise_desk import ExerciseDesk, make_exercise
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import sign_in
from exercises.importing import LIBRARY, read_folders
from exercises.representation import as_json
from exercises.specs import ExerciseFolder

pytestmark = pytest.mark.browser

# Checks each job with the page's own runner; a starter only until a test does not pass.
CHECK_ALL = """async ({modules, jobs}) => {
  const {runner} = await import(document.querySelector("script[src*='python-start']").src);
  const {CheckRunner} = await import(modules.runner);
  const {Judge} = await import(modules.judge);
  // These programs are the site's own: they may share a worker, as a student's may not, and need not wait for new ones.
  runner.renew = () => {};
  const checker = new CheckRunner({runner, judge: new Judge({worker: modules.worker})});
  const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const outcomes = {};
  for (const {name, files, entry, tests, isStarter} of jobs) {
    const ending = new AbortController();
    const verdicts = await checker.check({
      files: Object.entries(files).map(([path, text]) => ({path, bytes: bytesOf(text)})), entry, tests,
      onVerdict: (_, {outcome}) => { if (isStarter && outcome !== "passed") ending.abort(); },
      signal: ending.signal,
    });
    outcomes[name] = verdicts.map((verdict) => verdict && [verdict.outcome, verdict.detail.sentence]);
  }
  return outcomes;
}"""
ADDRESSES = """
import json
from django.templatetags.static import static
names = {"runner": "check-runner.js", "judge": "judge.js", "worker": "judge-worker.js"}
print(json.dumps({key: static(f"checking/{name}") for key, name in names.items()}))
"""


def job(folder: ExerciseFolder, *, is_starter: bool) -> dict[str, Any]:
    files = dict(folder.starter) if is_starter else folder.solution()
    return {
        "name": f"{folder.slug}, {'starter' if is_starter else 'reference'}",
        "files": {path: base64.b64encode(content).decode() for path, content in files.items()},
        "entry": folder.entry,
        "tests": [as_json(spec, folder.test_files) for spec in folder.tests],
        "isStarter": is_starter,
    }


@pytest.fixture(scope="module")
def outcomes(browser: Browser, site: Site) -> dict[str, list[Any]]:
    # Last those with packages: once these are there, each fresh start takes ten times as long.
    folders = sorted(read_folders(LIBRARY), key=lambda folder: folder.topic == "data")
    context = browser.new_context()
    page = sign_in(context, site.url, "cleo@demo")
    page.goto(make_exercise(site, "", title="Library in the sandbox"))
    ExerciseDesk(page).wait_ready()
    jobs = [job(folder, is_starter=is_starter) for folder in folders for is_starter in (False, True)]
    seen: dict[str, list[Any]] = page.evaluate(CHECK_ALL, {"modules": json.loads(site.query(ADDRESSES)), "jobs": jobs})
    context.close()
    assert len(seen) == 2 * len(folders) >= 80
    return seen


def test_each_reference_passes_every_test(outcomes: dict[str, list[Any]]) -> None:
    missed = {
        name: [verdict for verdict in verdicts if verdict is None or verdict[0] != "passed"]
        for name, verdicts in outcomes.items()
        if name.endswith("reference")
    }
    assert {name: verdicts for name, verdicts in missed.items() if verdicts} == {}


def test_each_starter_fails(outcomes: dict[str, list[Any]]) -> None:
    starters = {name: verdicts for name, verdicts in outcomes.items() if name.endswith("starter")}
    passing = [
        name for name, verdicts in starters.items() if all(verdict and verdict[0] == "passed" for verdict in verdicts)
    ]
    assert passing == []
