"""From a key to what it changes: the letter, the mark under a mistake, the list of names; and a large file saved."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import BrowserContext, CDPSession, Page, TimeoutError

from benchmarks.bench import Bench
from benchmarks.contenders import TIMEOUT_MS, open_ready, ours, put_program
from benchmarks.results import OURS, Row, Section, Target

TEXT_BOX = "a text box of the browser"
SIZES = (10, 1000, 10_000)
EVENT = "keystroke to paint, as the browser tells it"
FRAME = "keystroke to the end of the frame"
WORK = "work of the page's main thread for a keystroke"
MARKS = "keystroke to lint marks, the pause of 300 ms included"
NAMES = "keystroke to the list of names"
SAVED = "a file of 1 MB, from choosing it to “Saved”"
SAVED_BYTES = 1_000_000
KEYS = 60
HELPS = 12
SAVES = 5
HINTS_TIMEOUT_MS = 20_000
# As fast as people type who type fast.
KEY_EVERY_MS = 90
TARGETS = [Target(EVENT, 16, under="1,000 lines", take="p95")]
TEXT = """
Letters typed in the middle of a file, one every 90 ms. The browser's own measure (event timing) is rounded to 8 ms
and tells nothing below 16, which counts as 8 here; the end of the frame is the first task after it, which includes
the wait for the screen's next turn of 16.7 ms. Work is all that the main thread did (script, style, layout, paint),
divided by the keys.
"""
WATCH_KEYS = """() => {
  window.frames_ = [];
  window.events_ = [];
  const {port1, port2} = new MessageChannel();
  let pressed = null;
  port1.onmessage = () => {
    if (pressed !== null) frames_.push(performance.now() - pressed);
    pressed = null;
  };
  addEventListener("keydown", ({timeStamp}) => {
    pressed = timeStamp;
    requestAnimationFrame(() => port2.postMessage(null));
  }, {capture: true});
  new PerformanceObserver((list) => {
    for (const {name, duration} of list.getEntries()) if (name === "keydown") events_.push(duration);
  }).observe({type: "event", durationThreshold: 16});
}"""
WATCH_HELP = """() => {
  addEventListener("keydown", () => { window.keyAt = performance.now(); }, {capture: true});
  const seen = new MutationObserver(() => {
    if (document.querySelector(window.awaited)) window.seenAt ??= performance.now();
  });
  seen.observe(document.body, {childList: true, subtree: true});
}"""
HAS_HINTS = "() => /hint/.test(document.getElementById('show-hints').textContent)"
SAVE = """(bytes) => new Promise((resolve) => {
  const status = document.getElementById("save-status");
  const transfer = new DataTransfer();
  transfer.items.add(new File(["x".repeat(79).concat("\\n").repeat(bytes / 80)], `${Math.random()}.txt`));
  const chooser = document.getElementById("upload-files");
  chooser.files = transfer.files;
  const start = performance.now();
  let isSaving = false;
  const seen = new MutationObserver(() => {
    isSaving ||= status.textContent === "Saving…";
    if (!isSaving || !status.textContent.startsWith("Saved")) return;
    seen.disconnect();
    resolve(performance.now() - start);
  });
  seen.observe(status, { childList: true });
  chooser.dispatchEvent(new Event("change"));
})"""


def measure(bench: Bench) -> Section:
    rows: list[Row] = []
    with bench.fresh_browser() as context:
        address = ours(bench).prepare(context)
        for size in SIZES:
            put_program(bench.site, program_of(size))
            page = open_ready(context, address)
            # What helps while typing takes part, unless the file is too long for it.
            with suppress(TimeoutError):
                page.wait_for_function(HAS_HINTS, timeout=HINTS_TIMEOUT_MS)
            page.locator(".cm-content").click()
            typed = _typed(page, OURS, size)
            page.close()
            typed += _typed(_text_box(context, size), TEXT_BOX, size)
            bench.tell(typed)
            rows += typed
        rows += _helps(bench, context, address)
        page = open_ready(context, address)
        saves = [float(page.evaluate(SAVE, SAVED_BYTES)) for _ in range(bench.rounds(SAVES))]
        rows.append(Row(SAVED, OURS, saves))
    bench.tell(rows[-3:])
    return Section("editor", 7, "Typing", TEXT, rows, TARGETS, bench.machine())


def program_of(lines: int) -> str:
    """A program of as many lines, as a lesson's are."""
    return "".join(f"def function_{number}(value):\n    return value + {number}\n" for number in range(lines // 2))


def _typed(page: Page, contender: str, size: int) -> list[Row]:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.keyboard.press("Control+Home")
    for _ in range(3):
        page.keyboard.press("PageDown")
    page.keyboard.press("End")
    page.wait_for_timeout(2000)
    page.evaluate(WATCH_KEYS)
    before = _work_ms(session)
    for number in range(KEYS):
        page.keyboard.press("abcdefghij"[number % 10])
        page.wait_for_timeout(KEY_EVERY_MS)
    after = _work_ms(session)
    page.wait_for_timeout(500)
    frames = page.evaluate("() => frames_")
    slow: list[float] = page.evaluate("() => events_")
    events = [*slow, *[8.0] * (KEYS - len(slow))]
    under = f"{size:,} lines"
    return [
        Row(EVENT, contender, events, under=under),
        Row(FRAME, contender, frames, under=under),
        Row(WORK, contender, [(after - before) / KEYS], under=under),
    ]


def _work_ms(session: CDPSession) -> float:
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def _text_box(context: BrowserContext, size: int) -> Page:
    page = context.new_page()
    page.set_content("<textarea rows='40' cols='100' style='font: 14px monospace'></textarea>")
    page.locator("textarea").evaluate("(box, text) => { box.value = text; }", program_of(size))
    page.locator("textarea").focus()
    return page


def _helps(bench: Bench, context: BrowserContext, address: str) -> list[Row]:
    put_program(bench.site, program_of(160))
    page = open_ready(context, address)
    page.wait_for_function(HAS_HINTS, timeout=TIMEOUT_MS)
    page.evaluate(WATCH_HELP)
    page.locator(".cm-content").click()
    count = bench.rounds(HELPS)
    marks = [_until(page, "prnt(1)\n", ".cm-lintRange") for _ in range(count)]
    names = [_until(page, "pri", ".cm-tooltip-autocomplete") for _ in range(count)]
    page.close()
    return [Row(MARKS, OURS, marks), Row(NAMES, OURS, names)]


def _until(page: Page, text: str, awaited: str) -> float:
    """From the last key of `text`, typed on a line of its own at the end, until `awaited` is in the document; in ms."""
    page.keyboard.press("Control+End")
    page.evaluate("(awaited) => { window.awaited = awaited; window.seenAt = undefined; }", awaited)
    page.keyboard.type(text, delay=60)
    page.wait_for_function("() => window.seenAt !== undefined", timeout=TIMEOUT_MS)
    elapsed = float(page.evaluate("() => window.seenAt - window.keyAt"))
    page.keyboard.press("Escape")
    for _ in text:
        page.keyboard.press("Backspace")
    page.wait_for_function("(awaited) => !document.querySelector(awaited)", arg=awaited, timeout=TIMEOUT_MS)
    return elapsed
