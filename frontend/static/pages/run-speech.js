import { RunAnnouncer } from "../console/run-announcer.js";
import { gettext, interpolate } from "../language/gettext.js";
import { State } from "../runner/states.js";

const TITLE_MARKS = { [State.RUNNING]: "● ", [State.STOPPING]: "● ", [State.AWAITING_INPUT]: "? " };

/**
 * Tells of runs outside the page's text: in speech, and by a mark in the title of the tab.
 *
 * To be wired after the console and the input line, `field`, which has the focus by then if the program waits for it.
 */
export function tellOfRuns({ runner, speak, field }) {
  const announcer = new RunAnnouncer(speak);
  const { title } = document;
  let before = runner.state;
  runner.addEventListener("runner:state", ({ detail: { state, message } }) => {
    if (state === State.RUNNING && before === State.AWAITING_INPUT) announcer.answered();
    else if (state === State.RUNNING) announcer.started();
    else if (state === State.READY && before === State.LOADING) announcer.ready();
    else if (state === State.FAILED)
      announcer.failed(interpolate(gettext("%(message)s Press Run to try again."), { message }));
    before = state;
    document.title = `${TITLE_MARKS[state] ?? ""}${title}`;
  });
  runner.addEventListener("runner:progress", ({ detail }) => announcer.loading(detail.packages ?? []));
  runner.addEventListener("runner:output", ({ detail }) => announcer.printed(detail.segments));
  runner.addEventListener("runner:input", ({ detail: { prompt } }) => {
    announcer.waiting(prompt, { isInField: document.activeElement === field });
  });
  runner.addEventListener("runner:finished", ({ detail }) => announcer.finished(detail));
}
