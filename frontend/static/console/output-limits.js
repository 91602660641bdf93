/** What of a program's output is shown: the rest is kept for download. */
export const MAX_SHOWN_LINES = 10_000;
export const MAX_SHOWN_CHARS = 250_000;

/** Counts what is shown and cuts what is too much. Keeps the whole text for download. */
export class OutputLimits {
  constructor() {
    this.lines = 0;
    this.chars = 0;
    this.isCapped = false;
    this.kept = [];
  }

  /** The part of `text` that is still to be shown: all of it, its beginning, or nothing. */
  take(text) {
    this.kept.push(text);
    if (this.isCapped) return "";
    let shown = text.slice(0, MAX_SHOWN_CHARS - this.chars);
    let end = -1;
    for (let count = this.lines; ; count += 1) {
      const next = shown.indexOf("\n", end + 1);
      if (next === -1) {
        this.lines = count;
        break;
      }
      end = next;
      if (count + 1 >= MAX_SHOWN_LINES) {
        shown = shown.slice(0, end + 1);
        this.lines = count + 1;
        break;
      }
    }
    this.chars += shown.length;
    this.isCapped = shown.length < text.length || this.lines >= MAX_SHOWN_LINES;
    return shown;
  }

  /** Everything printed, as far as it came. */
  get all() {
    return this.kept.join("");
  }
}
