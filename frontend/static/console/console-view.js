import { whole } from "../language/formats.js";
import { gettext, interpolate } from "../language/gettext.js";
import { Figures } from "./figures.js";
import { OutputLog } from "./output-log.js";
import { MAX_SHOWN_CHARS, MAX_SHOWN_LINES, Screen } from "./screen.js";
import { TextBlocks } from "./text-blocks.js";

const NEAR_END_PX = 40;
const MAX_PROMPT_CHARS = 10_000;

/**
 * The console: text, pictures and notes in the order they came.
 *
 * Text is read as a terminal would (screen.js says what is understood) and set as text, whatever it contains.
 */
export class ConsoleView {
  /**
   * `log` holds it all; `dialog` is where figures are enlarged; `save(name, blob)` hands a picture to the person as a
   * file; `speak(sentence)` tells who cannot see what has happened.
   */
  constructor({ log, dialog, save, speak }) {
    this.log = log;
    this.figures = new Figures({ dialog, save, speak });
    this.blocks = new TextBlocks(log);
    this.screen = new Screen();
    // Follow the end until the person scrolls away from it.
    log.addEventListener("scroll", () => {
      this.follows = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
    });
    this.clear();
  }

  clear() {
    this.screen = new Screen();
    this.output = new OutputLog();
    this.figures.startAnew();
    this.follows = true;
    this.wasCapped = false;
    this.#draw();
  }

  /** Text of the program: segments of {stream, text}, `stream` one of out, err, and typed. */
  append(segments) {
    for (const { stream, text } of segments) {
      this.output.add(stream, text);
      if (stream === "typed") this.screen.writeTyped(text);
      else this.screen.write(stream, text);
    }
    this.#draw();
    if (this.screen.isCapped && !this.wasCapped) {
      this.note(
        interpolate(
          gettext(
            "The output is longer than %(lines)s lines or %(characters)s characters. The rest is not shown; you can download it.",
          ),
          {
            lines: whole(MAX_SHOWN_LINES),
            characters: whole(MAX_SHOWN_CHARS),
          },
        ),
        "warning",
      );
    }
    this.wasCapped = this.screen.isCapped;
  }

  /** The question of `input()`: already in the text, unless the text is no longer shown. */
  prompt(text) {
    if (this.screen.isCapped) this.#writeExempt("out", text.slice(-MAX_PROMPT_CHARS));
  }

  /** What the person typed. */
  echo(text) {
    this.output.add("typed", `${text}\n`);
    this.screen.exempt(() => this.screen.writeTyped(`${text}\n`));
    this.#draw();
  }

  /** An error that the cap may have hidden is shown all the same. */
  error(text) {
    if (this.screen.isCapped) this.#writeExempt("err", text);
  }

  /** A picture of the program's, as the bytes of a PNG. */
  figure(png) {
    const { element, sentence } = this.figures.next(png);
    if (sentence) this.note(sentence, "warning");
    if (!element) return;
    // Its height is not known before it is decoded: the end of the console stays in view all the same.
    element.querySelector("img").addEventListener("load", () => this.#followEnd());
    this.#appendElement(element);
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

  /** Whether what comes now is kept, and not shown. */
  get isFull() {
    return this.screen.isCapped;
  }

  /** What can be seen, as plain text; a figure is its name. Our own notes are left out. */
  get shownText() {
    return [...this.log.children]
      .filter((element) => !element.classList.contains("note"))
      .map((element) => {
        const text = element.localName === "figure" ? `[${element.querySelector("img").alt}]` : element.textContent;
        return /^$|\n$/.test(text) || "goesOn" in element.dataset ? text : `${text}\n`;
      })
      .join("");
  }

  /** Everything printed and typed, as far as it came, as plain text. */
  get allText() {
    return this.output.plainText;
  }

  #writeExempt(stream, text) {
    this.screen.exempt(() => this.screen.write(stream, text));
    this.#draw();
  }

  #appendElement(element) {
    this.screen.breakOff();
    this.#draw();
    this.blocks.breakOff();
    this.log.append(element);
    this.#followEnd();
  }

  #draw() {
    const changes = this.screen.takeChanges();
    if (changes.wasCleared) {
      this.log.replaceChildren();
      this.figures.forget();
      this.blocks.clear();
    }
    this.blocks.draw(changes, this.screen.lines);
    this.#followEnd();
  }

  #followEnd() {
    if (this.follows) this.log.scrollTop = this.log.scrollHeight;
  }
}
