/** The part of a program on a public page that is loaded when somebody runs or edits it: editor, console, runner. */
import { CodeEditor } from "../editor/code-editor.js";
import { bytesOf } from "../files/file-content.js";
import { gettext } from "../language/gettext.js";
import { toMap } from "../saving/content.js";
import { showProduced } from "./live-produced.js";
import { runner } from "./python-start.js";
import { tellOfRuns } from "./run-speech.js";
import { speakIn } from "./speech.js";
import { byId, runElements } from "./workbench-elements.js";
import { wireRunner } from "./workbench-run.js";

const { entry, files: given } = JSON.parse(byId("live-config").textContent);
const files = toMap(given);
const original = files.get(entry).text;
const { nonce } = byId("live-script").dataset;

const elements = runElements();

byId("editor").hidden = false;
const editor = new CodeEditor({ parent: byId("editor"), nonce });
editor.open(entry, original);
byId("live-source").hidden = true;
byId("edit-code").hidden = true;
byId("editor-hint").hidden = false;

const speak = speakIn(byId("announcer"));
const produced = { section: byId("produced"), list: byId("produced-list") };
const runs = wireRunner({
  runner,
  elements,
  owner: null,
  speak,
  async program() {
    return { files: [...files].map(([path, content]) => ({ path, bytes: bytesOf(content) })), entry };
  },
  onStart() {
    editor.clearErrors();
    showProduced(produced, []);
    // On a phone the console is below the code.
    elements.outputPanel.scrollIntoView({ block: "nearest" });
  },
  onFinished({ changes, error }) {
    showProduced(produced, changes.written);
    if (error?.file === entry) editor.markError({ ...error, message: `${error.type}: ${error.message}`.slice(0, 300) });
  },
  onPlace({ file, line, column }) {
    if (file === entry) editor.goTo({ line, column });
  },
});
if (runner) tellOfRuns({ runner, speak, field: elements.programInput });

editor.addEventListener("editor:changed", ({ detail: { text } }) => setCode(text));
byId("reset-code").addEventListener("click", () => {
  editor.replace(entry, original);
  setCode(original);
  editor.focus();
  speak(gettext("The program is as it was."));
});

/** Runs the program as it stands in the editor, once Python is there. */
export function run() {
  runs?.run();
}

/** Puts the cursor at the end of a line, counted from 1. */
export function edit(line) {
  editor.goTo({ line, column: Number.MAX_SAFE_INTEGER });
}

function setCode(text) {
  files.set(entry, { text });
  byId("reset-code").hidden = text === original;
}
