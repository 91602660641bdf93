import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { RunAnnouncer } from "../../static/console/run-announcer.js";

let spoken;
let timers;
let announcer;

const out = (text) => announcer.printed([{ stream: "out", text }]);
const finished = (more = {}) =>
  announcer.finished({ outcome: "ok", code: null, error: null, duration_ms: 20, ...more });
const error = {
  type: "ZeroDivisionError",
  message: "division by zero",
  traceback: 'Traceback (most recent call last):\n  File "main.py", line 3\nZeroDivisionError: division by zero\n',
  file: "main.py",
  line: 3,
  explanation: { text: "This line divides `a` by zero." },
};

/** Time passes until the next thing that was put off. */
function pass() {
  const [id, callback] = [...timers][0];
  timers.delete(id);
  callback();
}

beforeEach(() => {
  spoken = [];
  timers = new Map();
  let next = 0;
  const clock = {
    setTimeout: (callback) => timers.set(++next, callback) && next,
    clearTimeout: (id) => timers.delete(id),
  };
  announcer = new RunAnnouncer((sentence) => spoken.push(sentence), clock);
});

describe("the announcer", () => {
  it("says of a short program what it printed and that it ended, in one go", () => {
    announcer.started();
    out("Hello\nAda\n");
    finished();
    assert.deepEqual(spoken, ["Hello Ada Finished in 0.02 seconds."]);
    assert.equal(timers.size, 0);
  });

  it("says that a longer one runs, then its output in pieces, each once", () => {
    announcer.started();
    pass();
    out("first\n");
    pass();
    out("second\n");
    pass();
    pass();
    finished({ duration_ms: 12_000 });
    assert.deepEqual(spoken, ["Running.", "first", "second", "Finished in 12 seconds."]);
  });

  it("asks with the prompt, which is not repeated with the output before it", () => {
    announcer.started();
    out("Welcome\nYour name? ");
    announcer.waiting("Your name? ", { isInField: false });
    assert.deepEqual(spoken, ["Welcome Waiting for input: Your name?"]);
    assert.equal(timers.size, 0);
  });

  it("leaves the prompt to the field that has taken the focus", () => {
    announcer.started();
    out("Your name? ");
    announcer.waiting("Your name? ", { isInField: true });
    assert.deepEqual(spoken, ["Waiting for input."]);
  });

  it("does not say again that the program runs after an answer", () => {
    announcer.started();
    announcer.waiting("", { isInField: false });
    announcer.answered();
    pass();
    finished();
    assert.deepEqual(spoken, ["Waiting for input.", "Finished in 0.02 seconds."]);
  });

  it("names the line of an error and what happened, without the traceback", () => {
    announcer.started();
    out(`before\n${error.traceback}`);
    finished({ outcome: "error", error });
    assert.deepEqual(spoken, [
      "before Error in line 3 of main.py: ZeroDivisionError: division by zero. This line divides a by zero.",
    ]);
  });

  it("says how else a program ended", () => {
    finished({ outcome: "stopped" });
    finished({ outcome: "exit", code: 2 });
    finished({ outcome: "crashed" });
    finished({ outcome: "error", error: { ...error, line: null, file: null, message: "", explanation: null } });
    assert.deepEqual(spoken, [
      "Stopped.",
      "The program ended with exit code 2.",
      "The program brought Python down. Python was started anew.",
      "Error: ZeroDivisionError.",
    ]);
  });

  it("says of a progress bar what it shows at last", () => {
    announcer.started();
    for (const percent of [10, 50, 100]) out(`\r${percent} %`);
    out("\n");
    finished();
    assert.deepEqual(spoken, ["100 % Finished in 0.02 seconds."]);
  });

  it("does not read out a flood, nor signs for a terminal", () => {
    announcer.started();
    for (let line = 0; line < 10_000; line += 1) out(`\u001b[31mline ${line}\u001b[0m\n`);
    finished();
    assert.match(spoken[0], /^line 0 line 1 .* … More is in the console: 10,000 lines\. Finished in 0\.02 seconds\.$/);
    assert.ok(spoken[0].length < 400);
  });
});
