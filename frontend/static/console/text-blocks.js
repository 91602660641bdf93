import { kindOf } from "./character-width.js";
import { HELD } from "./screen-line.js";
import { plainStyle } from "./text-style.js";
import { measureWideCharacters } from "./wide-characters.js";

// A block of text is laid out as one; short blocks keep each addition cheap.
const BLOCK_CHARS = 4_000;
// Elements are dear, and more so with a colour of their own or letters from another font: past so much, text is shown
// without its looks.
const MAX_COST = 20_000;
const DEAR_COST = 4;

/**
 * Draws the lines of a screen into `log`: blocks of whole lines, in them one element for each run of one look.
 *
 * All text is set as text. Elements that still hold what they held are left alone, so that a screen reader hears
 * additions only.
 */
export class TextBlocks {
  constructor(log) {
    this.log = log;
    this.hasMeasured = false;
    this.clear();
  }

  /** Forget what was drawn, after the log was emptied. */
  clear() {
    this.places = new Map();
    this.cost = 0;
    this.breakOff();
  }

  /** What is drawn next comes after everything that stands in the log now. */
  breakOff() {
    this.block = null;
    this.open = null;
  }

  /** `changes` is what `Screen.takeChanges` gave, `lines` what stands on the screen. */
  draw({ retired, removed }, lines) {
    for (const line of removed) this.#remove(line);
    for (const line of retired) {
      if (this.places.has(line)) this.#update(line);
      else this.#append(line);
      this.places.delete(line);
    }
    for (const line of lines) {
      if (this.places.has(line)) this.#update(line);
      else this.#appendAlone(line);
    }
  }

  #remove(line) {
    for (const { span } of this.places.get(line)?.spans ?? []) span.remove();
    this.places.delete(line);
  }

  /** A line that may change later shares no element with another. */
  #appendAlone(line) {
    this.#close();
    const place = this.#append(line);
    this.#close();
    this.places.set(line, place);
  }

  #append(line) {
    const spans = [];
    let isNewBlock = !this.block || this.block.chars >= BLOCK_CHARS;
    for (const run of this.#runs(line, 0)) {
      if (isNewBlock) this.#openBlock();
      isNewBlock = false;
      this.block.chars += run.text.length;
      if (this.open?.look === run.look) {
        this.open.parts.push(run.text);
        continue;
      }
      this.#close();
      const span = this.#spanFor(run);
      this.block.element.append(span);
      spans.push({ span, look: run.look });
      this.open = { span, look: run.look, parts: [run.text] };
    }
    line.wasDrawn();
    const { block } = this;
    if (line.goesOn) this.#breakAfter(block);
    return { block, spans };
  }

  #update(line) {
    if (!line.isStale) return;
    const place = this.places.get(line);
    const old = place.spans;
    // Only the last line can have been empty.
    if (!old.length) {
      this.#appendAlone(line);
      return;
    }
    const isRewritten = line.wasRewritten;
    const spans = isRewritten ? [] : old;
    let before = old.at(-1).span;
    for (const run of this.#runs(line, isRewritten ? 0 : line.drawn)) {
      place.block.chars += run.text.length;
      if (spans.at(-1)?.look === run.look) {
        spans.at(-1).span.append(run.text);
        continue;
      }
      const span = this.#spanFor(run);
      span.append(run.text);
      before.after(span);
      before = span;
      spans.push({ span, look: run.look });
    }
    if (isRewritten) for (const { span } of old) span.remove();
    place.spans = spans;
    line.wasDrawn();
    if (line.goesOn) this.#breakAfter(place.block);
  }

  /** What follows is the same line, and yet stands in a block of its own. */
  #breakAfter(block) {
    block.element.dataset.goesOn = "";
    this.#close();
    if (this.block === block) this.block = null;
  }

  #openBlock() {
    this.#close();
    const element = document.createElement("div");
    element.className = "lines";
    this.block = { element, chars: 0 };
    this.log.append(element);
  }

  /** The text of neighbours that look alike is set in one go. */
  #close() {
    this.open?.span.append(this.open.parts.join(""));
    this.open = null;
  }

  #spanFor({ style, kind, className }) {
    // The first time only: it makes the browser look for fonts that most programs never need.
    if (kind && !this.hasMeasured) measureWideCharacters(this.log);
    if (kind) this.hasMeasured = true;
    const span = document.createElement("span");
    span.className = className;
    const properties = Object.entries(style.properties);
    for (const [name, value] of properties) span.style.setProperty(name, value);
    this.cost += properties.length || kind ? DEAR_COST : 1;
    return span;
  }

  /** The line from a column on, in pieces of one look; its end belongs to the last of them. */
  *#runs(line, from) {
    const lineEnd = line.hasEnded ? "\n" : "";
    if (from >= line.length) {
      const look = line.length ? this.#lookAt(line, startOfLast(line)) : { style: plainStyle("out"), kind: "" };
      if (lineEnd) yield runOf(look, "", lineEnd);
      return;
    }
    let look = this.#lookAt(line, from);
    let start = from;
    for (let at = from + 1; at < line.length; at += 1) {
      if (line.cells[at] === HELD) continue;
      const next = this.#lookAt(line, at);
      if (next.style.key === look.style.key && next.kind === look.kind) continue;
      yield runOf(look, markAt(line, start), line.cells.slice(start, at).join(""));
      look = next;
      start = at;
    }
    yield runOf(look, markAt(line, start), line.cells.slice(start).join("") + lineEnd);
  }

  #lookAt({ cells, styles }, at) {
    if (this.cost > MAX_COST) return { style: plainStyle(styles[at].stream), kind: "" };
    return { style: styles[at], kind: kindOf(cells[at]) };
  }
}

/** Standard error is marked where it begins in a line: at the side of it, mostly. */
function markAt({ styles }, at) {
  if (styles[at].stream !== "err" || styles[at - 1]?.stream === "err") return "";
  return at === 0 ? "at-side" : "midway";
}

function startOfLast(line) {
  let at = line.length - 1;
  while (at > 0 && line.cells[at] === HELD) at -= 1;
  return at;
}

/** One piece of text: `look` is the same for two that can share an element. */
function runOf({ style, kind }, mark, text) {
  const more = [kind, mark].filter(Boolean).join(" ");
  return { style, kind, className: `${style.className} ${more}`.trim(), text, look: `${style.key} ${more}` };
}
