"""A hundred thousand lines printed: into our console, and into nothing at all on a bare Pyodide page."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

from benchmarks.contenders import TIMEOUT_MS, Contender
from benchmarks.results import Row
from codeplatform.tests.browser.site import Site

LINES = 100_000
WHAT = f"{LINES:,} lines printed, from Run to the end"
PROGRAM = f"for number in range({LINES}):\n    print('line', number)\n"
IS_READY = "() => /ready/.test(document.getElementById('runtime-status').textContent)"
# From the press of Run until the program has ended and the note that says so is drawn.
PRESS_RUN = """() => new Promise((resolve) => {
  const start = performance.now();
  const output = document.getElementById("console");
  let hasBegun = false;
  const look = () => {
    const last = output.lastElementChild?.textContent ?? "";
    hasBegun ||= !last.startsWith("Finished in");
    if (hasBegun && last.startsWith("Finished in")) resolve(performance.now() - start);
    else requestAnimationFrame(look);
  };
  document.getElementById("run").click();
  look();
})"""
PRINT_INTO_NOTHING = """async ([program, count]) => {
  const {loadPyodide} = await import("/pyodide/pyodide.mjs");
  const python = await loadPyodide();
  python.setStdout({write: (bytes) => bytes.length});
  const times = [];
  for (let run = 0; run < count; run += 1) {
    const start = performance.now();
    python.runPython(program);
    times.push(performance.now() - start);
  }
  return times;
}"""


def measure_printing(context: BrowserContext, site: Site, ours: Contender, bare: Contender, runs: int) -> list[Row]:
    """One row of each contender; `site` is where `ours` is served."""
    site.query(put_program(PROGRAM))
    page: Page = context.new_page()
    page.goto(bare.url)
    into_nothing: list[float] = page.evaluate(PRINT_INTO_NOTHING, [PROGRAM, runs])
    page.goto(ours.prepare(context))
    times = []
    for _ in range(runs):
        page.wait_for_function(IS_READY, timeout=TIMEOUT_MS)
        times.append(float(page.evaluate(PRESS_RUN)))
    page.close()
    return [Row(WHAT, ours.name, times), Row(WHAT, bare.name, into_nothing)]


def put_program(program: str) -> str:
    """Python for the site's shell that makes this ada@demo's main.py."""
    return (
        "from projects.models import File; import hashlib;"
        f"content = {program!r}.encode();"
        "File.objects.filter(project__owner__username='ada@demo', path='main.py').update("
        "content=content, size=len(content), sha256=hashlib.sha256(content).hexdigest())"
    )
