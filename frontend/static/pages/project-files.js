import { bytesOf, contentFromBytes, sizeInWords } from "../files/file-content.js";
import { faultAmong, freeName } from "../files/file-names.js";
import { FilePanel } from "../files/file-panel.js";
import { chosenFiles, droppedFiles } from "../files/uploads.js";
import { sameContent, toWire } from "../saving/content.js";
import { ask } from "./ask.js";
import { downloadBytes } from "./download.js";

/**
 * Wires the Files panel: new files, upload, rename, duplicate, download, delete, and what a program has changed.
 *
 * `elements` are the page's; `limits` as the page's configuration has them; `open(path)` shows a file in the editor;
 * `run(path)` runs one; `renamed(from, to)` is called before the workspace tells of it.
 *
 * Returns {show(current), keepChanges(changes)}.
 */
export function wireFiles({ elements, workspace, limits, editable, open, run, renamed }) {
  const panel = new FilePanel(elements.fileList, { editable });
  const notice = new FileNotice(elements.fileNotice);
  let current = null;

  panel.addEventListener("files:opened", ({ detail }) => open(detail.path));
  panel.addEventListener("files:asked", ({ detail }) => actions[detail.what](detail));

  const actions = {
    run: ({ path }) => run(path),
    download: ({ path }) => downloadBytes(path.split("/").pop(), bytesOf(workspace.read(path))),
    rename({ path, newPath }) {
      if (newPath === path) return panel.endRename();
      const fault = faultAmong(
        newPath,
        workspace.paths.filter((other) => other !== path),
      );
      if (fault) return notice.refuse(fault);
      notice.clear();
      panel.endRename();
      const wasOpen = current === path;
      renamed(path, newPath);
      workspace.rename(path, newPath);
      if (wasOpen) open(newPath);
    },
    duplicate({ path }) {
      const copy = freeName(path, workspace.paths);
      if (!hasRoom([[copy, workspace.read(path)]])) return;
      workspace.write(copy, workspace.read(path));
      open(copy);
      panel.rename(copy);
    },
    async delete({ path }) {
      const answer = await ask({
        title: `Delete ${path}?`,
        text: "Earlier versions of it stay in the project's history.",
        choices: [
          ["delete", "Delete"],
          ["keep", "Keep"],
        ],
      });
      if (answer !== "delete") return;
      changeTogether([{ path, deleted: true }], `${path} was deleted.`);
    },
  };

  /** Several changes as one, with a way back. */
  function changeTogether(changes, words) {
    const before = changes.map(({ path }) => [path, workspace.read(path)]);
    workspace.apply(changes);
    const after = new Map(changes.map(({ path }) => [path, workspace.read(path)]));
    notice.tell(words, [
      [
        "Undo",
        () => {
          // What was edited since is left as it is.
          const untouched = before.filter(([path]) => sameContent(workspace.read(path), after.get(path)));
          workspace.apply(
            untouched.map(([path, content]) => (content ? toWire(path, content) : { path, deleted: true })),
          );
          notice.tell(untouched.length === before.length ? "Undone." : "Undone, but for files edited since.");
        },
      ],
    ]);
  }

  function askToDelete(paths) {
    const them = paths.length === 1 ? "it" : "them";
    notice.add(`The program deleted ${listed(paths)}. Delete ${them} from the project too?`, [
      [
        "Delete",
        () =>
          changeTogether(
            paths.filter((path) => workspace.read(path)).map((path) => ({ path, deleted: true })),
            `${listed(paths)} ${paths.length === 1 ? "was" : "were"} deleted.`,
          ),
      ],
      ["Keep", () => notice.clear()],
    ]);
  }

  function hasRoom(entries) {
    const files = workspace.files;
    for (const [path, content] of entries) {
      if (bytesOf(content).length > limits.file_bytes) {
        notice.refuse(`${path} is larger than ${sizeInWords(limits.file_bytes)}, the most that one file may hold.`);
        return false;
      }
      files.set(path, content);
    }
    if (files.size > limits.files) {
      notice.refuse(`A project holds at most ${limits.files} files; delete some first.`);
      return false;
    }
    let total = 0;
    for (const content of files.values()) total += bytesOf(content).length;
    if (total > limits.project_bytes) {
      notice.refuse(
        `A project holds at most ${sizeInWords(limits.project_bytes)}; delete or shorten some files first.`,
      );
      return false;
    }
    return true;
  }

  function addFile(field) {
    const path = field.value.trim();
    const fault = path ? faultAmong(path, workspace.paths) : "Type a name such as data.csv or helper.py.";
    if (fault) return notice.refuse(fault);
    if (!hasRoom([[path, { text: "" }]])) return;
    notice.clear();
    field.value = "";
    workspace.write(path, { text: "" });
    open(path);
  }

  async function upload(gathering) {
    const arrived = await gathering.catch(() => null);
    if (!arrived) return notice.refuse("The browser could not read what was dropped. Choose the files with Upload.");
    if (!arrived.length) return;
    const tooLarge = arrived.find(({ file }) => file.size > limits.file_bytes);
    if (tooLarge) {
      const most = sizeInWords(limits.file_bytes);
      return notice.refuse(
        `${tooLarge.path} is larger than ${most}, the most that one file may hold. Nothing was uploaded.`,
      );
    }
    const twins = arrived.filter(({ path }) => workspace.read(path)).map(({ path }) => path);
    let keepsBoth = false;
    if (twins.length) {
      const answer = await ask({
        title: twins.length === 1 ? `Replace ${twins[0]}?` : `Replace ${twins.length} files?`,
        text: `The project has ${twins.length === 1 ? "a file of this name" : twins.join(", ")} already.`,
        choices: [
          ["replace", "Replace"],
          ["both", "Keep both"],
          ["cancel", "Cancel"],
        ],
      });
      if (answer !== "replace" && answer !== "both") return;
      keepsBoth = answer === "both";
    }
    const entries = new Map();
    for (const { path, file } of arrived) {
      const taken = [...workspace.paths, ...entries.keys()];
      const name = keepsBoth ? freeName(path, taken) : path.normalize("NFC");
      const fault = faultAmong(
        name,
        taken.filter((other) => other !== name),
      );
      if (fault) return notice.refuse(`${path}: ${fault} Nothing was uploaded.`);
      entries.set(name, contentFromBytes(new Uint8Array(await file.arrayBuffer())));
    }
    if (!hasRoom(entries)) return;
    const names = [...entries.keys()];
    changeTogether(
      [...entries].map(([path, content]) => toWire(path, content)),
      names.length === 1 ? `${names[0]} was uploaded.` : `${names.length} files were uploaded.`,
    );
    panel.mark(names.map((name) => [name, "new"]));
    open(names[0]);
  }

  if (editable) {
    elements.newFile.addEventListener("submit", (event) => {
      event.preventDefault();
      addFile(elements.newFileName);
    });
    elements.upload.addEventListener("click", () => elements.uploadFiles.click());
    elements.uploadFiles.addEventListener("change", () => {
      upload(Promise.resolve(chosenFiles(elements.uploadFiles.files)));
      elements.uploadFiles.value = "";
    });
    acceptDrops(elements.dropArea, (transfer) => upload(droppedFiles(transfer)));
  }

  return {
    show(path) {
      current = path;
      panel.show(workspace.paths, path);
    },

    /** What a program has left behind: written files are taken over, for deleted ones the person is asked. */
    keepChanges({ written, deleted }) {
      const gone = deleted.filter((path) => workspace.read(path));
      if (!written.length && !gone.length) return;
      panel.mark(written.map(({ path }) => [path, workspace.read(path) ? "changed" : "new"]));
      const names = listed(written.map(({ path }) => path));
      const changes = written.map(({ path, bytes }) => toWire(path, contentFromBytes(bytes)));
      if (!editable) {
        workspace.apply([...changes, ...gone.map((path) => ({ path, deleted: true }))]);
        notice.tell("The program changed files. They stay as they were for their owner: you are reading.");
        return;
      }
      notice.clear();
      if (written.length) changeTogether(changes, `The program wrote ${names}.`);
      if (gone.length) askToDelete(gone);
    },
  };
}

function listed(paths) {
  const most = 3;
  const names = [...paths].sort();
  return names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/** The line below the files: what was done, what could not be, and buttons. */
class FileNotice {
  constructor(element) {
    this.element = element;
  }

  tell(words, choices = []) {
    this.clear();
    this.add(words, choices);
  }

  refuse(words) {
    this.tell(words);
    this.element.dataset.tone = "error";
  }

  add(words, choices) {
    const line = document.createElement("p");
    line.append(words);
    for (const [label, act] of choices) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet small";
      button.textContent = label;
      button.addEventListener("click", act);
      line.append(" ", button);
    }
    this.element.hidden = false;
    this.element.append(line);
  }

  clear() {
    this.element.hidden = true;
    this.element.dataset.tone = "";
    this.element.replaceChildren();
  }
}

// In the capturing phase: the editor would insert the text of a dropped file.
function acceptDrops(area, onDrop) {
  const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
  const listen = (type, act) =>
    area.addEventListener(
      type,
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        act(event);
      },
      { capture: true },
    );
  listen("dragover", () => area.classList.add("takes-files"));
  area.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!area.contains(relatedTarget)) area.classList.remove("takes-files");
  });
  listen("drop", (event) => {
    area.classList.remove("takes-files");
    onDrop(event.dataTransfer);
  });
}
