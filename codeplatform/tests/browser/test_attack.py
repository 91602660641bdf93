"""A hostile program, run by the student who wrote it and by the teacher who reviews it, gets nowhere."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from codeplatform.tests.browser.attacks import (
    FORGED_CRASH,
    FORGED_ENDING,
    HTML,
    JS_PROBES,
    ODD_NAMES,
    ODD_SHOWN,
    ODD_TEXT,
    ORDINARY,
    PYTHON_PROBES,
    REFUSED_NAMES,
    WRECKS,
    forging_program,
    odd_program,
    probing_program,
    wrecking_program,
)
from codeplatform.tests.browser.site import LoggedRequest, Site
from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS, Workbench, find_students_project, sign_in

pytestmark = pytest.mark.browser

MARKER = "marker-that-only-its-owner-may-see"
# The probes that may succeed, and the whole of what they get: JavaScript of the worker's own, in an opaque origin.
ODD_PROJECT = "<b onclick=alert(1)>\u202eodd</b>"
# What the console makes of itself: text, figures with their buttons, and our own notes.
CONSOLE_TAGS = {"a", "br", "button", "code", "div", "figcaption", "figure", "i", "img", "p", "span"}
FILE_PANEL_TAGS = {"a", "button", "details", "div", "form", "input", "label", "li", "p", "span", "summary", "ul"}
HARMLESS = {"timer with text": "null"}
OPEN_TO_ALL = ("/static/", "/runtime/", "/sandbox/")
ATTACK_TIMEOUT_MS = 240_000

TARGETS = """
import json
from accounts.models import User
from django.templatetags.static import static
from projects.models import Project
from projects.saving import create_project
own = Project.objects.get(owner__username="ada@demo", name="Hello")
other = create_project(User.objects.get(username="cleo@demo"), "Diary", starter="# MARKER")
print(json.dumps({"own": str(own.pk), "other": str(other.pk), "revision": own.revision,
                  "pageScript": "BASE" + static("pages/project.js")}))
"""
PLANT = """
import json
from accounts.models import User
from projects.saving import create_project
ada = User.objects.get(username="ada@demo")
for name, program in json.loads(%r).items():
    create_project(ada, name, starter=program)
"""
DIGEST = """
import hashlib, json
from django.apps import apps
digests = {}
for model in apps.get_models():
    rows = [repr(row) for row in model._default_manager.order_by("pk").values_list()]
    digests[model._meta.label] = [len(rows), hashlib.sha256("".join(rows).encode()).hexdigest()]
print(json.dumps(digests))
"""
WATCH_PAGE = """
if (window === top) {
  window.violations = [];
  addEventListener("securitypolicyviolation", (event) => {
    // Chromium reports its own editing of the code editor's lines.
    const {effectiveDirective, blockedURI} = event;
    if (effectiveDirective !== "style-src-attr") violations.push(`${effectiveDirective} ${blockedURI}`);
  });
  window.errors = [];
  addEventListener("error", ({message}) => errors.push(message));
  addEventListener("unhandledrejection", ({reason}) => errors.push(String(reason)));
  window.heard = [];
  const channel = new BroadcastChannel("codeplatform");
  channel.onmessage = ({data}) => heard.push(String(data));
  setInterval(() => channel.postMessage("MARKER"), 100);
}
""".replace("MARKER", MARKER)
PLANT_IN_PAGE = """async (marker) => {
  localStorage.setItem("marker", marker);
  sessionStorage.setItem("marker", marker);
  document.cookie = `marker=${marker}; path=/`;
  document.body.dataset.marker = window.marker = marker;
  await (await caches.open("marker")).put("/marker", new Response(marker));
  const opening = indexedDB.open("marker", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("marker").put(marker, "marker");
  await new Promise((done) => (opening.onsuccess = done));
  opening.result.close();
  navigator.locks.request("page-lock", () => new Promise(() => {}));
}"""
STORAGE = """async () => {
  const held = {local: {...localStorage}, session: {...sessionStorage}, cookie: document.cookie};
  Object.assign(held, {caches: {}, databases: {}});
  for (const name of await caches.keys()) {
    const addresses = (await (await caches.open(name)).keys()).map(({url}) => new URL(url).pathname);
    held.caches[name] = addresses.filter((path) => !path.startsWith("/cached-runtime/"));
  }
  for (const {name} of await indexedDB.databases()) {
    const opening = indexedDB.open(name);
    await new Promise((done) => (opening.onsuccess = done));
    held.databases[name] = {};
    for (const store of opening.result.objectStoreNames) {
      const all = opening.result.transaction(store).objectStore(store).getAll();
      await new Promise((done) => (all.onsuccess = done));
      held.databases[name][store] = all.result.length;
    }
    opening.result.close();
  }
  held.workers = (await navigator.serviceWorker.getRegistrations()).length;
  return held;
}"""
COUNT_ELEMENTS = """() => {
  const counts = {};
  for (const element of document.querySelectorAll("*")) {
    if (element.closest("#console, .cm-editor, #file-list, #file-notice, #announcer")) continue;
    counts[element.localName] = (counts[element.localName] ?? 0) + 1;
  }
  return counts;
}"""
TAGS_INSIDE = "root => [...new Set([...root.querySelectorAll('*')].map((element) => element.localName))].sort()"


@dataclass
class Watch:
    """What an attack would show up in, outside the sandbox."""

    site: Site
    workbench: Workbench
    events: list[str] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    since: int = 0

    @property
    def page(self) -> Page:
        return self.workbench.page

    def begin(self) -> None:
        page = self.page
        page.evaluate(PLANT_IN_PAGE, MARKER)
        page.on("dialog", lambda dialog: (self.events.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("popup", lambda popup: self.events.append(f"popup {popup.url}"))
        page.on("framenavigated", lambda frame: self.events.append(f"navigation {frame.url}"))
        page.on("frameattached", lambda frame: self.events.append(f"frame {frame.url}"))
        page.on("download", lambda download: self.events.append(f"download {download.url}"))
        self.before = self.state()
        self.since = self.site.request_count()

    def state(self) -> dict[str, Any]:
        return {
            "rows": self.rows(),
            "storage": self.page.evaluate(STORAGE),
            "elements": self.page.evaluate(COUNT_ELEMENTS),
            "frames": len(self.page.frames),
            "url": self.page.url,
            "heard": self.page.evaluate("heard"),
            "violations": self.page.evaluate("violations"),
            "errors": self.page.evaluate("errors"),
        }

    def rows(self) -> dict[str, Any]:
        """A count and a digest of every table."""
        return json.loads(self.site.query(DIGEST))

    def requests(self) -> list[LoggedRequest]:
        return self.site.requests(self.since)

    def requests_of_sandbox(self) -> list[LoggedRequest]:
        return [request for request in self.requests() if request.site != "same-origin"]

    def requests_with_cookie(self) -> list[LoggedRequest]:
        """Without those of the page for its own files, some of which it loads while programs run."""
        own = ("same-origin", "/static/")
        return [
            request
            for request in self.requests()
            if request.cookie != "-" and (request.site, request.path[: len(own[1])]) != own
        ]

    def tags_in_console(self) -> list[str]:
        return self.workbench.console.evaluate(TAGS_INSIDE)

    def assert_untouched(self) -> None:
        assert self.state() == self.before
        assert not self.before["violations"] + self.before["heard"] + self.before["errors"]
        assert self.events == []
        assert MARKER not in self.workbench.text()
        assert self.requests_with_cookie() == []
        assert {request.cookie for request in self.requests_of_sandbox()} <= {"-"}
        self.assert_positive_control()

    def assert_positive_control(self) -> None:
        """The log would have shown a cookie, and the page itself can read what the program could not."""
        before = self.site.request_count()
        assert self.page.evaluate("fetch('/projects/').then((answer) => answer.status)") == 200
        # A request is logged after it was answered.
        deadline = time.monotonic() + 5
        seen: list[tuple[str, str]] = []
        while not seen and time.monotonic() < deadline:
            time.sleep(0.05)
            told = [request for request in self.site.requests(before) if request.cookie != "-"]
            # The page may load more of its own files at any time.
            seen = [(request.path, request.site) for request in told if not request.path.startswith("/static/")]
        assert seen == [("/projects/", "same-origin")]

    def assert_next_run_works(self) -> None:
        assert ORDINARY in self.workbench.run(answers=["no"])


@pytest.fixture(scope="module")
def device(browser: Browser) -> Iterator[BrowserContext]:
    """One of its own: every page looks out for what an attack would do."""
    opened = browser.new_context(viewport={"width": 1280, "height": 800})
    opened.add_init_script(WATCH_PAGE)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def programs(site: Site) -> None:
    """Cleo's project with the marker, and Ada's with the programs."""
    targets = site.query(TARGETS.replace("MARKER", MARKER).replace("BASE", site.url))
    programs = {
        "Probes": probing_program({"base": site.url, **json.loads(targets)}),
        "Forgery": forging_program(),
        "Forged ending": forging_program(FORGED_ENDING),
        "Forged crash": forging_program(FORGED_CRASH),
        "Wrecks": wrecking_program(),
        ODD_PROJECT: odd_program(),
    }
    site.query(PLANT % json.dumps(programs))


@pytest.fixture(params=["ada@demo", "teacher@demo"])
def reader(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def watch(context: BrowserContext, site: Site, programs: None, reader: str) -> Callable[[str], Watch]:
    """Open one of Ada's projects, as she does or as her teacher does, and begin to look out."""

    def opener(name: str) -> Watch:
        page = sign_in(context, site.url, reader)
        if reader == "teacher@demo":
            find_students_project(page, site.url, "Ada", name)
        else:
            page.get_by_role("link", name=name, exact=True).click()
        watching = Watch(site, Workbench(page))
        watching.workbench.wait_ready()
        watching.begin()
        return watching

    return opener


@pytest.mark.usefixtures("programs")
class TestAttack:
    def test_probes_get_nowhere(self, watch: Callable[[str], Watch]) -> None:
        attack = watch("Probes")
        text = attack.workbench.run(answers=["yes"], timeout_ms=ATTACK_TIMEOUT_MS)
        outcomes = dict(re.findall(r"^probe (.+?): (.*)$", text, re.M))
        assert "all probes have run" in text
        assert outcomes.keys() == JS_PROBES.keys() | PYTHON_PROBES.keys()
        got = {name: what.removeprefix("got ") for name, what in outcomes.items() if what.startswith("got")}
        assert got == HARMLESS
        # Nor was a probe refused because it, or Pyodide, was wrong itself.
        assert not [name for name, what in outcomes.items() if re.search("NameError|SyntaxError", what)]
        attack.assert_untouched()
        self.assert_requests_were_refused(attack.requests_of_sandbox())
        attack.assert_next_run_works()

    def assert_requests_were_refused(self, requests: list[LoggedRequest]) -> None:
        attacks = [request for request in requests if not request.path.startswith(OPEN_TO_ALL)]
        paths = {request.path for request in attacks}
        assert {"/projects/", "/login/", "/admin/", "/logout/", "/classes/", "/"} <= paths
        assert len(attacks) > 40
        assert {request.status for request in attacks} == {403}


class TestForgery:
    def test_messages_of_every_type(self, watch: Callable[[str], Watch]) -> None:
        attack = watch("Forgery")
        text = attack.workbench.run(answers=["yes"])
        assert "messages through [object MessagePort]" in text
        assert "all messages are sent" in text
        assert "of another run" not in text
        assert HTML not in text
        assert "withholds shared memory" not in text
        assert set(attack.tags_in_console()) <= CONSOLE_TAGS
        attack.assert_untouched()
        attack.assert_next_run_works()

    def test_end_of_the_run(self, watch: Callable[[str], Watch], reader: str) -> None:
        attack = watch("Forged ending")
        text = attack.workbench.run(answers=["yes"])
        assert HTML in text
        assert "was not kept" in text
        files = attack.workbench.files
        expect(files.get_by_role("button", name=ODD_TEXT).first).to_be_visible()
        assert set(files.evaluate(TAGS_INSIDE)) <= FILE_PANEL_TAGS
        if reader == "ada@demo":
            # A program may write its own project's files. The server refuses this name, and nothing else happens.
            expect(attack.page.get_by_role("alert").first).to_contain_text("cannot save")
            assert attack.rows() == attack.before["rows"]
            assert [request.path for request in attack.requests_with_cookie() if "/save/" not in request.path] == []
            assert attack.events == []
        else:
            attack.assert_untouched()
        attack.assert_next_run_works()

    def test_crash(self, watch: Callable[[str], Watch]) -> None:
        attack = watch("Forged crash")
        text = attack.workbench.run(answers=["yes"])
        assert text.count("brought Python down") == 1
        assert HTML in text
        attack.assert_untouched()
        attack.assert_next_run_works()


class TestOddText:
    def test_it_is_text_everywhere(self, watch: Callable[[str], Watch], reader: str) -> None:
        odd = watch(ODD_PROJECT)
        page, workbench = odd.page, odd.workbench
        workbench.start()
        workbench.answer("yes")
        workbench.wait_input()
        assert workbench.input.get_attribute("aria-description") == ODD_SHOWN.strip()
        workbench.answer(ODD_TEXT)
        workbench.wait_ready()
        shown = workbench.console.text_content() or ""
        assert shown.count(ODD_SHOWN) >= 5
        assert "\x1b" not in workbench.console.locator(".lines").first.text_content()
        assert set(odd.tags_in_console()) <= CONSOLE_TAGS
        for name in ODD_NAMES:
            workbench.files.get_by_role("button", name=name, exact=True).click()
            assert page.locator("#file-name").text_content() == name
        for name in REFUSED_NAMES:
            assert f"{name} was not kept" in shown
        workbench.files.get_by_role("button", name="picture.png", exact=True).click()
        expect(page.locator("#preview img")).to_have_count(1)
        assert set(workbench.files.evaluate(TAGS_INSIDE)) <= FILE_PANEL_TAGS
        if reader == "ada@demo":
            workbench.wait_saved()
        page.wait_for_timeout(500)
        assert odd.events == []
        assert odd.state()["violations"] == []
        assert odd.state()["errors"] == []


class TestWrecks:
    @pytest.mark.parametrize("reader", ["ada@demo"], indirect=True)
    def test_stop_and_the_next_run_work(self, watch: Callable[[str], Watch]) -> None:
        wreck = watch("Wrecks")
        workbench = wreck.workbench
        for name in WRECKS:
            workbench.start()
            workbench.answer("yes")
            workbench.answer(name)
            wreck.page.wait_for_timeout(1500)
            self.stop_if_needed(workbench)
            # What a program did to its own worker may outlive it; one more Stop replaces the worker.
            workbench.start()
            wreck.page.wait_for_timeout(1000)
            self.stop_if_needed(workbench)
            wreck.assert_next_run_works()
        assert set(wreck.tags_in_console()) <= CONSOLE_TAGS
        wreck.assert_untouched()

    def stop_if_needed(self, workbench: Workbench) -> None:
        workbench.stop_if_running()
        expect(workbench.runtime).to_have_text(re.compile("ready"), timeout=READY_TIMEOUT_MS)


class TestIsolation:
    def test_it_holds_on_every_way_to_the_page(self, open_project: Callable[..., Workbench], site: Site) -> None:
        workbench = open_project("ada@demo", "Isolation")
        page = workbench.page
        address = page.url
        ways: list[Callable[[], object]] = [
            page.reload,
            lambda: page.goto(f"{site.url}/projects/") and page.go_back(),
            lambda: page.go_back() and page.go_forward(),
            lambda: page.goto("about:blank") is None and page.goto(address),
        ]
        for go in [lambda: None, *ways]:
            go()
            workbench.wait_ready()
            assert page.url == address
            assert page.evaluate("crossOriginIsolated")
            # The frame tells the page when it is given no shared memory, and the console says so.
            assert "shared memory" not in workbench.text()
            if len(page.frames) > 1:  # Playwright loses sight of frames that come back from the cache
                assert page.frames[1].evaluate("[crossOriginIsolated, origin]") == [True, "null"]
        assert "null" in workbench.run("import js\ninput()\nprint(js.origin)", answers=["waits"])
