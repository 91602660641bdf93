import { gettext, interpolate, ngettext } from "../language/gettext.js";
import { testDetail } from "./test-detail.js";

const STATES = {
  none: { sign: "○", words: gettext("Not run") },
  waiting: { sign: "○", words: gettext("Waits") },
  running: { sign: "…", words: gettext("Running") },
  passed: { sign: "✓", words: gettext("Passed") },
  partly: { sign: "◐", words: gettext("Partly passed") },
  failed: { sign: "✗", words: gettext("Not passed") },
  error: { sign: "!", words: gettext("Error") },
  timeout: { sign: "⏱", words: gettext("Took too long") },
};

/**
 * The region Test results: a line for each test, which opens to show what was typed, expected and seen.
 *
 * `elements` are {list, summary}; `tests` as the page has them; `onLoad(test)` when the person wants a test in the console.
 */
export class TestResults {
  #list;
  #summary;
  #tests;
  #onLoad;
  #items;

  constructor({ elements: { list, summary }, tests, onLoad }) {
    this.#list = list;
    this.#summary = summary;
    this.#tests = tests;
    this.#onLoad = onLoad;
    summary.textContent = tests.length
      ? interpolate(
          ngettext(
            "Press Check to run the test, for %(points)s.",
            "Press Check to run the %(count)s tests, for %(points)s.",
            tests.length,
          ),
          { count: tests.length, points: points(total(tests)) },
        )
      : gettext("This exercise has no tests that you can run.");
    this.#draw("none");
  }

  begin() {
    this.#summary.textContent = gettext("Checking…");
    this.#draw("waiting");
  }

  started(index) {
    this.#show(index, "running");
  }

  judged(index, verdict) {
    const test = this.#tests[index];
    const isPartly = verdict.outcome === "failed" && verdict.share > 0;
    this.#show(index, isPartly ? "partly" : verdict.outcome, verdict);
    const item = this.#items[index];
    const body = testDetail({ test, verdict, onLoad: () => this.#onLoad(test) });
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.append(...item.childNodes);
    details.append(summary, body);
    item.replaceChildren(details);
  }

  /** Ends the check; returns its summary in a sentence. @param {(object|null)[]} verdicts */
  end(verdicts) {
    const done = verdicts.filter((verdict) => verdict !== null);
    verdicts.forEach((verdict, index) => {
      if (verdict === null) this.#show(index, "none");
    });
    // The first that asks for something to be done is opened.
    const first = verdicts.findIndex((verdict) => verdict !== null && verdict.outcome !== "passed");
    this.#items[first]?.querySelector("details").setAttribute("open", "");
    const passed = done.filter(({ outcome }) => outcome === "passed").length;
    const earned = this.#tests.reduce((sum, test, index) => sum + test.points * (verdicts[index]?.share ?? 0), 0);
    const sentence = interpolate(
      ngettext(
        "%(passed)s of %(count)s test passed: %(earned)s of %(points)s.",
        "%(passed)s of %(count)s tests passed: %(earned)s of %(points)s.",
        verdicts.length,
      ),
      { passed, count: verdicts.length, earned: rounded(earned), points: points(total(this.#tests)) },
    );
    this.#summary.textContent = done.length < verdicts.length ? `${gettext("Stopped.")} ${sentence}` : sentence;
    return this.#summary.textContent;
  }

  fail(sentence) {
    this.#draw("none");
    this.#summary.textContent = sentence;
  }

  #draw(state) {
    this.#items = this.#tests.map(() => document.createElement("li"));
    this.#list.replaceChildren(...this.#items);
    for (const index of this.#items.keys()) this.#show(index, state);
  }

  #show(index, state, verdict = null) {
    const test = this.#tests[index];
    const { sign, words } = STATES[state];
    const item = this.#items[index];
    item.dataset.state = state;
    const worth = verdict
      ? interpolate(gettext("%(earned)s of %(points)s"), {
          earned: rounded(test.points * verdict.share),
          points: points(test.points),
        })
      : points(test.points);
    item.replaceChildren(
      span("test-sign", sign, true),
      span("test-name", test.name),
      span("test-state", words),
      span("test-points", worth),
    );
  }
}

function span(className, text, isHidden = false) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  if (isHidden) element.setAttribute("aria-hidden", "true");
  return element;
}

function total(tests) {
  return tests.reduce((sum, test) => sum + test.points, 0);
}

function points(count) {
  return interpolate(ngettext("%(count)s point", "%(count)s points", count), { count });
}

function rounded(count) {
  return String(Math.round(count * 100) / 100);
}
