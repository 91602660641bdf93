import { AnsiParser } from "./ansi-parser.js";
import { ScreenLine } from "./screen-line.js";
import { plainStyle, StyleState } from "./text-style.js";

/** What of a program's output is shown; the rest is kept for download. */
export const MAX_SHOWN_LINES = 10_000;
export const MAX_SHOWN_CHARS = 250_000;
// As many lines as Python's shutil.get_terminal_size() tells a program. What is above can no longer be changed.
export const SCREEN_ROWS = 24;
const TAB_COLUMNS = 8;
// The cursor may be sent past the end of a line, but not farther than this.
const MAX_COLUMNS = 500;
// A longer line goes on in the next one: browsers need seconds to lay out a hundred thousand letters in one.
const BREAK_COLUMNS = 2_000;

/**
 * The text of a console as a terminal keeps it: lines, and a cursor that a program may move among the last of them.
 *
 * Text of `out` and `err` is read as a terminal would; each stream has its own colours, and a sequence torn on one
 * is not disturbed by the other. Understood are \r \n \b and tabs; colours and styles (`m`); moves within the screen (A to H, `d`,
 * `f`, saving the cursor); erasing of lines and of the screen (`J`, `K`), which takes what scrolled away with it; and
 * reset. Lines are not broken at the width of the console. Everything else is swallowed.
 *
 * The drawing side reads `lines`, and takes `retired` (lines that have left the screen for good, in order), `removed`
 * and `wasCleared` with `takeChanges`.
 */
export class Screen {
  constructor() {
    this.sources = {};
    for (const stream of ["out", "err"]) {
      const style = new StyleState(stream);
      this.sources[stream] = { style, parser: new AnsiParser(new Source(this, style)) };
    }
    this.isExempt = false;
    this.clear();
  }

  /** Text of a program. */
  write(stream, text) {
    this.sources[stream].parser.feed(text);
  }

  /** What a person typed: in it nothing but the end of a line is an order. */
  writeTyped(text) {
    const [first, ...others] = text.split("\n");
    this.put(first.replace(CONTROLS, picture), TYPED);
    for (const line of others) {
      this.control("\n");
      this.put(line.replace(CONTROLS, picture), TYPED);
    }
  }

  /** What `action` writes is shown whatever the limits say: a question, its answer, or an error. */
  exempt(action) {
    this.isExempt = true;
    action();
    this.isExempt = false;
  }

  /** Everything is gone, and the limits count anew. */
  clear() {
    this.tally = { chars: 0 };
    this.lines = [new ScreenLine(this.tally)];
    this.retired = [];
    this.removed = [];
    this.wasCleared = true;
    this.lineCount = 1;
    this.isCapped = false;
    this.row = 0;
    this.column = 0;
    this.saved = { row: 0, column: 0 };
  }

  /** Something stands after this text: no order reaches behind it. */
  breakOff() {
    if (this.lines.at(-1).length === 0) this.#forget(this.lines.splice(-1));
    this.#retire(this.lines.length);
    this.#addLine();
    this.row = 0;
    this.column = 0;
  }

  /** What has happened since the last call. */
  takeChanges() {
    const { retired, removed, wasCleared } = this;
    this.retired = [];
    this.removed = [];
    this.wasCleared = false;
    return { retired, removed, wasCleared };
  }

  /** How many characters are shown. */
  get chars() {
    return this.tally.chars;
  }

  get isMuted() {
    return this.isCapped && !this.isExempt;
  }

  // From here on: what the sources order.

  put(text, style) {
    for (const character of text) {
      if (this.#refuses(character.length)) return;
      if (this.column >= BREAK_COLUMNS) this.#goOn();
      this.column = this.lines[this.row].put(this.column, character, style);
    }
  }

  control(character, style = TYPED) {
    if (character === "\n" || character === "\v" || character === "\f") this.#newline();
    else if (character === "\r") this.column = 0;
    else if (character === "\b") this.column = Math.max(0, this.column - 1);
    else if (character === "\t") this.#tab(style);
    // The bell is for the ear.
    else if (character !== "\u0007") this.put(picture(character), style);
  }

  sequence(final, parameters) {
    if (!/^[\d;]*$/.test(parameters)) return;
    const [first, second] = parameters.split(";").map(Number);
    this.#moves[final]?.(first, second);
  }

  #moves = {
    A: (count) => this.#moveTo(this.row - (count || 1), this.column),
    B: (count) => this.#moveTo(this.row + (count || 1), this.column),
    C: (count) => this.#moveTo(this.row, this.column + (count || 1)),
    D: (count) => this.#moveTo(this.row, this.column - (count || 1)),
    E: (count) => this.#moveTo(this.row + (count || 1), 0),
    F: (count) => this.#moveTo(this.row - (count || 1), 0),
    G: (column) => this.#moveTo(this.row, (column || 1) - 1),
    H: (row, column) => this.#moveTo((row || 1) - 1, (column || 1) - 1),
    d: (row) => this.#moveTo((row || 1) - 1, this.column),
    f: (row, column) => this.#moves.H(row, column),
    s: () => {
      this.saved = { row: this.row, column: this.column };
    },
    u: () => this.#moveTo(this.saved.row, this.saved.column),
    J: (what) => this.#eraseScreen(what),
    K: (what) => this.#eraseLine(what),
  };

  #moveTo(row, column) {
    const bottom = Math.min(Math.max(row, 0), SCREEN_ROWS - 1);
    while (this.lines.length <= bottom && !this.isMuted) {
      this.row = this.lines.length - 1;
      this.#newline();
    }
    this.row = Math.min(bottom, this.lines.length - 1);
    this.column = Math.max(0, Math.min(column, Math.max(MAX_COLUMNS, this.lines[this.row].length)));
  }

  #newline() {
    if (this.#refuses(1)) return;
    this.lines[this.row].end();
    this.#nextLine();
  }

  #goOn() {
    this.lines[this.row].goOn();
    this.#nextLine();
  }

  #nextLine() {
    if (this.row === this.lines.length - 1) {
      this.#addLine();
      if (this.lines.length > SCREEN_ROWS) this.#retire(1);
    }
    this.row = Math.min(this.row + 1, this.lines.length - 1);
    this.column = 0;
  }

  #addLine() {
    this.lines.push(new ScreenLine(this.tally));
    this.lineCount += 1;
  }

  #forget(lines) {
    for (const line of lines) {
      line.reopen();
      line.cut(0);
      this.removed.push(line);
    }
    this.lineCount -= lines.length;
  }

  #retire(count) {
    this.retired.push(...this.lines.splice(0, count));
    this.saved.row = Math.max(0, this.saved.row - count);
  }

  #tab(style) {
    const stop = this.column - (this.column % TAB_COLUMNS) + TAB_COLUMNS;
    if (this.#refuses(1)) return;
    this.lines[this.row].tab(this.column, style, stop);
    this.column = stop;
  }

  #eraseScreen(what) {
    if (what === 2 || what === 3) this.clear();
    else if (what === 1) {
      for (const line of this.lines.slice(0, this.row)) line.cut(0);
      this.#eraseLine(1);
    } else if (!what) {
      this.#eraseLine(0);
      this.#forget(this.lines.splice(this.row + 1));
      this.lines[this.row].reopen();
    }
  }

  #eraseLine(what) {
    const line = this.lines[this.row];
    if (!what) line.cut(this.column);
    else if (what === 1) line.blank(0, Math.min(this.column + 1, MAX_COLUMNS), TYPED);
    else if (what === 2) line.cut(0);
  }

  /** Whether so many characters more are too many; then nothing more is shown until the screen is cleared. */
  #refuses(count) {
    if (this.isExempt) return false;
    if (this.lineCount > MAX_SHOWN_LINES || this.tally.chars + count > MAX_SHOWN_CHARS) this.isCapped = true;
    return this.isCapped;
  }
}

/** One stream's way to the screen: its text in its own style. */
class Source {
  constructor(screen, style) {
    this.screen = screen;
    this.style = style;
  }

  get isMuted() {
    return this.screen.isMuted;
  }

  text(text) {
    this.screen.put(text, this.style.style);
  }

  control(character) {
    this.screen.control(character, this.style.style);
  }

  sequence(final, parameters) {
    if (final === "m") this.style.apply(parameters);
    else this.screen.sequence(final, parameters);
  }

  reset() {
    this.style.reset();
    this.screen.clear();
  }
}

const TYPED = plainStyle("typed");
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** A control character as something to look at: U+2400 to U+2421 are pictures of them. */
function picture(character) {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}
