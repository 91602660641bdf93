"""How Python comes to the page: once over the network, then from this device; and what happens when it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS, Workbench, find_students_project

pytestmark = [pytest.mark.browser, pytest.mark.fresh]

OpenProject = Callable[..., Workbench]
# As many bytes as awaited, all zero.
SPOIL_SNAPSHOT = """
(() => {
    const fetched = window.fetch;
    window.fetch = async (resource, options) => {
        const response = await fetched(resource, options);
        if (!String(resource).includes("/snapshot-")) return response;
        return new Response(new Uint8Array((await response.arrayBuffer()).byteLength));
    };
})()
"""
READY_DETAIL = "() => performance.getEntriesByName('python:ready')[0]?.detail.restored"


def test_first_opening_downloads_with_progress_and_the_second_nothing(
    open_project: OpenProject, context: BrowserContext, site: Site
) -> None:
    context.add_init_script("""
        window.seen = [];
        document.addEventListener("DOMContentLoaded", () => new MutationObserver((changes) => {
            for (const {target} of changes) window.seen.push(target.textContent);
        }).observe(document.getElementById("runtime-status") ?? document.body, {childList: true}));
    """)
    workbench = open_project()
    workbench.wait_ready()
    seen = workbench.page.evaluate("() => window.seen")
    assert any(re.fullmatch(r"loading \d+\.\d of \d+\.\d MB", text) for text in seen), seen

    before = site.request_count()
    workbench.page.reload()
    workbench.wait_ready()
    assert [request.path for request in site.requests(before) if request.path.startswith("/runtime/")] == []
    assert workbench.page.evaluate(READY_DETAIL) is True


def test_what_an_earlier_runtime_left_is_removed(open_project: OpenProject) -> None:
    workbench = open_project("cleo@demo", "Keys")
    workbench.page.evaluate(
        "async () => (await caches.open('python-runtime')).put('/cached-runtime/of-last-year', new Response('old'))"
    )
    workbench.page.reload()
    workbench.wait_ready()
    paths = "async () => (await (await caches.open('python-runtime')).keys()).map(({url}) => new URL(url).pathname)"
    workbench.page.wait_for_function(f"async () => !(await ({paths})()).includes('/cached-runtime/of-last-year')")
    assert len(workbench.page.evaluate(paths)) >= 6


def test_runtime_files_are_immutable_and_compressed(site: Site, context: BrowserContext) -> None:
    page = context.new_page()
    with page.expect_response(re.compile(r"/static/pages/appearance")) as found:
        page.goto(f"{site.url}/login/")
    assert "immutable" in found.value.headers["cache-control"]
    assert found.value.headers["content-encoding"] in {"br", "gzip"}


def test_python_starts_without_a_snapshot_that_does_not_restore(
    open_project: OpenProject, context: BrowserContext
) -> None:
    context.add_init_script(SPOIL_SNAPSHOT)
    workbench = open_project()
    assert workbench.run("print(6 * 7)\n").startswith("42")
    assert workbench.page.evaluate(READY_DETAIL) is False


def test_python_starts_where_the_snapshot_is_missing(open_project: OpenProject, context: BrowserContext) -> None:
    context.route("**/snapshot-*.bin", lambda route: route.fulfill(status=404, body="gone"))
    assert open_project().run("print(6 * 7)\n").startswith("42")


def test_a_blocked_download_is_said_with_a_button_to_try_again(
    open_project: OpenProject, context: BrowserContext
) -> None:
    context.route("**/python_stdlib.zip", lambda route: route.abort())
    workbench = open_project("cleo@demo", "Blocked")
    workbench.write("print('came back')")
    expect(workbench.runtime).to_have_text("failed", timeout=READY_TIMEOUT_MS)
    expect(workbench.page.get_by_role("alert")).to_contain_text("python_stdlib.zip could not be loaded")
    context.unroute("**/python_stdlib.zip")
    workbench.page.get_by_role("button", name="Try again").click()
    workbench.wait_ready()
    expect(workbench.page.get_by_role("button", name="Try again")).to_have_count(0)
    workbench.run_button.click()
    expect(workbench.console).to_contain_text("came back", timeout=READY_TIMEOUT_MS)


def test_run_pressed_while_python_loads_runs_when_it_is_ready(open_project: OpenProject) -> None:
    workbench = open_project("cleo@demo", "Early")
    workbench.write("name = input('Name? ')\nprint('Hello', name)")
    workbench.run_button.click()
    workbench.answer("Cleo")
    expect(workbench.console).to_contain_text("Hello Cleo")


def test_keyboard_runs_and_leaves_the_editor(open_project: OpenProject) -> None:
    workbench = open_project("cleo@demo", "Keys")
    workbench.wait_ready()
    workbench.write("if True:\n")
    workbench.page.keyboard.press("Control+End")
    workbench.page.keyboard.press("Tab")
    workbench.page.keyboard.insert_text("print('from the keyboard')")
    workbench.page.keyboard.press("Control+Enter")
    expect(workbench.console).to_contain_text("from the keyboard")
    workbench.editor.click()
    workbench.page.keyboard.press("Escape")
    workbench.page.keyboard.press("Tab")
    expect(workbench.editor).not_to_be_focused()


def test_teacher_reads_and_runs_a_students_project_but_cannot_change_it(
    open_project: OpenProject, context: BrowserContext, site: Site
) -> None:
    page = open_project("teacher@demo", "Mine").page
    find_students_project(page, site.url, "Ben", "Hello")
    workbench = Workbench(page)
    expect(page.get_by_text("Read only: Ben")).to_be_visible()
    workbench.editor.click()
    page.keyboard.type("spoilt")
    expect(workbench.editor).not_to_contain_text("spoilt")
    workbench.start()
    workbench.answer("Teacher")
    expect(workbench.console).to_contain_text("Hello Teacher")
    expect(workbench.save_status).to_have_text("Read only")
