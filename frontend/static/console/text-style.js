import { css, readableOn, readableOnPaper } from "./contrast.js";

const NO_FLAGS = { bold: false, faint: false, italic: false, underline: false, strike: false, inverse: false };
const PLAIN = { flags: NO_FLAGS, ink: null, paper: null };
const PLAIN_STYLES = Object.fromEntries(
  ["out", "err", "typed"].map((stream) => [stream, { stream, className: stream, properties: {}, key: stream }]),
);
const FLAGS = { 1: "bold", 2: "faint", 3: "italic", 4: "underline", 7: "inverse", 9: "strike", 21: "underline" };
const UNFLAGS = { 22: ["bold", "faint"], 23: ["italic"], 24: ["underline"], 27: ["inverse"], 29: ["strike"] };
const CUBE = [0, 95, 135, 175, 215, 255];
const MAX_REMEMBERED = 1_000;

/**
 * How a piece of text looks. Two of the same look are the same object, mostly.
 *
 * @typedef {{stream: string, className: string, properties: Object<string, string>, key: string}} Style
 *   `className` and `properties` (CSS custom properties) are all that an element needs.
 */

/** A style without any orders: text of `stream`, one of out, err and typed. */
export function plainStyle(stream) {
  return PLAIN_STYLES[stream];
}

/** The look that a stream's SGR sequences (ECMA-48; ISO 8613-6 for colours) have set so far. */
export class StyleState {
  constructor(stream) {
    this.stream = stream;
    this.#forget();
    this.reset();
  }

  get style() {
    return this.look.style;
  }

  reset() {
    this.look = this.#lookOf(PLAIN);
  }

  /** The parameters of one `m` sequence, such as "1;38;2;255;0;0". */
  apply(parameters) {
    const { after } = this.look;
    if (!after.has(parameters)) after.set(parameters, this.#lookOf(changed(this.look, parameters)));
    this.look = after.get(parameters);
  }

  /** Programs go from look to look by the same few sequences: each step is worked out once. */
  #lookOf({ flags, ink, paper }) {
    const names = Object.keys(flags).filter((flag) => flags[flag]);
    const key = [this.stream, ...names, nameOf(ink), "on", nameOf(paper)].join(" ");
    this.steps += 1;
    if (this.steps > MAX_REMEMBERED) this.#forget();
    if (!this.looks.has(key)) {
      const isPlain = !names.length && ink === null && paper === null;
      const style = isPlain ? plainStyle(this.stream) : describe(this.stream, names, ink, paper, key);
      this.looks.set(key, { flags, ink, paper, style, after: new Map() });
    }
    return this.looks.get(key);
  }

  #forget() {
    this.looks = new Map();
    this.steps = 0;
  }
}

/** The flags and colours after one sequence. A colour is a number of the palette, 0 to 15; {rgb}; or null. */
function changed({ flags, ink, paper }, parameters) {
  let look = { flags: { ...flags }, ink, paper };
  if (!/^[\d;:]*$/.test(parameters)) return look;
  const codes = parameters.split(";");
  for (let at = 0; at < codes.length; at += 1) {
    const [code, ...details] = codes[at].split(":").map(Number);
    if (code === 0) look = { ...PLAIN, flags: { ...NO_FLAGS } };
    else if (code !== 38 && code !== 48 && code !== 58) setCode(look, code, details);
    else if (details.length) setColour(look, code, withoutColourSpace(details));
    else {
      const length = codes[at + 1] === "2" ? 4 : 2;
      setColour(look, code, codes.slice(at + 1, at + 1 + length).map(Number));
      at += length;
    }
  }
  return look;
}

function setCode(look, code, details) {
  if (code === 4 && details[0] === 0) look.flags.underline = false;
  else if (code in FLAGS) look.flags[FLAGS[code]] = true;
  else if (code in UNFLAGS) for (const flag of UNFLAGS[code]) look.flags[flag] = false;
  else if (code >= 30 && code <= 37) look.ink = code - 30;
  else if (code >= 40 && code <= 47) look.paper = code - 40;
  else if (code >= 90 && code <= 97) look.ink = code - 90 + 8;
  else if (code >= 100 && code <= 107) look.paper = code - 100 + 8;
  else if (code === 39) look.ink = null;
  else if (code === 49) look.paper = null;
}

function setColour(look, code, [kind, ...values]) {
  const colour = kind === 2 ? trueColour(values) : kind === 5 ? indexedColour(values[0]) : null;
  if (colour === null) return;
  if (code === 38) look.ink = colour;
  if (code === 48) look.paper = colour;
}

function describe(stream, names, ink, paper, key) {
  const classes = [stream, ...names];
  const properties = {};
  if (ink !== null) classes.push("inked");
  if (typeof ink === "number") classes.push(`ink-${ink}`);
  else if (ink) properties["--ink-asked"] = readableOnPaper(ink.rgb);
  if (paper !== null) classes.push("papered");
  if (typeof paper === "number") classes.push(`paper-${paper}`);
  else if (paper) {
    properties["--paper-asked"] = css(paper.rgb);
    // One of the sixteen may be unreadable on this very colour: black or white is not.
    properties["--ink-asked"] = readableOn(paper.rgb, ink?.rgb ?? null);
    if (ink === null) classes.push("inked");
  }
  return { stream, className: classes.join(" "), properties, key };
}

function nameOf(colour) {
  return colour === null ? "" : typeof colour === "number" ? `${colour}` : `#${colour.rgb}`;
}

// 38:2::r:g:b has a colour space before its colour; 38:2:r:g:b is a common mistake for it.
function withoutColourSpace([kind, ...values]) {
  return [kind, ...(kind === 2 && values.length > 3 ? values.slice(1, 4) : values)];
}

function trueColour(values) {
  const [red, green, blue] = values;
  if (values.length < 3 || ![red, green, blue].every(isByte)) return null;
  return { rgb: (red << 16) | (green << 8) | blue };
}

/** The 256 colours of xterm: the sixteen, a cube of 6 × 6 × 6, and 24 greys. */
function indexedColour(index) {
  if (!isByte(index)) return null;
  if (index < 16) return index;
  if (index < 232) {
    const place = index - 16;
    return trueColour([CUBE[Math.floor(place / 36)], CUBE[Math.floor(place / 6) % 6], CUBE[place % 6]]);
  }
  const grey = (index - 232) * 10 + 8;
  return trueColour([grey, grey, grey]);
}

function isByte(value) {
  return Number.isInteger(value) && value >= 0 && value <= 255;
}
