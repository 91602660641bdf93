/** The page of an exercise: read the task, write, run, check, hand in. */

import { CodeEditor } from "../editor/code-editor.js";
import { fillKeyRow } from "../editor/key-row.js";
import { bytesOf } from "../files/file-content.js";
import { gettext } from "../language/gettext.js";
import { post } from "../saving/post.js";
import { csrfToken } from "./csrf-token.js";
import { wireCheck } from "./exercise-check.js";
import { wireFileChoice } from "./exercise-files.js";
import { wireHandIn } from "./exercise-hand-in.js";
import { wireHints } from "./exercise-hints.js";
import { wireStarter } from "./exercise-starter.js";
import { runner } from "./python-start.js";
import { tellOfRuns } from "./run-speech.js";
import { speakIn, speakWhenSettled } from "./speech.js";
import { TestResults } from "./test-results.js";
import { byId, helpElements, runElements, savingElements } from "./workbench-elements.js";
import { wireHelp } from "./workbench-help.js";
import { wireLayout } from "./workbench-layout.js";
import { prefetchImports } from "./workbench-prefetch.js";
import { wireRunner } from "./workbench-run.js";
import { openWorkspace, wireSaving } from "./workbench-saving.js";

const config = JSON.parse(byId("page-config").textContent);
const { nonce, judge } = byId("page-script").dataset;
const { exercise, tests, urls } = config;
const user = config.user.id;

const elements = { ...runElements(), ...savingElements() };

const speak = speakIn(byId("announcer"));
const { workspace, recovered } = await openWorkspace(config);
let handIn = null;
const saving = wireSaving({ elements, workspace, recovered, nonce, beforeSignOut: () => handIn?.settle() });
const starter = wireStarter({ workspace, starter: config.starter, notice: byId("starter-notice") });
const editor = new CodeEditor({ parent: byId("editor"), nonce });
fillKeyRow(byId("key-row"), editor);
const files = wireFileChoice({
  elements: {
    editor: byId("editor"),
    preview: byId("preview"),
    fileName: byId("file-name"),
    fileChoice: byId("file-choice"),
  },
  workspace,
  editor,
});

let filesOfTest = {};
let checking = null;
const runs = wireRunner({
  runner,
  elements,
  owner: { user, project: exercise.id },
  speak,
  isTaken: () => checking?.isChecking ?? false,
  async program() {
    return programWith(filesOfTest);
  },
  onStart() {
    filesOfTest = {};
    editor.clearErrors();
    panels.show("output");
  },
  onFinished({ changes, error }) {
    files.setProduced(changes.written);
    if (error) markError(error);
  },
  onPlace({ file, line, column }) {
    if (!isText(file)) return;
    open(file);
    panels.show("code");
    editor.goTo({ line, column });
  },
});

const results = new TestResults({
  elements: { list: byId("test-list"), summary: byId("test-summary") },
  tests,
  onLoad(test) {
    if (elements.run.disabled) return;
    runs.prepared.fill(test.input);
    filesOfTest = test.files;
    runs.run();
    elements.console.focus();
  },
});
if (runner) {
  // While tests run one after the other, what is told of each would drown how they went.
  tellOfRuns({ runner, speak: (sentence) => checking?.isChecking || speak(sentence), field: elements.programInput });
  checking = wireCheck({
    runner,
    button: byId("check"),
    judgeWorker: judge,
    tests,
    results,
    workspace,
    entry: exercise.entry,
    speak,
    onBegin() {
      editor.clearErrors();
      panels.show("output");
    },
    onChange: () => runs.update(),
    onVerdicts: tellOfCheck,
  });
} else {
  byId("check").disabled = true;
}

const panels = wireLayout({
  side: "task",
  focusSide: () => byId("task-panel").focus(),
  focusCode: () => (byId("editor").hidden ? byId("preview") : editor).focus(),
  actions: {
    run: () => runs?.run(),
    stop: () => elements.stop.click(),
    check: () => checking?.check(),
    save() {
      saving.saveNow();
      speakWhenSettled(elements.saveStatus, gettext("Saving…"), speak);
    },
  },
});
wireHints({
  elements: { section: byId("task-hints"), list: byId("task-hint-list"), button: byId("show-hint") },
  url: urls.hint,
  count: config.hints_count,
  given: config.work.hints,
  user,
});
if (byId("hand-in")) {
  handIn = await wireHandIn({
    elements: {
      button: byId("hand-in"),
      status: byId("hand-in-status"),
      notice: byId("hand-in-notice"),
      section: byId("handed-in"),
      list: byId("attempt-list"),
      words: byId("hand-in-words"),
    },
    config,
    workspace,
    saver: saving.saver,
    checking,
    runtimeVersion: runner ? JSON.parse(byId("runtime-config").textContent).pyodide : "",
    speak,
  });
}
open(exercise.entry);

editor.addEventListener("editor:changed", ({ detail: { path, text } }) => workspace.write(path, { text }));
workspace.addEventListener("workspace:changed", ({ detail: { paths, origin } }) => {
  saving.changed();
  for (const path of paths) {
    if (isText(path)) editor.replace(path, workspace.read(path).text);
    else editor.forget(path);
  }
  if (origin !== "edit" && files.current !== null) open(files.current);
});

saving.saver.addEventListener("save:state", ({ detail: { state } }) => {
  if (state === "saved" && workspace.revision > 1) byId("history").hidden = false;
});
byId("reset").addEventListener("click", () => {
  starter.reset();
  byId("undo-reset").hidden = false;
  byId("undo-reset").focus();
  speak(gettext("The starter is back. Undo reset brings your text back."));
});
byId("undo-reset").addEventListener("click", () => {
  starter.undoReset();
  byId("undo-reset").hidden = true;
  byId("reset").focus();
  speak(gettext("Your text is back."));
});

if (runner) {
  wireHelp({
    runner,
    elements: helpElements(),
    project: {
      editor,
      editable: true,
      paths: () => workspace.paths,
      read: (path) => workspace.read(path)?.text ?? null,
    },
  });
}
prefetchImports({ runner, workspace });

function programWith(others) {
  const all = new Map([...workspace.files].map(([path, content]) => [path, bytesOf(content)]));
  for (const [path, text] of Object.entries(others)) all.set(path, new TextEncoder().encode(text));
  return { files: [...all].map(([path, bytes]) => ({ path, bytes })), entry: exercise.entry };
}

function tellOfCheck(verdicts) {
  if (verdicts.includes(null)) return;
  const worth = (share) => tests.reduce((sum, test, index) => sum + test.points * share(verdicts[index]), 0);
  const passed = verdicts.every(({ outcome }) => outcome === "passed") ? 100 : 0;
  const whole = worth(() => 1);
  const percent = whole ? Math.floor((100 * worth(({ share }) => share)) / whole) : passed;
  // Whether it arrives changes nothing here: it shows the teacher who is stuck.
  post({ url: urls.check, data: { percent }, csrfToken, user });
}

function open(path) {
  files.open(workspace.read(path) ? path : workspace.paths[0]);
}

function isText(path) {
  return "text" in (workspace.read(path) ?? {});
}

function markError(error) {
  if (!isText(error.file)) return;
  if (error.file !== files.current) open(error.file);
  const message = `${error.type}: ${error.message}`;
  editor.markError({ ...error, message: message.length > 300 ? `${message.slice(0, 299)}…` : message });
}
