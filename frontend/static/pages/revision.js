/** The page of one revision: the server's list of lines becomes two texts side by side. */

import { DifferenceView } from "../editor/difference-view.js";
import { imageType } from "../files/file-content.js";
import { gettext, interpolate } from "../language/gettext.js";
import { base64ToBytes } from "../saving/encoding.js";
import { ChangeSteps } from "./change-steps.js";

// More editors than this make a phone slow; the files beyond keep the server's list.
const MOST_VIEWS = 20;

const list = document.getElementById("files");
const tools = document.getElementById("change-tools");
const showAll = document.getElementById("show-all");
const { nonce } = document.getElementById("page-script").dataset;
const narrow = matchMedia("(max-width: 800px)");

let shown = [];
const steps = new ChangeSteps({
  previous: document.getElementById("previous-change"),
  next: document.getElementById("next-change"),
  status: document.getElementById("change-status"),
  keys: document,
});
const files = await fetchFiles();
if (files.length) build();
narrow.addEventListener("change", build);
showAll.addEventListener("click", () => {
  const isPressed = showAll.getAttribute("aria-pressed") !== "true";
  showAll.setAttribute("aria-pressed", String(isPressed));
  build();
});

/** Without an answer the server's list stays. */
async function fetchFiles() {
  try {
    const response = await fetch(list.dataset.url, { headers: { Accept: "application/json" } });
    return response.ok ? (await response.json()).files : [];
  } catch {
    return [];
  }
}

function build() {
  for (const { view } of shown) view.destroy();
  shown = [];
  const sections = new Map([...list.querySelectorAll("[data-path]")].map((section) => [section.dataset.path, section]));
  for (const file of files) {
    const place = sections.get(file.path)?.querySelector(".difference-view");
    if (!place) continue;
    if (isComparable(file) && shown.length < MOST_VIEWS) compareTexts(place, file);
    else if (imageType(file.path)) showPictures(place, file);
  }
  steps.show(shown);
  tools.hidden = shown.length === 0;
}

function isComparable({ before, after }) {
  const sides = [before, after].filter(Boolean);
  return sides.every(({ text }) => text !== undefined) && before?.text !== after?.text;
}

function compareTexts(place, { path, before, after }) {
  const labels = [list.dataset.before, list.dataset.after];
  const frame = document.createElement("div");
  frame.className = "merge";
  frame.append(labelRow(labels, narrow.matches));
  place.replaceChildren(frame);
  const view = new DifferenceView({
    parent: frame,
    path,
    before: { label: `${labels[0]}: ${path}`, text: before?.text ?? "" },
    after: { label: `${labels[1]}: ${path}`, text: after?.text ?? "" },
    nonce,
    isNarrow: narrow.matches,
    isFolded: showAll.getAttribute("aria-pressed") !== "true",
  });
  shown.push({ path, view });
}

function labelRow(labels, isNarrow) {
  const row = document.createElement("p");
  row.className = "merge-labels";
  const words = isNarrow
    ? [
        interpolate(gettext("%(before)s (struck through) in %(after)s (underlined)"), {
          before: labels[0],
          after: labels[1],
        }),
      ]
    : labels;
  row.append(...words.map((text) => Object.assign(document.createElement("span"), { textContent: text })));
  return row;
}

function showPictures(place, { path, before, after }) {
  const holder = document.createElement("div");
  holder.className = "difference-pictures";
  for (const [label, side] of [
    [list.dataset.before, before],
    [list.dataset.after, after],
  ]) {
    if (!side?.base64) continue;
    const image = document.createElement("img");
    image.src = URL.createObjectURL(new Blob([base64ToBytes(side.base64)], { type: imageType(path) }));
    image.alt = `${path}, ${label}`;
    const figure = document.createElement("figure");
    figure.append(image, Object.assign(document.createElement("figcaption"), { textContent: label }));
    holder.append(figure);
  }
  place.replaceChildren(holder);
}
