import { gettext, interpolate } from "../language/gettext.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/**
 * Opens the comment form below the line that is chosen, without loading the page; Esc puts it back.
 *
 * A table of code is one stop of the Tab key: in it arrow keys, Home and End go from line to line, Enter comments.
 *
 * @param {{form: HTMLFormElement, home: HTMLElement, tables: Iterable<HTMLTableElement>}} elements `home` is where the
 *   form stands while it is about no line; a table names its file in `data-path`
 */
export function wireLineComments({ form, home, tables }) {
  const text = form.elements.text;
  const cancel = form.querySelector(".cancel");
  const label = form.querySelector("#comment-label");
  let opened = null;

  function open(link, path, line) {
    const place = link.closest(".thread") ?? newPlace(link.closest("tr"));
    place.append(form);
    form.elements.path.value = path;
    form.elements.line.value = line;
    form.classList.toggle("at-line", Boolean(path));
    label.textContent = line ? interpolate(gettext("Comment on line %(line)s"), { line }) : gettext("Comment");
    cancel.hidden = false;
    forgetEmptyPlace();
    opened = link;
    text.focus();
  }

  function close() {
    home.append(form);
    form.elements.path.value = "";
    form.elements.line.value = "";
    form.classList.remove("at-line");
    label.textContent = gettext("Comment");
    cancel.hidden = true;
    forgetEmptyPlace();
    opened?.focus();
    opened = null;
  }

  for (const table of tables) {
    const links = [...table.querySelectorAll("a[data-line]:not([data-reply])")];
    wireRows(table, links);
    for (const link of links) {
      link.addEventListener("click", (event) => {
        if (isElsewhere(event)) return;
        event.preventDefault();
        open(link, table.dataset.path, link.dataset.line);
      });
    }
  }
  for (const link of document.querySelectorAll("a[data-reply]")) {
    link.addEventListener("click", (event) => {
      if (isElsewhere(event)) return;
      event.preventDefault();
      open(link, link.dataset.path, link.dataset.line);
    });
  }
  cancel.addEventListener("click", (event) => {
    event.preventDefault();
    close();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || home.contains(form)) return;
    event.preventDefault();
    close();
  });
  wireSavedComments(form, text);
}

/** The row below a line in which comments stand: that of the line if it has one, else a new one. */
function newPlace(row) {
  const below = row.nextElementSibling;
  if (below?.classList.contains("thread-row")) return below.querySelector(".thread");
  const added = document.createElement("tr");
  added.className = "thread-row";
  const thread = document.createElement("div");
  thread.className = "thread";
  const cell = document.createElement("td");
  cell.append(thread);
  added.append(document.createElement("td"), cell);
  row.after(added);
  return thread;
}

function forgetEmptyPlace() {
  for (const thread of document.querySelectorAll(".thread-row .thread")) {
    if (!thread.childElementCount) thread.closest("tr").remove();
  }
}

function wireRows(table, links) {
  for (const [index, link] of links.entries()) link.tabIndex = index === 0 ? 0 : -1;
  table.addEventListener("keydown", (event) => {
    const at = links.indexOf(event.target);
    if (at < 0 || isElsewhere(event) || event.altKey) return;
    const last = links.length - 1;
    const to = { Home: 0, End: last }[event.key] ?? at + (STEPS[event.key] ?? Number.NaN);
    if (Number.isNaN(to)) return;
    event.preventDefault();
    links[Math.min(Math.max(to, 0), last)].focus();
  });
  table.addEventListener("focusin", ({ target }) => {
    if (!links.includes(target)) return;
    for (const link of links) link.tabIndex = link === target ? 0 : -1;
  });
}

/** A saved comment goes into the box, where it can still be changed; so does the n-th with Alt and its number. */
function wireSavedComments(form, text) {
  const buttons = [...form.querySelectorAll(".saved-comment")];
  const insert = (button) => {
    const before = text.value && !text.value.endsWith("\n") ? "\n" : "";
    text.setRangeText(before + button.textContent, text.value.length, text.value.length, "end");
    text.focus();
  };
  for (const [index, button] of buttons.entries()) {
    if (index < 9) {
      button.setAttribute("aria-keyshortcuts", `Alt+${index + 1}`);
      button.title = `Alt+${index + 1}`;
    }
    button.addEventListener("click", (event) => {
      event.preventDefault();
      insert(button);
    });
  }
  text.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const button = buttons[Number(/^Digit([1-9])$/.exec(event.code)?.[1]) - 1];
    if (!button) return;
    event.preventDefault();
    insert(button);
  });
}

/** Whether the event asks for another tab or window. */
function isElsewhere(event) {
  return event.ctrlKey || event.metaKey || event.shiftKey;
}
