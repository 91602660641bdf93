import { gettext, interpolate } from "../language/gettext.js";
import { State } from "../runner/states.js";
import { tellOfRuns } from "./run-speech.js";
import { byId, runElements } from "./workbench-elements.js";
import { wireRunner } from "./workbench-run.js";

const MAKING_LIMIT_S = 20;

/**
 * Wires “Try it”: runs the solution or the starter in a console, and makes a test of what was typed and printed there.
 *
 * `checker` is a CheckRunner, `form` the AuthoringForm. Returns {update, runWith, isMaking}: `runWith(input)` runs the solution
 * with these lines, `update()` is to be called when what `isTaken()` says has changed. `onChange()` when `isMaking` has changed;
 * `onPlace(program, place)` when the person wants to see the place of an error.
 */
export function wireTryOut({ runner, checker, form, owner, isTaken, onChange, onPlace, speak }) {
  const elements = { ...runElements(), outputPanel: byId("try") };
  const runStarter = byId("run-starter");
  const make = byId("make-test");
  const told = byId("make-status");
  let which = "solution";
  let typed = [];
  let isMaking = false;
  byId("try").hidden = false;

  const runs = wireRunner({
    runner,
    elements,
    owner,
    speak,
    isTaken: () => isTaken() || isMaking,
    program: async () => form.program(which),
    onStart() {
      typed = [];
      make.disabled = true;
      told.replaceChildren();
    },
    onFinished({ outcome }) {
      make.disabled = outcome !== "ok" && outcome !== "exit";
    },
    onPlace: (place) => onPlace(which, place),
  });
  if (!runs) return { update() {}, runWith() {}, isMaking: false };

  runner.addEventListener("runner:output", ({ detail: { segments } }) => {
    // What Prepared input has answered is printed as it is read.
    for (const { stream, text } of segments) if (stream === "typed") typed.push(text.replace(/\n$/, ""));
  });
  runner.addEventListener("runner:answered", ({ detail: { text } }) => {
    if (text !== null) typed.push(text);
  });
  runner.addEventListener("runner:state", update);
  tellOfRuns({ runner, speak: (sentence) => isTaken() || isMaking || speak(sentence), field: elements.programInput });
  // In the capture phase, before Run itself hears of it.
  elements.run.addEventListener("click", () => choose("solution"), { capture: true });
  runStarter.addEventListener("click", () => {
    choose("starter");
    runs.run();
  });
  make.addEventListener("click", makeTest);
  update();

  function choose(program) {
    which = program;
  }

  function update() {
    runs.update();
    runStarter.disabled = elements.run.disabled;
  }

  /** What is printed beside questions is what a test compares: the program runs once more, as a test. */
  async function makeTest() {
    const input = typed.join("\n");
    const order = { ...form.program(which), tests: [{ kind: "io", input, files: {}, expected: "", compare: "lines" }] };
    order.tests[0].time_limit_s = MAKING_LIMIT_S;
    setMaking(true);
    try {
      const [verdict] = await checker.check(order);
      const printed = verdict?.detail.parts[0]?.actual ?? null;
      if (printed === null || verdict.detail.error)
        throw new Error(verdict?.detail.sentence || gettext("It was stopped."));
      const number = await form.addTest({ input, expected: printed.replace(/\n$/, "") });
      tell(interpolate(gettext("Test %(number)s is made from this run."), { number }), " ", linkTo(number));
    } catch (error) {
      tell(interpolate(gettext("No test could be made. %(message)s"), { message: error.message }));
    } finally {
      setMaking(false);
      make.focus();
    }
  }

  function setMaking(is) {
    isMaking = is;
    make.disabled = is;
    update();
    onChange();
  }

  function tell(...nodes) {
    told.replaceChildren(...nodes);
  }

  return {
    update,
    runWith(input) {
      if (isTaken() || isMaking || runner.state !== State.READY) return;
      choose("solution");
      runs.prepared.fill(input);
      runs.run();
      elements.console.focus();
    },
    get isMaking() {
      return isMaking;
    },
  };
}

function linkTo(number) {
  const link = document.createElement("a");
  link.href = `#test-${number - 1}`;
  link.textContent = gettext("Look at it");
  return link;
}
