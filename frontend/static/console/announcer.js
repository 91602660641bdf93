// More than this in a second nobody can listen to; what a screen reader has not yet said, it would say for minutes.
const MAX_CHANGES_PER_S = 30;
const CALM_MS = 1_000;

/**
 * Decides what of the console a screen reader says by itself.
 *
 * A log is a polite live region: additions are read out. During a flood it falls silent, and when there has been
 * calm for a second, or the program ends, one sentence tells how many lines were printed. The text can still be read
 * line by line.
 */
export class Announcer {
  /** `log` is the console, `news` an element with role status that nobody sees. */
  constructor({ log, news, timers = globalThis }) {
    Object.assign(this, { log, news, timers });
    this.windowBegan = Number.NEGATIVE_INFINITY;
    this.changes = 0;
    this.lines = 0;
    this.isFlood = false;
  }

  /** So many lines are about to be added or changed, at `now` (ms). */
  printed(lines, now = performance.now()) {
    if (now - this.windowBegan > CALM_MS) {
      this.windowBegan = now;
      this.changes = 0;
      if (!this.isFlood) this.lines = 0;
    }
    this.changes += Math.max(1, lines);
    this.lines += lines;
    if (!this.isFlood && this.changes > MAX_CHANGES_PER_S) {
      this.isFlood = true;
      this.log.setAttribute("aria-live", "off");
    }
    if (!this.isFlood) return;
    this.timers.clearTimeout(this.timer);
    this.timer = this.timers.setTimeout(() => this.ended(), CALM_MS);
  }

  /** The flood is over: nothing more comes. */
  ended() {
    this.timers.clearTimeout(this.timer);
    this.windowBegan = Number.NEGATIVE_INFINITY;
    if (!this.isFlood) return;
    this.isFlood = false;
    this.log.removeAttribute("aria-live");
    if (this.lines > 1) this.say(`${this.lines.toLocaleString("en-GB")} lines printed.`);
  }

  /** A sentence for who cannot see what has happened. */
  say(sentence) {
    this.news.textContent = sentence;
  }
}
