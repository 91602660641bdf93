/** The compatibility page: leaves in view the rows that hold every word of the search box. */
import { gettext, interpolate, ngettext } from "../language/gettext.js";

const form = document.getElementById("row-search");
const query = document.getElementById("row-query");
const count = document.getElementById("row-count");
const contents = document.getElementById("contents");
const sections = [...document.querySelectorAll("[data-rows]")].map((element) => ({
  element,
  rows: [...element.querySelectorAll("tbody tr")].map((row) => ({ row, text: textOf(element, row) })),
}));

// While somebody types the rows are found here; without this script the form asks the server for them.
document.getElementById("row-find").hidden = true;
form.addEventListener("submit", (event) => event.preventDefault());
query.addEventListener("input", filter);
query.addEventListener("input", () => document.getElementById("row-all")?.remove(), { once: true });
// A browser that goes back to this page keeps what was typed.
if (query.value) filter();

function filter() {
  const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  let all = 0;
  for (const { element, rows } of sections) {
    let here = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      here += row.hidden ? 0 : 1;
    }
    element.hidden = here === 0;
    shown += here;
    all += rows.length;
  }
  // Its links would lead to tables that are not in view.
  contents.hidden = words.length > 0;
  count.textContent = words.length ? inWords(shown, all) : "";
}

function inWords(shown, all) {
  if (!shown) return gettext("No row has these words. A package that is not in the tables is not here.");
  return interpolate(ngettext("%(shown)s of %(all)s row", "%(shown)s of %(all)s rows", all), { shown, all });
}

/** What the row and the title of its table say, without the program that checks it. */
function textOf(section, row) {
  const copy = row.cloneNode(true);
  for (const details of copy.querySelectorAll("details")) details.remove();
  return `${section.querySelector("h2").textContent} ${copy.textContent}`.toLowerCase();
}
