"""The pages under test, and how each is opened until it prints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import BrowserContext, Page

from benchmarks.bench import Bench
from benchmarks.results import BARE, JUPYTERLITE, OURS
from benchmarks.slow_network import Line, slow_network
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import sign_in

TIMEOUT_MS = 150_000
USER = "ada@demo"
# Told by its text from the program that JupyterLite shows above it.
PROGRAM = 'print("hel" + "lo")\n'

IS_READY = "() => /ready/.test(document.getElementById('runtime-status')?.textContent)"

# In every page from its first moment: notes when the first text stands in the console, and presses Run as soon as
# pressing it has an effect. Times are the browser's own, in ms since the navigation began.
WATCH_FIRST_PRINT = """
(() => {
  if (window !== window.top) return;
  const at = {};
  window.firstPrint = at;
  const timer = setInterval(() => {
    const run = document.getElementById("run");
    // JupyterLite asks for a kernel although its address names one, when it looks before its kernels are known.
    document.querySelector(".jp-Dialog .jp-mod-accept")?.click();
    const shows = [...document.querySelectorAll(OUTPUT)].some(({textContent}) => textContent.includes("hello"));
    if (shows && at.time === undefined) {
      at.time = performance.now();
      clearInterval(timer);
    } else if (PRESSES_RUN && run && !run.disabled && !run.hasAttribute("aria-busy")) {
      at.pressed ??= performance.now();
      run.click();
    }
  }, 4);
})();
"""


@dataclass(frozen=True)
class Contender:
    """A page under test, at `path` of the server at `url`; `output` selects where its programs print.

    With `user` it is our own, where somebody signs in first and Run must be pressed; the others run by themselves.
    """

    name: str
    url: str
    path: str = "/"
    output: str = "#console"
    user: str | None = None

    def prepare(self, context: BrowserContext) -> str:
        """Make the context ready for opening the page; the page's address."""
        if self.user is None:
            return f"{self.url}{self.path}"
        page = sign_in(context, self.url, self.user)
        page.goto(f"{self.url}/projects/")
        address = page.get_by_role("link", name="Hello", exact=True).get_attribute("href")
        page.close()
        return f"{self.url}{address}"

    def open_until_print(self, context: BrowserContext, address: str) -> tuple[Page, float]:
        """Open the page; when its first text stood there, in ms since the navigation began."""
        page = context.new_page()
        watch = WATCH_FIRST_PRINT.replace("OUTPUT", repr(self.output))
        page.add_init_script(watch.replace("PRESSES_RUN", "true" if self.user else "false"))
        page.goto(address, wait_until="commit")
        page.wait_for_function("() => window.firstPrint?.time !== undefined", timeout=TIMEOUT_MS)
        return page, float(page.evaluate("() => window.firstPrint.time"))

    @contextmanager
    def behind(self, mbit_s: float = 0, latency_ms: float = 0) -> Iterator[tuple[Contender, Line]]:
        """The same, reached over a slower line."""
        with slow_network(self.url, mbit_s, latency_ms) as line:
            yield replace(self, url=line.url), line


def put_program(site: Site, program: str) -> None:
    """Make this the program of the one who signs in to our site."""
    site.query(
        "from projects.models import File; import hashlib;"
        f"content = {program!r}.encode();"
        f"File.objects.filter(project__owner__username={USER!r}, path='main.py').update("
        "content=content, size=len(content), sha256=hashlib.sha256(content).hexdigest())"
    )


def open_ready(context: BrowserContext, address: str) -> Page:
    """Our project page, as soon as it says that Python is ready."""
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(IS_READY, timeout=TIMEOUT_MS)
    return page


def open_bare(context: BrowserContext, contender: Contender) -> Page:
    """The bare page with Pyodide loaded: `python` is its name there."""
    page = context.new_page()
    page.goto(contender.prepare(context))
    page.wait_for_function("() => document.documentElement.dataset.ready", timeout=TIMEOUT_MS)
    return page


def ours(bench: Bench) -> Contender:
    return Contender(OURS, bench.site.url, user=USER)


def bare(bench: Bench) -> Contender:
    return Contender(BARE, _origin(bench.bare_url))


def jupyterlite(bench: Bench) -> Contender:
    path = "/repl/index.html?" + urlencode({"kernel": "python", "code": PROGRAM.strip(), "execute": "1"})
    return Contender(JUPYTERLITE, _origin(bench.jupyterlite_url), path, output=".jp-OutputArea-output")


def all_contenders(bench: Bench) -> list[Contender]:
    """Those that can be had: JupyterLite is built from the Python package index."""
    found = [ours(bench), bare(bench)]
    if bench.has_jupyterlite:
        found.append(jupyterlite(bench))
    return found


def _origin(url: str) -> str:
    return f"http://{urlsplit(url).netloc}"
