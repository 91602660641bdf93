import { errorNote } from "../console/error-note.js";
import { sizeInWords } from "../files/file-content.js";
import { decimal } from "../language/formats.js";
import { gettext, interpolate } from "../language/gettext.js";
import { State } from "../runner/states.js";
import { StatusLine } from "./status-line.js";
import { wireConsole } from "./workbench-console.js";

const NO_SHARED_MEMORY = gettext(
  "This page was not opened over https, so the browser withholds shared memory from it. Programs run. Stop has to start Python anew, which takes a moment longer.",
);
const HEADERS_REMOVED = gettext(
  "Something between this page and the server (a proxy or a filter, perhaps) removes the headers for shared memory. Programs run. Stop has to start Python anew, which takes a moment longer.",
);
const NO_INPUT = gettext(
  "This page cannot wait for input() while a program runs: the browser offers it neither shared memory (which needs https) nor a way to suspend Python. Programs without input() run; for the others, write the answers into “Prepared input” first.",
);

// What `explanation.link` of an error stands for.
const PAGES = {
  cors: { address: "/cors/", title: gettext("Which addresses a program can reach") },
  compatibility: { address: "/compatibility/", title: gettext("What works here") },
};
const LONGEST_PAINT_MS = 500;

/**
 * Wires the runner to Run and Stop, the console, the input line and the status.
 *
 * `elements` are the page's; `owner` is {user, project}, ids, or null where nothing is kept; `speak(sentence)` is for screen
 * readers; `program()` gives {files, entry} at the moment of Run; `onStart()` is called before a run,
 * `onFinished(finished)` hears how it ended; `onPlace({file, line, column})` when the person wants to see the place of an
 * error. While `isTaken()` the runner is at other work, and Run does nothing.
 *
 * Returns {run, update, prepared}: `run()` is what the button does, `update()` is to be called when what `isTaken()` says has
 * changed, `prepared` is the box of prepared input; null where there is no runtime.
 */
export function wireRunner({
  runner,
  elements,
  owner,
  speak,
  program,
  onStart,
  onFinished,
  onPlace,
  isTaken = () => false,
}) {
  const panel = wireConsole({
    elements,
    owner,
    answer: (text) => runner.answer(text),
    interrupt: () => runner?.stop(),
    speak,
  });
  const consoleView = panel.view;
  const status = new StatusLine(elements);

  if (!runner) {
    status.show({ state: State.FAILED, message: "" });
    consoleView.note(
      gettext("Python has not been built on this server: ask whoever runs it to call “manage.py build_runtime”."),
      "warning",
    );
    return null;
  }

  let isRunWanted = false;

  function pressRun() {
    if (isTaken()) return undefined;
    panel.personRuns();
    return run();
  }

  async function run() {
    if (runner.state === State.LOADING) {
      isRunWanted = true;
      elements.run.setAttribute("aria-busy", "true");
      return;
    }
    if (runner.state === State.FAILED) {
      isRunWanted = true;
      runner.start();
      return;
    }
    const { files, entry } = await program();
    if (runner.state !== State.READY || isTaken()) return;
    consoleView.clear();
    status.wasStopped = false;
    onStart();
    runner.run({ files, entry, preparedInput: panel.prepared.text });
  }

  function showState(detail) {
    status.show(detail);
    const isBusy = [State.RUNNING, State.AWAITING_INPUT, State.STOPPING].includes(detail.state);
    elements.run.disabled = isBusy || isTaken();
    elements.stop.disabled = !isBusy || detail.state === State.STOPPING;
    if (detail.state !== State.AWAITING_INPUT) panel.stopAsking();
    showFailure(detail.state === State.FAILED ? detail.message : "");
    if (detail.state === State.READY && isRunWanted) {
      isRunWanted = false;
      elements.run.removeAttribute("aria-busy");
      // After this event's other listeners have seen "ready".
      queueMicrotask(run);
    }
  }

  function showFailure(message) {
    elements.runtimeNotice.hidden = !message;
    elements.runtimeNotice.replaceChildren();
    if (!message) return;
    const retry = document.createElement("button");
    retry.type = "button";
    retry.className = "quiet small";
    retry.textContent = gettext("Try again");
    retry.addEventListener("click", () => runner.start());
    const solace = owner ? ` ${gettext("What you write is saved all the same.")}` : "";
    const words = interpolate(gettext("Python did not start. %(message)s"), { message });
    elements.runtimeNotice.append(`${words}${solace} `, retry);
  }

  function showCapabilities({ sharesMemory, suspends }) {
    if (sharesMemory) return;
    if (!suspends) panel.prepared.insist();
    const reason = isSecureContext ? HEADERS_REMOVED : NO_SHARED_MEMORY;
    consoleView.note(suspends ? reason : NO_INPUT, "warning");
  }

  function showError({ traceback, file, line, column, explanation }) {
    consoleView.error(traceback);
    const place = file !== null && line !== null ? { file, line, column } : null;
    if (!place && !explanation) return;
    const page = PAGES[explanation?.link] ?? null;
    consoleView.show(errorNote({ place, text: explanation?.text, page, onPlace: () => onPlace(place) }));
  }

  runner.addEventListener("runner:state", ({ detail }) => showState(detail));
  runner.addEventListener("runner:capabilities", ({ detail }) => showCapabilities(detail));
  runner.addEventListener("runner:progress", ({ detail }) => status.progress(detail));
  runner.addEventListener("runner:output", ({ detail }) => {
    consoleView.append(detail.segments);
    if (consoleView.isFull) setTimeout(() => detail.shown(false), 0);
    else afterPaint(() => detail.shown(true));
  });
  runner.addEventListener("runner:shadowing", ({ detail }) => {
    for (const path of detail.paths) consoleView.note(shadowingInWords(path), "warning");
  });
  runner.addEventListener("runner:figure", ({ detail }) => consoleView.figure(detail.png));
  runner.addEventListener("runner:input", ({ detail }) => panel.ask(detail));
  runner.addEventListener("runner:finished", ({ detail }) => {
    status.wasStopped = detail.outcome === "stopped";
    status.show({ state: runner.state, message: "" });
    if (detail.error) showError(detail.error);
    for (const sentence of endingInWords(detail, runner.runtime.memory_limit_bytes))
      consoleView.note(sentence, detail.outcome === "ok" ? "" : "warning");
    panel.programEnded();
    onFinished(detail);
  });
  elements.run.addEventListener("click", pressRun);
  elements.stop.addEventListener("click", () => runner.stop());

  // It has been loading since before this page was wired.
  showState({ state: runner.state, message: runner.message });
  if (runner.capabilities) showCapabilities(runner.capabilities);
  return {
    run: pressRun,
    update: () => showState({ state: runner.state, message: runner.message }),
    prepared: panel.prepared,
  };
}

function endingInWords({ outcome, code, message, error, changes, dropped_bytes, duration_ms }, memoryLimit) {
  const sentences = changes.skipped.map(({ path, reason }) =>
    interpolate(gettext("%(path)s was not kept: %(reason)s."), { path, reason }),
  );
  if (dropped_bytes)
    sentences.push(gettext("The program printed more than can be kept: the rest of its output is lost."));
  if (error?.type === "MemoryError") {
    sentences.push(
      interpolate(gettext("A program may use %(size)s of memory here. This one needed more and was stopped."), {
        size: sizeInWords(memoryLimit),
      }),
    );
  }
  if (outcome === "stopped") sentences.push(gettext("Stopped."));
  else if (outcome === "crashed") {
    sentences.push(gettext("The program brought Python down, so Python was started anew. Your files are unharmed."));
    if (message) sentences.push(message);
  } else if (outcome === "exit" && code)
    sentences.push(interpolate(gettext("The program ended with exit code %(code)s."), { code }));
  else if (outcome === "ok" || outcome === "exit")
    sentences.push(interpolate(gettext("Finished in %(time)s."), { time: inSeconds(duration_ms) }));
  return sentences;
}

function shadowingInWords(path) {
  const [first, rest] = path.split("/");
  const name = first.replace(/\.py$/, "");
  return interpolate(
    rest
      ? gettext(
          "Your folder %(path)s has the name of a module of Python or of a package, so “import %(name)s” may bring in the wrong one. Rename it, to %(other)s for example.",
        )
      : gettext(
          "Your file %(path)s has the name of a module of Python or of a package, so “import %(name)s” may bring in the wrong one. Rename it, to %(other)s for example.",
        ),
    { path: first, name, other: rest ? `my_${name}` : `my_${name}.py` },
  );
}

function inSeconds(ms) {
  return interpolate(gettext("%(seconds)s s"), {
    seconds: decimal(ms / 1000, ms < 10_000 ? 2 : 0),
  });
}

// A page that is hidden, or is hidden meanwhile, is not painted, yet its program goes on.
function afterPaint(callback) {
  if (document.hidden) {
    setTimeout(callback, 0);
    return;
  }
  let isCalled = false;
  const call = () => {
    if (!isCalled) callback();
    isCalled = true;
  };
  requestAnimationFrame(() => setTimeout(call, 0));
  setTimeout(call, LONGEST_PAINT_MS);
}
