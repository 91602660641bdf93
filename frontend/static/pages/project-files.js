import { bytesOf, contentFromBytes, sizeInWords } from "../files/file-content.js";
import { faultAmong, freeName } from "../files/file-names.js";
import { FilePanel } from "../files/file-panel.js";
import { chosenFiles, droppedFiles } from "../files/uploads.js";
import { gettext, interpolate, ngettext } from "../language/gettext.js";
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
        title: interpolate(gettext("Delete %(path)s?"), { path }),
        text: gettext("Earlier versions of it stay in the project's history."),
        choices: [
          ["delete", gettext("Delete")],
          ["keep", gettext("Keep")],
        ],
      });
      if (answer !== "delete") return;
      changeTogether([{ path, deleted: true }], interpolate(gettext("%(path)s was deleted."), { path }));
    },
  };

  /** Several changes as one, with a way back. */
  function changeTogether(changes, words) {
    const before = changes.map(({ path }) => [path, workspace.read(path)]);
    workspace.apply(changes);
    const after = new Map(changes.map(({ path }) => [path, workspace.read(path)]));
    notice.tell(words, [
      [
        gettext("Undo"),
        () => {
          // What was edited since is left as it is.
          const untouched = before.filter(([path]) => sameContent(workspace.read(path), after.get(path)));
          workspace.apply(
            untouched.map(([path, content]) => (content ? toWire(path, content) : { path, deleted: true })),
          );
          notice.tell(
            untouched.length === before.length ? gettext("Undone.") : gettext("Undone, but for files edited since."),
          );
        },
      ],
    ]);
  }

  function askToDelete(paths) {
    const values = { paths: listed(paths) };
    notice.add(
      interpolate(
        ngettext(
          "The program deleted %(paths)s. Delete it from the project too?",
          "The program deleted %(paths)s. Delete them from the project too?",
          paths.length,
        ),
        values,
      ),
      [
        [
          gettext("Delete"),
          () =>
            changeTogether(
              paths.filter((path) => workspace.read(path)).map((path) => ({ path, deleted: true })),
              interpolate(ngettext("%(paths)s was deleted.", "%(paths)s were deleted.", paths.length), values),
            ),
        ],
        [gettext("Keep"), () => notice.clear()],
      ],
    );
  }

  function hasRoom(entries) {
    const files = workspace.files;
    for (const [path, content] of entries) {
      if (bytesOf(content).length > limits.file_bytes) {
        notice.refuse(
          interpolate(gettext("%(path)s is larger than %(most)s, the most that one file may hold."), {
            path,
            most: sizeInWords(limits.file_bytes),
          }),
        );
        return false;
      }
      files.set(path, content);
    }
    if (files.size > limits.files) {
      notice.refuse(
        interpolate(gettext("A project holds at most %(files)s files; delete some first."), { files: limits.files }),
      );
      return false;
    }
    let total = 0;
    for (const content of files.values()) total += bytesOf(content).length;
    if (total > limits.project_bytes) {
      notice.refuse(
        interpolate(gettext("A project holds at most %(most)s; delete or shorten some files first."), {
          most: sizeInWords(limits.project_bytes),
        }),
      );
      return false;
    }
    return true;
  }

  function addFile(field) {
    const path = field.value.trim();
    const fault = path ? faultAmong(path, workspace.paths) : gettext("Type a name such as data.csv or helper.py.");
    if (fault) return notice.refuse(fault);
    if (!hasRoom([[path, { text: "" }]])) return;
    notice.clear();
    field.value = "";
    workspace.write(path, { text: "" });
    open(path);
  }

  async function upload(gathering) {
    const arrived = await gathering.catch(() => null);
    if (!arrived)
      return notice.refuse(gettext("The browser could not read what was dropped. Choose the files with Upload."));
    if (!arrived.length) return;
    const tooLarge = arrived.find(({ file }) => file.size > limits.file_bytes);
    if (tooLarge) {
      const most = sizeInWords(limits.file_bytes);
      return notice.refuse(
        interpolate(
          gettext("%(path)s is larger than %(most)s, the most that one file may hold. Nothing was uploaded."),
          { path: tooLarge.path, most },
        ),
      );
    }
    const twins = arrived.filter(({ path }) => workspace.read(path)).map(({ path }) => path);
    let keepsBoth = false;
    if (twins.length) {
      const answer = await ask({
        title: interpolate(ngettext("Replace %(path)s?", "Replace %(count)s files?", twins.length), {
          path: twins[0],
          count: twins.length,
        }),
        text: interpolate(
          ngettext("The project has a file of this name already.", "The project has %(paths)s already.", twins.length),
          { paths: twins.join(", ") },
        ),
        choices: [
          ["replace", gettext("Replace")],
          ["both", gettext("Keep both")],
          ["cancel", gettext("Cancel")],
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
      if (fault)
        return notice.refuse(interpolate(gettext("%(path)s: %(fault)s Nothing was uploaded."), { path, fault }));
      entries.set(name, contentFromBytes(new Uint8Array(await file.arrayBuffer())));
    }
    if (!hasRoom(entries)) return;
    const names = [...entries.keys()];
    changeTogether(
      [...entries].map(([path, content]) => toWire(path, content)),
      interpolate(ngettext("%(path)s was uploaded.", "%(count)s files were uploaded.", names.length), {
        path: names[0],
        count: names.length,
      }),
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
        notice.tell(gettext("The program changed files. They stay as they were for their owner: you are reading."));
        return;
      }
      notice.clear();
      if (written.length) changeTogether(changes, interpolate(gettext("The program wrote %(names)s."), { names }));
      if (gone.length) askToDelete(gone);
    },
  };
}

function listed(paths) {
  const most = 3;
  const names = [...paths].sort();
  return names.length <= most
    ? names.join(", ")
    : interpolate(gettext("%(names)s and %(count)s more"), {
        names: names.slice(0, most).join(", "),
        count: names.length - most,
      });
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
