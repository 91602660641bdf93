import { kindOf } from "./character-width.js";
import { HELD } from "./screen-line.js";
import { plainStyle } from "./text-style.js";
import { measureWideCharacters } from "./wide-characters.js";

// A block of text is laid out as one; short blocks keep each addition cheap.
const BLOCK_CHARS = 4_000;
// Elements are dear: past so many, text is shown without its colours.
const MAX_SPANS = 20_000;

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
    this.spanCount = 0;
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
    const spans = this.#append(line);
    this.#close();
    this.places.set(line, { block: this.block, spans });
  }

  #append(line) {
    const { block } = this;
    const isNewBlock = !block || block.isMarked !== line.isMarked || block.chars >= BLOCK_CHARS;
    const spans = [];
    for (const run of this.#runs(line, 0)) {
      if (isNewBlock && !spans.length) this.#openBlock(line.isMarked);
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
    return spans;
  }

  #update(line) {
    if (!line.isStale) return;
    const place = this.places.get(line);
    const old = place.spans;
    // Only the last line can have been empty. A line that gains its mark moves into a block that has it.
    if (!old.length || (line.isMarked !== place.block.isMarked && this.#isLast(place))) {
      this.#remove(line);
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
  }

  #isLast({ block, spans }) {
    return block === this.block && block.element.lastElementChild === spans.at(-1).span;
  }

  #openBlock(isMarked) {
    this.#close();
    const element = document.createElement("div");
    element.className = isMarked ? "lines marked" : "lines";
    this.block = { element, isMarked, chars: 0 };
    this.log.append(element);
  }

  /** The text of neighbours that look alike is set in one go. */
  #close() {
    this.open?.span.append(this.open.parts.join(""));
    this.open = null;
  }

  #spanFor({ style, kind }) {
    this.spanCount += 1;
    // The first time only: it makes the browser look for fonts that most programs never need.
    if (kind && !this.hasMeasured) measureWideCharacters(this.log);
    if (kind) this.hasMeasured = true;
    const span = document.createElement("span");
    span.className = kind ? `${style.className} ${kind}` : style.className;
    for (const [name, value] of Object.entries(style.properties)) span.style.setProperty(name, value);
    return span;
  }

  /** The line from a column on, in pieces of one look; its end belongs to the last of them. */
  *#runs(line, from) {
    const isPlain = this.spanCount > MAX_SPANS;
    const lookAt = (at) => {
      const style = isPlain ? plainStyle(line.styles[at].stream) : line.styles[at];
      return { style, kind: isPlain ? "" : kindOf(line.cells[at]) };
    };
    const lineEnd = line.hasEnded ? "\n" : "";
    if (from >= line.length) {
      const stream = line.isMarked ? "err" : "out";
      const look = line.length ? lookAt(startOfLast(line)) : { style: plainStyle(stream), kind: "" };
      if (lineEnd) yield runOf(look, lineEnd);
      return;
    }
    let look = lookAt(from);
    let start = from;
    for (let at = from + 1; at < line.length; at += 1) {
      if (line.cells[at] === HELD) continue;
      const next = lookAt(at);
      if (next.style.key === look.style.key && next.kind === look.kind) continue;
      yield runOf(look, line.cells.slice(start, at).join(""));
      look = next;
      start = at;
    }
    yield runOf(look, line.cells.slice(start).join("") + lineEnd);
  }
}

function startOfLast(line) {
  let at = line.length - 1;
  while (at > 0 && line.cells[at] === HELD) at -= 1;
  return at;
}

function runOf({ style, kind }, text) {
  return { style, kind, text, look: `${style.key} ${kind}` };
}
