import { textDifference } from "../checking/text-difference.js";
import { gettext, interpolate, ngettext } from "../language/gettext.js";

const SIGNS = { same: "", changed: "≠", missing: "−", extra: "+" };
const WORDS = { same: "", changed: gettext("differs"), missing: gettext("is missing"), extra: gettext("is too much") };

/**
 * Two texts side by side, line for line, with what differs marked. Nodes to append; `mode` and `tolerance` are the test's.
 */
export function differenceTable({ expected, actual, mode, tolerance }) {
  const { rows, isOnlyWhiteSpace, hasMore } = textDifference(expected, actual, mode, tolerance);
  const table = document.createElement("table");
  table.className = "test-difference";
  const head = table.createTHead().insertRow();
  for (const name of [gettext("Expected"), "", gettext("Came")]) {
    const cell = document.createElement(name ? "th" : "td");
    if (name) cell.scope = "col";
    cell.textContent = name;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows) fill(body.insertRow(), row);
  const nodes = [table];
  if (actual === "") nodes.push(note(gettext("The program printed nothing.")));
  if (isOnlyWhiteSpace)
    nodes.push(note(gettext("Only white space differs: · is a space, → a tab, ↵ the end of a line.")));
  if (hasMore) nodes.push(note(gettext("The texts go on after this.")));
  return nodes;
}

function fill(line, { kind, expected, actual, count }) {
  line.dataset.kind = kind;
  if (kind === "skipped") {
    const cell = line.insertCell();
    cell.colSpan = 3;
    cell.textContent = interpolate(
      ngettext("… one line that is the same …", "… %(count)s lines that are the same …", count),
      { count },
    );
    return;
  }
  fillSide(line.insertCell(), expected);
  const sign = line.insertCell();
  const shown = document.createElement("span");
  shown.setAttribute("aria-hidden", "true");
  shown.textContent = SIGNS[kind];
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.textContent = WORDS[kind];
  sign.append(shown, said);
  fillSide(line.insertCell(), actual);
}

function fillSide(cell, segments) {
  for (const { text, isMarked } of segments ?? []) {
    const part = document.createElement(isMarked ? "mark" : "span");
    part.textContent = text;
    cell.append(part);
  }
}

function note(sentence) {
  const paragraph = document.createElement("p");
  paragraph.className = "hint";
  paragraph.textContent = sentence;
  return paragraph;
}
