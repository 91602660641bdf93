import { decimal, whole } from "../language/formats.js";
import { gettext, interpolate } from "../language/gettext.js";
import { plainText } from "./output-log.js";

// Longer output is not read out: a person can walk through the console in their own time.
const MAX_SPOKEN_CHARS = 300;
// The marks around code in an explanation.
const UNSPOKEN = /`/g;
// More than can be spoken: a traceback that begins in the part that is spoken is found whole, and left out.
const MAX_HEARD_CHARS = 20_000;
// A program that ends sooner says so by its end.
const RUNNING_AFTER_MS = 500;
// While a program runs its output is spoken in pieces, not line by line.
const OUTPUT_EVERY_MS = 2_000;

/**
 * Says what a run does for people who hear the page: running, the program's output, waiting for input, how it ended.
 *
 * It is the only one that speaks. The console is a log and the two statuses are statuses, but all three have
 * `aria-live="off"`: with three live regions the end of a program was heard twice, a question three times, each megabyte of
 * a download and each automatic save once, and a program that prints for ever kept everything else from being heard.
 *
 * @param {(sentence: string) => void} speak called with each announcement, in order
 */
export class RunAnnouncer {
  constructor(speak, { setTimeout, clearTimeout } = globalThis) {
    this.speak = speak;
    this.setTimeout = (callback, ms) => setTimeout(callback, ms);
    this.clearTimeout = (timer) => clearTimeout(timer);
    this.heard = "";
    this.lines = 0;
    this.timer = null;
  }

  /** Python can run programs, or could not be started. */
  ready() {
    this.speak(gettext("Python is ready."));
  }

  failed(message) {
    this.#quieten();
    this.speak(message);
  }

  started() {
    this.heard = "";
    this.lines = 0;
    this.#later(() => {
      this.speak(gettext("Running."));
      this.#speakOutputRegularly();
    }, RUNNING_AFTER_MS);
  }

  loading(packages) {
    if (packages.length) this.speak(interpolate(gettext("Loading %(packages)s."), { packages: packages.join(", ") }));
  }

  /** Segments of {text} that the program printed. */
  printed(segments) {
    for (const { text } of segments) {
      this.lines += countLines(text);
      if (this.heard.length < MAX_HEARD_CHARS) this.heard += text.slice(0, MAX_HEARD_CHARS);
    }
  }

  /** `prompt` was printed, too. `isInField`: the field for the answer has just taken the focus and is read with the prompt. */
  waiting(prompt, { isInField }) {
    const before = this.#takeOutput(prompt);
    const question =
      isInField || !prompt.trim()
        ? gettext("Waiting for input.")
        : interpolate(gettext("Waiting for input: %(prompt)s"), { prompt: clean(prompt) });
    this.#quieten();
    this.speak([before, question].filter(Boolean).join(" "));
  }

  answered() {
    this.#speakOutputRegularly();
  }

  /** The end of a run: detail of `runner:finished`. */
  finished({ outcome, code, error, duration_ms }) {
    const before = this.#takeOutput(error?.traceback ?? "");
    this.#quieten();
    this.speak([before, ending({ outcome, code, error, duration_ms })].filter(Boolean).join(" "));
  }

  #speakOutputRegularly() {
    this.#later(() => {
      const output = this.#takeOutput();
      if (output) this.speak(output);
      this.#speakOutputRegularly();
    }, OUTPUT_EVERY_MS);
  }

  #takeOutput(except = "") {
    const start = except ? this.heard.lastIndexOf(except.slice(0, MAX_SPOKEN_CHARS)) : -1;
    const text = clean(start === -1 ? this.heard : this.heard.slice(0, start));
    const lines = this.lines;
    this.heard = "";
    this.lines = 0;
    if (text.length <= MAX_SPOKEN_CHARS) return text;
    const values = { text: text.slice(0, MAX_SPOKEN_CHARS), lines: whole(lines) };
    return lines > 1
      ? interpolate(gettext("%(text)s … More is in the console: %(lines)s lines."), values)
      : interpolate(gettext("%(text)s … More is in the console."), values);
  }

  #later(callback, ms) {
    this.#quieten();
    this.timer = this.setTimeout(callback, ms);
  }

  #quieten() {
    if (this.timer !== null) this.clearTimeout(this.timer);
    this.timer = null;
  }
}

function ending({ outcome, code, error, duration_ms }) {
  if (outcome === "stopped") return gettext("Stopped.");
  if (outcome === "crashed") return gettext("The program brought Python down. Python was started anew.");
  if (outcome === "exit" && code) return interpolate(gettext("The program ended with exit code %(code)s."), { code });
  if (error) {
    const where =
      error.line === null
        ? gettext("Error")
        : interpolate(gettext("Error in line %(line)s of %(file)s"), { line: error.line, file: error.file });
    const what = clean(error.message ? `${error.type}: ${error.message}` : error.type).slice(0, MAX_SPOKEN_CHARS);
    return [`${where}: ${what}.`, clean(error.explanation?.text ?? "")].filter(Boolean).join(" ");
  }
  return interpolate(gettext("Finished in %(seconds)s seconds."), {
    seconds: decimal(duration_ms / 1000, duration_ms < 10_000 ? 2 : 0),
  });
}

function countLines(text) {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

function clean(text) {
  return plainText(text).replace(UNSPOKEN, "").replace(/\s+/g, " ").trim();
}
