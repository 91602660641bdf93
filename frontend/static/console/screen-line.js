import { joins, kindOf } from "./character-width.js";
import { plainStyle } from "./text-style.js";

// Where a wide character or a tab goes on: columns that another one holds.
export const HELD = "";
const FIRST_UNUSUAL = "\u0300";

/**
 * One line of the screen, column by column: `cells` are characters with their marks, `styles` their looks.
 *
 * `tally` ({chars}) counts the characters of all lines that share it. For who draws it: `isStale` says that the line
 * looks other than it was drawn, `drawn` how many cells look as they were drawn, `wasRewritten` that others do not.
 */
export class ScreenLine {
  cells = [];
  styles = [];
  hasEnded = false;
  /** Whether the next line is only the rest of this one. */
  goesOn = false;
  isStale = true;
  wasRewritten = false;
  drawn = 0;

  constructor(tally) {
    this.tally = tally;
  }

  get length() {
    return this.cells.length;
  }

  /** Put one character at a column and return the column after it. */
  put(column, character, style) {
    if (column === this.length && character < FIRST_UNUSUAL) {
      this.cells.push(character);
      this.styles.push(style);
      this.tally.chars += 1;
      this.#touch(column);
      return column + 1;
    }
    const before = this.#startOf(Math.min(column, this.length) - 1);
    if (before >= 0 && joins(this.cells[before], character)) {
      this.#replace(before, this.cells[before] + character, this.styles[before]);
      return column;
    }
    const width = kindOf(character) ? 2 : 1;
    this.#fill(column, style);
    for (let held = column; held < column + width; held += 1) this.#free(held);
    this.#replace(column, character, style);
    if (width === 2) this.#replace(column + 1, HELD, style);
    return column + width;
  }

  /** A tab past the end is text; elsewhere it only moves on. */
  tab(column, style, stop) {
    if (column < this.length) return;
    this.#fill(column, style);
    this.#replace(column, "\t", style);
    while (this.length < stop) this.#replace(this.length, HELD, style);
  }

  end() {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.tally.chars += 1;
    this.isStale = true;
  }

  /** The next line is the rest of this one, unless it has an end already. */
  goOn() {
    this.goesOn = !this.hasEnded;
    this.isStale = true;
  }

  /** Undo `end`: what followed is gone. */
  reopen() {
    this.goesOn = false;
    if (!this.hasEnded) return;
    this.hasEnded = false;
    this.tally.chars -= 1;
    this.#touch(this.length);
    this.wasRewritten = true;
  }

  /** Blank the columns from `start` to before `end`. */
  blank(start, end, style) {
    for (let column = start; column < Math.min(end, this.length); column += 1) {
      this.#free(column);
      this.#replace(column, " ", style);
    }
  }

  /** Forget everything from a column on. */
  cut(column) {
    if (column >= this.length) return;
    this.#free(column);
    for (let at = column; at < this.length; at += 1) this.tally.chars -= this.cells[at].length;
    this.cells.length = column;
    this.styles.length = column;
    this.#touch(column);
    if (column === 0 && this.goesOn) {
      this.goesOn = false;
      this.end();
    }
  }

  wasDrawn() {
    this.drawn = this.length;
    this.isStale = false;
    this.wasRewritten = false;
  }

  #fill(column, { stream }) {
    const style = plainStyle(stream);
    while (this.length < column) this.#replace(this.length, " ", style);
  }

  #replace(column, character, style) {
    this.tally.chars += character.length - (this.cells[column]?.length ?? 0);
    this.cells[column] = character;
    this.styles[column] = style;
    this.#touch(column);
  }

  #touch(column) {
    this.isStale = true;
    if (column >= this.drawn && !this.hasEnded) return;
    this.drawn = Math.min(this.drawn, column);
    this.wasRewritten = true;
  }

  /** The column at which the character begins that stands in `column`. */
  #startOf(column) {
    while (column > 0 && this.cells[column] === HELD) column -= 1;
    return column;
  }

  /** Whoever stands partly in `column` is to leave it: as in a terminal, spaces remain. */
  #free(column) {
    if (column >= this.length) return;
    const start = this.#startOf(column);
    if (start === column && this.cells[column + 1] !== HELD) return;
    this.#replace(start, " ", this.styles[start]);
    for (let at = start + 1; this.cells[at] === HELD; at += 1) this.#replace(at, " ", this.styles[at]);
  }
}
