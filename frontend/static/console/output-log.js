import { AnsiParser } from "./ansi-parser.js";

// A line longer than this is not written over, only added to: what it was is not worth the time.
const MAX_REWRITTEN_CHARS = 10_000;

/** All that was printed and typed in one run, for download: as it came, until it is asked for as plain text. */
export class OutputLog {
  #pieces = [];

  /** `stream` is out, err or typed. */
  add(stream, text) {
    this.#pieces.push({ stream, text });
  }

  get isEmpty() {
    return this.#pieces.length === 0;
  }

  /**
   * Text without any control sequence. A line written over and over, such as a progress bar's, stands as it was at
   * last; text that was cleared from the screen is still here.
   */
  get plainText() {
    const writer = new PlainText();
    const parsers = { out: new AnsiParser(writer), err: new AnsiParser(writer) };
    for (const { stream, text } of this.#pieces) {
      if (stream === "typed") writer.text(text);
      else parsers[stream].feed(text);
    }
    return writer.all;
  }
}

/** The text of one string of the program, such as a question, without control sequences. */
export function plainText(text) {
  const log = new OutputLog();
  log.add("out", text);
  return log.plainText;
}

class PlainText {
  isMuted = false;
  done = [];
  line = "";
  column = 0;

  get all() {
    return [...this.done, this.line].join("\n");
  }

  text(text) {
    if (this.column >= this.line.length || this.line.length > MAX_REWRITTEN_CHARS) this.line += text;
    else this.line = this.line.slice(0, this.column) + text + this.line.slice(this.column + text.length);
    this.column = Math.min(this.column + text.length, this.line.length);
  }

  control(character) {
    if (character === "\n" || character === "\v" || character === "\f") this.#newline();
    else if (character === "\r") this.column = 0;
    else if (character === "\b") this.column = Math.max(0, this.column - 1);
    else if (character === "\t") this.text(character);
  }

  sequence(final, parameters) {
    if (final === "K") this.line = parameters === "2" ? "" : this.line.slice(0, this.column);
    // What goes elsewhere on the screen, or begins it anew, is another line here.
    else if ("ABEFHJdf".includes(final) && this.line) this.#newline();
  }

  reset() {
    if (this.line) this.#newline();
  }

  #newline() {
    this.done.push(this.line);
    this.line = "";
    this.column = 0;
  }
}
