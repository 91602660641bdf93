import { gettext, interpolate } from "../language/gettext.js";

const SIGN = { rises: "▲", falls: "▼", new: "●", same: "=", stays: "✎", problem: "!" };
const WORDS = {
  rises: gettext("more than before"),
  falls: gettext("less than before"),
  new: gettext("had no mark"),
  same: gettext("the same"),
  stays: gettext("set by hand, stays"),
  problem: gettext("could not be run"),
};

const SOURCES = {
  claimed: gettext("%(points)s claimed"),
  verified: gettext("%(points)s verified"),
  override: gettext("%(points)s set by hand"),
};

/** The marks before and after a marking, row by row. */
export class ChangesTable {
  #elements;
  #counts = new Map(Object.keys(SIGN).map((kind) => [kind, 0]));
  #rows = new Set();

  /** `elements` are {table, summary, empty, onlyChanged}. */
  constructor(elements) {
    this.#elements = elements;
    elements.onlyChanged.addEventListener("change", () => this.#show());
    this.#show();
  }

  /** Add a row of the server's: {id, name, exercise, url, old, source, new, out_of, problem}. */
  add(row) {
    if (this.#rows.has(row.id)) return;
    this.#rows.add(row.id);
    const kind = kindOf(row);
    this.#counts.set(kind, this.#counts.get(kind) + 1);
    this.#elements.table.tBodies[0].append(rowElement(row, kind));
    this.#show();
  }

  #show() {
    const { table, summary, empty, onlyChanged } = this.#elements;
    table.dataset.only = onlyChanged.checked ? "changed" : "all";
    const told = [...this.#counts].filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${WORDS[kind]}`);
    summary.textContent = told.join(" · ");
    const unchanged = this.#counts.get("same") + this.#counts.get("stays");
    const isEmpty = this.#rows.size === 0 || (onlyChanged.checked && unchanged === this.#rows.size);
    table.hidden = isEmpty;
    empty.hidden = !isEmpty;
    empty.textContent = this.#rows.size === 0 ? gettext("Nothing is marked yet.") : gettext("No mark changes.");
  }
}

function kindOf(row) {
  if (row.problem) return "problem";
  if (row.source === "override") return "stays";
  if (row.old === null) return "new";
  if (row.new === row.old) return "same";
  return row.new > row.old ? "rises" : "falls";
}

function rowElement(row, kind) {
  const element = document.createElement("tr");
  element.dataset.kind = kind;
  const link = document.createElement("a");
  link.href = row.url;
  link.textContent = row.name;
  const name = document.createElement("th");
  name.scope = "row";
  name.append(link);
  const source = SOURCES[row.source] ?? "%(points)s";
  element.append(
    name,
    cell(row.exercise),
    cell(row.old === null ? "–" : interpolate(source, { points: row.old }), "number"),
    cell(
      row.new === null
        ? "–"
        : interpolate(gettext("%(points)s of %(out_of)s"), { points: row.new, out_of: row.out_of }),
      "number",
    ),
    cell(`${SIGN[kind]} ${row.problem || WORDS[kind]}`, "change"),
  );
  return element;
}

function cell(text, className = "") {
  const element = document.createElement("td");
  element.textContent = text;
  if (className) element.className = className;
  return element;
}
