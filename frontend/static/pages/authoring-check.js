import { summaryInWords } from "../checking/summary-in-words.js";
import { gettext, interpolate } from "../language/gettext.js";
import { State } from "../runner/states.js";
import { outcomeNodes } from "./authoring-outcome.js";

/**
 * Wires “Run the tests”: puts the solution to every test, then the files that students begin with, and says in each test's row
 * how they fared. The solution has to pass; a test that the untouched starter passes says nothing about a student.
 *
 * `checker` is a CheckRunner, `form` the AuthoringForm; `elements` are {button, stop, summary}. `onChange()` is called when
 * it has begun or ended, `onLoad(test)` when the person wants a test in the console. Returns {isChecking}.
 */
export function wireTests({ runner, checker, form, elements, isTaken, onChange, onLoad, speak }) {
  const { button, stop, summary } = elements;
  let isChecking = false;
  let controller;
  button.hidden = false;

  button.addEventListener("click", check);
  stop.addEventListener("click", () => controller.abort());
  runner.addEventListener("runner:state", showButtons);
  form.addEventListener("form:replaced", clearAll);
  form.addEventListener("form:edited", ({ detail: { target } }) => {
    const row = target.closest(".test-row");
    if (row) clear(row);
    else if (target.closest("#files")) clearAll();
  });
  showButtons();

  async function check() {
    controller = new AbortController();
    isChecking = true;
    changed();
    clearAll();
    try {
      const { isFine, answer } = await form.ask("check");
      if (isFine) await checkAll(answer);
      else showProblems(answer.problems);
    } catch (error) {
      say(interpolate(gettext("The tests could not be run. %(message)s"), { message: error.message }));
    } finally {
      isChecking = false;
      changed();
    }
  }

  async function checkAll({ entry, solution, starter, tests }) {
    if (!tests.length) {
      say(gettext("There is no test yet. Add one, or make one from a run."));
      return;
    }
    const rows = form.testRows;
    const { signal } = controller;
    const outcomes = tests.map((test) => ({ test, solution: null, starter: null }));
    const put = (which, files) =>
      checker.check({
        files: files.map(unpacked),
        entry,
        tests,
        signal,
        onStart: (index) =>
          say(
            interpolate(
              which === "solution"
                ? gettext("Your solution: test %(number)s…")
                : gettext("The starter: test %(number)s…"),
              { number: index + 1 },
            ),
            false,
          ),
        onVerdict(index, verdict) {
          outcomes[index][which] = verdict;
          show(rows[index], outcomes[index]);
        },
      });
    await put("solution", solution);
    if (!signal.aborted) await put("starter", starter);
    say(summaryInWords(outcomes));
  }

  function show(row, outcome) {
    const place = row.querySelector(".test-outcome");
    const onTake = (printed) => {
      form.setField(row, "expected", printed);
      row.querySelector("[name$='-expected']").focus();
    };
    place.replaceChildren(...outcomeNodes({ ...outcome, onTake, onLoad: () => onLoad(outcome.test) }));
    place.hidden = false;
    row.dataset.outcome = outcome.solution?.outcome === "passed" ? "passed" : "failed";
  }

  function showProblems(problems) {
    const list = document.createElement("ul");
    for (const { sentence, field } of problems) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${field}`;
      link.textContent = sentence;
      item.append(field ? link : sentence);
      list.append(item);
    }
    summary.replaceChildren(gettext("Before the tests can run:"), list);
    speak(summary.textContent);
  }

  function say(sentence, isSpoken = true) {
    summary.textContent = sentence;
    if (isSpoken) speak(sentence);
  }

  function changed() {
    showButtons();
    onChange();
  }

  function showButtons() {
    button.disabled = isChecking || isTaken() || runner.state !== State.READY;
    stop.hidden = !isChecking;
  }

  function clearAll() {
    if (!isChecking) summary.textContent = "";
    form.testRows.forEach(clear);
  }

  return {
    update: showButtons,
    get isChecking() {
      return isChecking;
    },
  };
}

function clear(row) {
  const place = row.querySelector(".test-outcome");
  place.hidden = true;
  place.replaceChildren();
  delete row.dataset.outcome;
}

function unpacked({ path, text, base64 }) {
  const bytes =
    base64 === undefined
      ? new TextEncoder().encode(text)
      : Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return { path, bytes };
}
