import { gettext, interpolate } from "../language/gettext.js";

/**
 * The platform's own words on an error: where it happened, as a button, and the explanation.
 *
 * `place` is {file, line} or null; `onPlace()` is called when the button is pressed. `page` is {address, title} of a page
 * of ours that says more, or null. Text comes from the sandbox: it is set as text, with what stands between backticks
 * as code.
 */
export function errorNote({ place, text, page, onPlace }) {
  const note = document.createElement("p");
  note.className = "note explanation";
  if (place) note.append(placeButton(place, onPlace), text ? ": " : " ");
  if (text) note.append(codeAndText(text), " ");
  if (page) note.append(pageLink(page));
  return note;
}

function placeButton({ file, line }, onPlace) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "place";
  button.textContent = interpolate(gettext("%(file)s, line %(line)s"), { file, line });
  button.ariaLabel = interpolate(gettext("Go to %(file)s, line %(line)s"), { file, line });
  button.addEventListener("click", onPlace);
  return button;
}

function codeAndText(text) {
  const words = document.createElement("span");
  for (const [index, part] of text.split("`").entries()) {
    if (index % 2 === 0) words.append(part);
    else words.append(Object.assign(document.createElement("code"), { textContent: part }));
  }
  return words;
}

function pageLink({ address, title }) {
  const link = document.createElement("a");
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = interpolate(gettext("%(title)s (opens a new tab)"), { title });
  return link;
}
