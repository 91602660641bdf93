// Unicode's East Asian Width W and F, in rough blocks; emoji by their own property.
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
const EMOJI = /^\p{Emoji_Presentation}|^\p{Emoji}\ufe0f/u;
const JOINS = /^(?:\p{M}|\u200c|\u200d|[\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}])/u;
const REGIONAL = /^[\u{1f1e6}-\u{1f1ff}]/u;
const FIRST_OF_INTEREST = 0x300;

/** Whether `character` becomes one with what stands before it: a combining mark, half a flag, a joined emoji. */
export function joins(before, character) {
  if (character.codePointAt(0) < FIRST_OF_INTEREST) return false;
  if (JOINS.test(character)) return true;
  if (before.endsWith("\u200d")) return EMOJI.test(character);
  return REGIONAL.test(character) && REGIONAL.test(before) && before.length === 2;
}

/** `wide` and `emoji` take two columns in a terminal; a browser's fonts give them other widths. */
export function kindOf(character) {
  if (character.codePointAt(0) < FIRST_OF_INTEREST) return "";
  if (WIDE.test(character)) return "wide";
  return EMOJI.test(character) ? "emoji" : "";
}
