"""What opening a page may cost at most, in bytes and requests: whoever adds to it notices here.

No seconds, and no long tasks: on a machine that does other things too they fail by chance, and `make bench` has them.
Queries have their budgets in whole_site/test_queries.py and beside the views.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from codeplatform.tests.browser.site import BASE_DIR, Site
from codeplatform.tests.browser.workbench import Workbench
from frontend.runtime.current import Runtime, read_runtime
from frontend.templatetags.modules import modules_in_order
from frontend.templatetags.runtime import CORE_FILES

KB, MB = 1000, 1_000_000
# Of the runtime, sent when a page is opened for the first time: how much at most, and why.
RUNTIME = {
    # What 300 students may draw at once through a school's line
    "with the memory snapshot": 11 * MB,
    # Wished for are 7 MB. The standard library with its bytecode is 4.2 MB of it.
    "without it": 7.2 * MB,
}
# Of a project page until Python is ready: how many requests at most, and why.
REQUESTS = {
    # Each module is one; what HTTP/2 does not take at once waits its turn.
    "first opening": 190,
    # The page and the frame: what never changes is not asked for again.
    "second opening": 6,
}
# Of each page with programs, by its template: how many modules at most, and how many bytes of them are sent.
SCRIPTS = {
    "exercise.html": (122, 266 * KB),
    "exercise_edit.html": (72, 218 * KB),
    "project.html": (104, 245 * KB),
    "revision.html": (16, 158 * KB),
    "marking_run.html": (26, 34 * KB),
    "submission.html": (6, 5 * KB),
    "_live_program.html": (55, 195 * KB),
}
OpenProject = Callable[..., Workbench]


@pytest.fixture
def runtime() -> Runtime:
    root = Path(os.environ.get("RUNTIME_DIR", BASE_DIR / "var" / "runtime"))
    return read_runtime(root / json.loads((root / "current.json").read_text())["version"])


def test_the_runtime(runtime: Runtime) -> None:
    sizes = {name: sent(runtime.folder / name) for name in CORE_FILES if name in runtime.files}
    snapshots = [size for name, size in sizes.items() if name.startswith("snapshot-")]
    found = {"with the memory snapshot": sum(sizes.values()) - sum(snapshots) + max(snapshots)}
    found["without it"] = found["with the memory snapshot"] - max(snapshots)

    assert len(sizes) == len(CORE_FILES)
    assert {what: size for what, size in found.items() if size > RUNTIME[what]} == {}


def test_the_scripts_of_pages(collected_static: Path) -> None:
    names = json.loads((collected_static / "staticfiles.json").read_text())["paths"]
    found = {}
    for template in BASE_DIR.glob("*/templates/**/*.html"):
        for listed in re.findall(r"{% module_preloads ([^%]*)%}", template.read_text()):
            modules = {path for name in re.findall(r'"([^"]+)"', listed) for path in modules_in_order(name)}
            found[template.name] = (len(modules), sum(sent(collected_static / names[module]) for module in modules))

    assert found.keys() == SCRIPTS.keys()
    assert {page: it for page, it in found.items() if it[0] > SCRIPTS[page][0] or it[1] > SCRIPTS[page][1]} == {}


@pytest.mark.fresh
def test_the_requests_of_an_opening(open_project: OpenProject, site: Site) -> None:
    before = site.request_count()
    workbench = open_project()
    workbench.wait_ready()
    paths = [request.path for request in site.requests(before)]
    # Before the project page stand those of the sign-in page and of the list.
    page = next(number for number, path in enumerate(paths) if re.fullmatch(r"/projects/[0-9a-f-]{36}/", path))
    before = site.request_count()
    workbench.page.reload()
    workbench.wait_ready()
    again = [request.path for request in site.requests(before)]

    found = {"first opening": len(paths) - page, "second opening": len(again)}
    assert {what: count for what, count in found.items() if count > REQUESTS[what]} == {}, again
    assert [path for path in again if path.startswith("/runtime/")] == []


def sent(path: Path) -> int:
    """How many bytes of the file are sent: those of its compressed copy where there is one."""
    copy = path.with_name(f"{path.name}.br")
    return (copy if copy.exists() else path).stat().st_size
