import { MAX_SHOWN_CHARS, MAX_SHOWN_LINES, OutputLimits } from "./output-limits.js";

// A block of text is laid out as one; short blocks keep each addition cheap.
const BLOCK_CHARS = 4_000;
const NEAR_END_PX = 40;
const MAX_FIGURES = 200;
const MAX_PROMPT_CHARS = 10_000;

/**
 * The console: text, pictures and notes in the order they came. All text is set as text, whatever it contains.
 *
 * Emits `console:capped` once when the output is longer than what is shown.
 */
export class ConsoleView extends EventTarget {
  /** `log` is the element that holds it all. */
  constructor(log) {
    super();
    this.log = log;
    this.urls = [];
    // Follow the end until the person scrolls away from it.
    this.follows = true;
    log.addEventListener("scroll", () => {
      this.follows = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
    });
    this.clear();
  }

  clear() {
    for (const url of this.urls) URL.revokeObjectURL(url);
    this.urls = [];
    this.log.replaceChildren();
    this.follows = true;
    this.limits = new OutputLimits();
    this.figures = 0;
    this.block = null;
    this.wasCapped = false;
  }

  /** Text of the program: segments of {stream, text}. */
  append(segments) {
    this.#following(() => {
      for (const { stream, text } of segments) this.#appendText(stream, this.limits.take(text));
    });
    if (this.limits.isCapped && !this.wasCapped) {
      this.note(
        `The output is longer than ${MAX_SHOWN_LINES.toLocaleString("en-GB")} lines or ` +
          `${MAX_SHOWN_CHARS.toLocaleString("en-GB")} characters. The rest is not shown; you can download it.`,
        "warning",
      );
      this.dispatchEvent(new CustomEvent("console:capped"));
    }
    this.wasCapped = this.limits.isCapped;
  }

  /** The question of `input()`: already in the text, unless the text is no longer shown. */
  prompt(text) {
    if (this.limits.isCapped) this.#following(() => this.#appendText("out", text.slice(-MAX_PROMPT_CHARS)));
  }

  /** What the person typed. */
  echo(text) {
    this.limits.kept.push(`${text}\n`);
    this.#following(() => this.#appendText("typed", `${text}\n`));
  }

  /** An error that the cap may have hidden is shown all the same. */
  error(text) {
    if (this.limits.isCapped) this.#following(() => this.#appendText("err", text));
  }

  figure(png) {
    this.figures += 1;
    if (this.figures > MAX_FIGURES) {
      if (this.figures === MAX_FIGURES + 1) this.note(`Only the first ${MAX_FIGURES} figures are shown.`, "warning");
      return;
    }
    const image = document.createElement("img");
    image.alt = `Figure ${this.figures}`;
    image.src = URL.createObjectURL(new Blob([png], { type: "image/png" }));
    this.urls.push(image.src);
    const caption = document.createElement("figcaption");
    caption.textContent = image.alt;
    const figure = document.createElement("figure");
    figure.append(image, caption);
    // Its height is not known before it is decoded: the end of the console stays in view all the same.
    image.addEventListener("load", () => this.#following(() => {}));
    this.#appendElement(figure);
  }

  /** A sentence of the platform's own. `tone` may be `warning`. */
  note(text, tone = "") {
    const note = document.createElement("p");
    note.className = `note ${tone}`.trim();
    note.textContent = text;
    this.#appendElement(note);
  }

  /** An element that stands between the text: see error-note.js. */
  show(element) {
    this.#appendElement(element);
  }

  get allText() {
    return this.limits.all;
  }

  #appendElement(element) {
    this.#following(() => this.log.append(element));
    this.block = null;
  }

  #appendText(stream, text) {
    for (let start = 0; start < text.length; ) {
      const block = this.#openBlock();
      // Blocks end at line ends only: a line is never torn in two.
      const newline = text.indexOf("\n", start + Math.max(0, BLOCK_CHARS - this.blockChars));
      const end = newline === -1 ? text.length : newline + 1;
      const part = text.slice(start, end);
      start = end;
      const last = block.lastElementChild;
      if (last?.className === stream) last.append(part);
      else block.append(spanOf(stream, part));
      this.blockChars += part.length;
      if (newline !== -1) this.block = null;
    }
  }

  #openBlock() {
    if (!this.block) {
      this.block = document.createElement("div");
      this.blockChars = 0;
      this.log.append(this.block);
    }
    return this.block;
  }

  #following(change) {
    change();
    if (this.follows) this.log.scrollTop = this.log.scrollHeight;
  }
}

function spanOf(stream, text) {
  const span = document.createElement("span");
  span.className = stream;
  span.append(text);
  return span;
}
