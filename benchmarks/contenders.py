"""What is measured on each contender: opened until it prints, and Run pressed until it prints."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page

from codeplatform.tests.browser.workbench import sign_in

TIMEOUT_MS = 120_000

# In every page from its first moment: notes when the first text stands in the console, and presses Run as soon as
# pressing it has an effect. Times are the browser's own, in ms since the navigation began.
WATCH_FIRST_PRINT = """
(() => {
  const at = {};
  window.firstPrint = at;
  const timer = setInterval(() => {
    const run = document.getElementById("run");
    const text = document.getElementById("console")?.textContent ?? "";
    if (text.includes("hello") && at.time === undefined) {
      at.time = performance.now();
      clearInterval(timer);
    } else if (window.pressesRun && run && !run.disabled && !run.hasAttribute("aria-busy")) {
      run.click();
    }
  }, 4);
})();
"""

# Once ready: from the press of Run until its text is in the document.
TIME_A_RUN = """() => new Promise((resolve) => {
  const output = document.getElementById("console");
  const start = performance.now();
  let isCleared = false;
  const seen = new MutationObserver(() => {
    isCleared ||= !output.textContent.includes("hello");
    if (!isCleared || !output.textContent.includes("hello")) return;
    seen.disconnect();
    resolve(performance.now() - start);
  });
  output.replaceChildren();
  isCleared = true;
  seen.observe(output, { childList: true, subtree: true, characterData: true });
  document.getElementById("run").click();
})"""


@dataclass(frozen=True)
class Contender:
    """A page under test. `user` is who signs in first, in our own site."""

    name: str
    url: str
    user: str | None = None

    def prepare(self, context: BrowserContext) -> str:
        """Make the context ready for opening the page; the page's address."""
        if self.user is None:
            return self.url
        page = sign_in(context, self.url, self.user)
        page.goto(f"{self.url}/projects/")
        address = page.get_by_role("link", name="Hello", exact=True).get_attribute("href")
        page.close()
        return f"{self.url}{address}"

    def open_until_print(self, context: BrowserContext, address: str) -> tuple[Page, float]:
        """Open the page; when its first text stood there, in ms since the navigation began."""
        page = context.new_page()
        page.add_init_script(f"window.pressesRun = {str(self.user is not None).lower()};{WATCH_FIRST_PRINT}")
        page.goto(address, wait_until="commit")
        page.wait_for_function("() => window.firstPrint?.time !== undefined", timeout=TIMEOUT_MS)
        return page, float(page.evaluate("() => window.firstPrint.time"))

    def time_runs(self, page: Page, count: int) -> list[float]:
        """Press Run `count` times on a page that is ready; ms until its text each time."""
        times = []
        for _ in range(count):
            page.wait_for_function("() => !document.getElementById('run').disabled", timeout=TIMEOUT_MS)
            times.append(float(page.evaluate(TIME_A_RUN)))
        return times
