import { contentFromBytes } from "../files/file-content.js";
import { showPreview } from "../files/file-preview.js";
import { gettext, interpolate } from "../language/gettext.js";

const PRODUCED = "produced ";

/**
 * The choice of the file that the editor shows: those of the exercise, and those that the last run has written, to look at.
 *
 * What a program writes is not among the files that the next run or check begins with: each finds the exercise's own.
 * `elements` are {editor, preview, fileName, fileChoice}. Returns {open(path), current, setProduced(written)}.
 */
export function wireFileChoice({ elements, workspace, editor }) {
  let current = null;
  let produced = [];
  let dropPreview = () => {};

  function open(path) {
    const content = workspace.read(path);
    show(path, content);
    if ("text" in content) editor.open(path, content.text);
    else dropPreview = showPreview(elements.preview, path, content.bytes);
  }

  function openProduced(path) {
    const { bytes } = produced.find((file) => file.path === path);
    const content = contentFromBytes(bytes);
    show(path, null);
    if (!("text" in content)) {
      dropPreview = showPreview(elements.preview, path, bytes);
      return;
    }
    const text = document.createElement("pre");
    text.textContent = content.text;
    elements.preview.replaceChildren(text);
  }

  function show(path, content) {
    dropPreview();
    dropPreview = () => {};
    const isText = content !== null && "text" in content;
    current = content === null ? null : path;
    elements.editor.hidden = !isText;
    elements.preview.hidden = isText;
    elements.fileName.textContent = path;
    draw(content === null ? `${PRODUCED}${path}` : path);
  }

  function draw(chosen) {
    const own = workspace.paths.map((path) => new Option(path, path));
    const written = produced.map(
      ({ path }) =>
        new Option(interpolate(gettext("%(path)s (written by the program)"), { path }), `${PRODUCED}${path}`),
    );
    elements.fileChoice.replaceChildren(...own, ...written);
    elements.fileChoice.value = chosen;
    const isChoice = own.length + written.length > 1;
    elements.fileChoice.hidden = !isChoice;
    elements.fileName.hidden = isChoice;
  }

  elements.fileChoice.addEventListener("change", () => {
    const chosen = elements.fileChoice.value;
    if (chosen.startsWith(PRODUCED)) openProduced(chosen.slice(PRODUCED.length));
    else open(chosen);
  });

  return {
    open,

    /** The path of the open file; null while something that the program wrote is looked at. */
    get current() {
      return current;
    },

    setProduced(written) {
      produced = written;
      const isGone = current === null && !produced.some(({ path }) => path === elements.fileName.textContent);
      if (isGone) open(workspace.paths[0]);
      else draw(current ?? `${PRODUCED}${elements.fileName.textContent}`);
    },
  };
}
