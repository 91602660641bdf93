import { contentFromBytes } from "../files/file-content.js";
import { showPreview } from "../files/file-preview.js";

const MAX_FILES = 20;
const MAX_TEXT_CHARS = 5000;

let dropPreviews = [];

/**
 * Lists what a run has written, each file to be looked at and downloaded: `written` is [{path, bytes}].
 *
 * The files are no longer than the page; the next run does not find them.
 */
export function showProduced({ section, list }, written) {
  for (const drop of dropPreviews) drop();
  const shown = written.slice(0, MAX_FILES).map(fileElement);
  dropPreviews = shown.map(({ drop }) => drop);
  list.replaceChildren(...shown.map(({ details }) => details));
  section.hidden = shown.length === 0;
}

function fileElement({ path, bytes }) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = path;
  const body = document.createElement("div");
  details.append(summary, body);
  const drop = showPreview(body, path, bytes);
  const { text } = contentFromBytes(bytes);
  if (text !== undefined) {
    const pre = document.createElement("pre");
    pre.textContent = text.length > MAX_TEXT_CHARS ? `${text.slice(0, MAX_TEXT_CHARS)}…` : text;
    body.append(pre);
  }
  return { details, drop };
}
