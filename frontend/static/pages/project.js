/** The project page: the student's workbench. */

import { CodeEditor } from "../editor/code-editor.js";
import { fillKeyRow } from "../editor/key-row.js";
import { bytesOf } from "../files/file-content.js";
import { showPreview } from "../files/file-preview.js";
import { gettext } from "../language/gettext.js";
import { wireFiles } from "./project-files.js";
import { wireProjectMenu } from "./project-menu.js";
import { runner } from "./python-start.js";
import { tellOfRuns } from "./run-speech.js";
import { speakIn, speakWhenSettled } from "./speech.js";
import { byId, helpElements, runElements, savingElements } from "./workbench-elements.js";
import { wireHelp } from "./workbench-help.js";
import { wireLayout } from "./workbench-layout.js";
import { prefetchImports } from "./workbench-prefetch.js";
import { wireRunner } from "./workbench-run.js";
import { openWorkspace, wireSaving } from "./workbench-saving.js";

const config = JSON.parse(byId("page-config").textContent);
const { editable } = config.project;

const elements = {
  ...runElements(),
  ...savingElements(),
  fileList: byId("file-list"),
  fileNotice: byId("file-notice"),
  newFile: byId("new-file"),
  newFileName: byId("new-file-name"),
  upload: byId("upload"),
  uploadFiles: byId("upload-files"),
  dropArea: byId("main"),
};

const opening = openWorkspace(config);
let runOnly = null;
const speak = speakIn(byId("announcer"));
const runs = wireRunner({
  runner,
  elements,
  owner: { user: config.user.id, project: config.project.id },
  speak,
  async program() {
    await opening;
    return {
      files: [...workspace.files].map(([path, content]) => ({ path, bytes: bytesOf(content) })),
      entry: runOnly ?? entryPath(),
    };
  },
  onStart() {
    editor.clearErrors();
    panels.show("output");
  },
  onFinished(finished) {
    runOnly = null;
    files.keepChanges(finished.changes);
    if (editable && finished.changes.written.length) saving.saveNow();
    if (finished.error) markError(finished.error);
  },
  onPlace: showPlace,
});
if (runner) tellOfRuns({ runner, speak, field: elements.programInput });

const { nonce } = byId("page-script").dataset;
const editor = new CodeEditor({
  parent: byId("editor"),
  nonce,
  readOnly: !editable,
});
if (editable) fillKeyRow(byId("key-row"), editor);
const { workspace, recovered } = await opening;
const saving = editable ? wireSaving({ elements, workspace, recovered, nonce }) : null;
wireProjectMenu({ menu: byId("project-menu"), saveNow: saving?.saveNow });
const panels = wireLayout({
  side: "files",
  focusSide: () =>
    (elements.fileList.querySelector("[aria-current]") ?? elements.fileList.querySelector("button"))?.focus(),
  focusCode: () => (byId("editor").hidden ? byId("preview") : editor).focus(),
  actions: {
    run: () => runs?.run(),
    stop: () => elements.stop.click(),
    save() {
      saving?.saveNow();
      speakWhenSettled(elements.saveStatus, gettext("Saving…"), speak);
    },
  },
});

let current = null;
let dropPreview = () => {};
const files = wireFiles({
  elements,
  workspace,
  limits: config.limits,
  editable,
  open(path) {
    open(path);
    panels.show("code");
    editor.focus();
  },
  run(path) {
    runOnly = path;
    runs?.run();
  },
  renamed: (from, to) => editor.rename(from, to),
});
open(workspace.paths.includes("main.py") ? "main.py" : workspace.paths[0]);

editor.addEventListener("editor:changed", ({ detail: { path, text } }) => {
  workspace.write(path, { text });
});
workspace.addEventListener("workspace:changed", ({ detail: { paths, origin } }) => {
  saving?.changed();
  if (origin === "edit" && paths.length === 1 && paths[0] === current && workspace.read(current)) return;
  for (const path of paths) {
    const content = workspace.read(path);
    if (content && "text" in content) editor.replace(path, content.text);
    else editor.forget(path);
  }
  if (!workspace.read(current) || paths.includes(current)) open(current);
  else files.show(current);
});

if (runner) {
  wireHelp({
    runner,
    elements: helpElements(),
    project: {
      editor,
      editable,
      paths: () => workspace.paths,
      read: (path) => workspace.read(path)?.text ?? null,
    },
  });
}
prefetchImports({ runner, workspace });

function entryPath() {
  if (workspace.read("main.py")) return "main.py";
  return current?.endsWith(".py") ? current : (workspace.paths.find((path) => path.endsWith(".py")) ?? "main.py");
}

function open(wanted) {
  const path = workspace.read(wanted) ? wanted : workspace.paths[0];
  dropPreview();
  dropPreview = () => {};
  current = path ?? null;
  const content = path && workspace.read(path);
  const isText = Boolean(content) && "text" in content;
  byId("file-name").textContent = path ?? gettext("No file is open");
  byId("editor").hidden = !isText;
  byId("preview").hidden = isText;
  if (isText) editor.open(path, content.text);
  else if (content) dropPreview = showPreview(byId("preview"), path, content.bytes);
  else byId("preview").replaceChildren(gettext("Add a file to begin: main.py is what Run starts."));
  files.show(current);
}

function markError(error) {
  if (!error.file || !("text" in (workspace.read(error.file) ?? {}))) return;
  if (error.file !== current) open(error.file);
  const message = `${error.type}: ${error.message}`;
  editor.markError({ ...error, message: message.length > 300 ? `${message.slice(0, 299)}…` : message });
}

function showPlace({ file, line, column }) {
  if (!("text" in (workspace.read(file) ?? {}))) return;
  if (file !== current) open(file);
  panels.show("code");
  editor.goTo({ line, column });
}
