/**
 * Takes a program's text apart as a terminal does (ECMA-48): what is to be shown, and what is an order to the screen.
 *
 * `sink` hears, in order:
 * - `text(string)`: characters to show, none of them a control character
 * - `control(character)`: one of C0 or C1, or DEL, that stands for itself
 * - `sequence(final, parameters)`: a control sequence, as `("m", "1;31")`; private and unknown ones too
 * - `reset()`
 * Its `isMuted` says that it wants no text for now.
 *
 * A sequence may be torn anywhere between two calls of `feed`. Strings meant for the terminal itself (window titles,
 * links, pictures) are swallowed up to their end, at the latest at the end of the line: a lone one hides no more.
 */
export class AnsiParser {
  #state = "text";
  #parameters = "";
  #stringLength = 0;

  constructor(sink) {
    this.sink = sink;
  }

  feed(text) {
    for (let at = 0; at < text.length; ) at = this.#states[this.#state](text, at);
  }

  // Each reads from `at` and returns where the next is to go on.
  #states = {
    text: (text, at) => {
      if (this.sink.isMuted) {
        const next = text.indexOf(ESCAPE, at);
        if (next === -1) return text.length;
        at = next;
      }
      CONTROL.lastIndex = at;
      const end = CONTROL.exec(text)?.index ?? text.length;
      if (end > at) this.sink.text(text.slice(at, end));
      if (end === text.length) return end;
      if (text[end] !== ESCAPE) {
        this.sink.control(text[end]);
        return end + 1;
      }
      // Most sequences come whole; the other states are for those that do not.
      WHOLE.lastIndex = end;
      const whole = WHOLE.exec(text);
      if (!whole) {
        this.#state = "escape";
        return end + 1;
      }
      this.sink.sequence(whole[2], whole[1]);
      return WHOLE.lastIndex;
    },

    escape: (text, at) => {
      const character = text[at];
      if (character === ESCAPE) return at + 1;
      if (character === "[") {
        this.#parameters = "";
        this.#state = "sequence";
      } else if (STRING_STARTS.includes(character)) {
        this.#stringLength = 0;
        this.#state = "string";
      } else if (character < " " || character > "~") {
        this.#state = "text";
        return at;
      } else if (character > "/") {
        this.#state = "text";
        if (character === "c") this.sink.reset();
        else if (character === "7") this.sink.sequence("s", "");
        else if (character === "8") this.sink.sequence("u", "");
      }
      // What is left are intermediate characters, which belong to a sequence that is to be swallowed.
      return at + 1;
    },

    sequence: (text, at) => {
      const character = text[at];
      if (character < " " || character > "~") {
        this.#state = "text";
        return at;
      }
      if (character >= "@") {
        this.#state = "text";
        if (this.#parameters.length <= MAX_PARAMETER_CHARS) this.sink.sequence(character, this.#parameters);
      } else if (this.#parameters.length <= MAX_PARAMETER_CHARS) this.#parameters += character;
      return at + 1;
    },

    string: (text, at) => {
      STRING_END.lastIndex = at;
      const end = STRING_END.exec(text)?.index ?? text.length;
      this.#stringLength += end - at;
      if (this.#stringLength > MAX_STRING_CHARS) {
        this.#state = "text";
        return end - (this.#stringLength - MAX_STRING_CHARS);
      }
      if (end === text.length) return end;
      // ESC \ ends it, and so does any other sequence. The end of the line is still to be shown.
      this.#state = text[end] === ESCAPE ? "escape" : "text";
      return text[end] === "\n" ? end : end + 1;
    },
  };
}

const ESCAPE = "\u001b";
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STRING_END = /[\u0007\n\u0018\u001a\u001b\u009c]/g;
// OSC, DCS, SOS, PM and APC.
const STRING_STARTS = "]PX^_";
const MAX_PARAMETER_CHARS = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const WHOLE = /\u001b\[([0-?]{0,200})([@-~])/y;
const MAX_STRING_CHARS = 4_096;
