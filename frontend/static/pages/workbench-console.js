import { wireConsoleKeys } from "../console/console-keys.js";
import { ConsoleView } from "../console/console-view.js";
import { copyText, showFor } from "../console/copying.js";
import { InputBar } from "../console/input-bar.js";
import { plainText } from "../console/output-log.js";
import { PreparedInput } from "../console/prepared-input.js";
import { gettext, interpolate, ngettext } from "../language/gettext.js";
import { downloadBytes } from "./download.js";

/**
 * Wires the Output panel: the console and its buttons, Program input, prepared input, the keys.
 *
 * `owner` is {user, project}, ids, or null where nothing is kept; `answer(text)` takes what the person gives to a question,
 * null for the end of input; `interrupt()` stops the program; `speak(sentence)` is for screen readers. Returns {view, prepared, ask, stopAsking, personRuns, programEnded}.
 */
export function wireConsole({ elements, owner, answer, interrupt, speak }) {
  const view = new ConsoleView({
    log: elements.console,
    dialog: elements.figureDialog,
    save: (name, blob) => downloadBytes(name, blob, blob.type),
    speak,
  });
  const bar = new InputBar({
    form: elements.inputForm,
    field: elements.programInput,
    send: elements.sendInput,
    end: elements.endInput,
  });
  const prepared = new PreparedInput({
    details: elements.prepared,
    field: elements.preparedInput,
    hint: elements.preparedHint,
    use: elements.preparedUse,
    empty: elements.emptyPrepared,
    storage: owner ? deviceStorage() : null,
    ...owner,
  });
  const attention = watchAttention(elements.outputPanel);
  wireConsoleKeys({ log: elements.console, bar, interrupt });
  wireButtons(elements, view, speak);

  bar.addEventListener("input:given", ({ detail: { text, isHidden } }) => {
    if (text === null) view.note(gettext("End of input"));
    else view.echo(isHidden ? "" : text);
    // The line that was typed into is closed now.
    if (attention.isHere()) elements.console.focus({ preventScroll: true });
    answer(text);
  });

  return {
    view,
    prepared,

    /** The program waits for a line. */
    ask({ prompt, hidden }) {
      const question = plainText(prompt);
      view.prompt(prompt);
      bar.open({ prompt: question, isHidden: hidden });
      if (attention.isHere()) elements.programInput.focus();
    },

    stopAsking() {
      bar.close();
    },

    /** Run was pressed: from now on the person looks here, until they turn to something else. */
    personRuns() {
      attention.comesHere();
    },

    programEnded() {
      const unread = bar.forgetPasted();
      if (unread)
        view.note(
          interpolate(
            ngettext("%(count)s pasted line was not read.", "%(count)s pasted lines were not read.", unread),
            { count: unread },
          ),
        );
    },
  };
}

function wireButtons({ copyOutput, clearOutput, downloadOutput }, view, speak) {
  copyOutput.addEventListener("click", async () => {
    const isCopied = await copyText(view.shownText);
    speak(
      isCopied
        ? gettext("The output is copied.")
        : gettext("This browser does not let a page copy. Download it instead."),
    );
    showFor(copyOutput, isCopied ? gettext("Copied") : gettext("Cannot copy"));
  });
  downloadOutput.addEventListener("click", () => downloadBytes("output.txt", view.allText, "text/plain"));
  clearOutput.addEventListener("click", () => view.clear());
}

/**
 * Knows whether a question may take the focus: it may when the person was last in `panel` or has just pressed Run, and
 * never takes it from somebody who has gone on writing elsewhere.
 */
function watchAttention(panel) {
  let isElsewhere = true;
  const look = ({ target }) => {
    isElsewhere = !panel.contains(target);
  };
  document.addEventListener("pointerdown", look, { capture: true });
  document.addEventListener(
    "keydown",
    (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey) look(event);
    },
    { capture: true },
  );
  return {
    comesHere() {
      isElsewhere = false;
    },
    isHere: () => !isElsewhere || panel.contains(document.activeElement),
  };
}

function deviceStorage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
