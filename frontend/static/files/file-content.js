import { decimal } from "../language/formats.js";
import { gettext, interpolate } from "../language/gettext.js";

/** What a file holds: text where its bytes are UTF-8 without NUL, bytes otherwise. The server decides the same way. */
export function contentFromBytes(bytes) {
  if (bytes.includes(0)) return { bytes };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { bytes };
  }
}

export function bytesOf(content) {
  return "text" in content ? new TextEncoder().encode(content.text) : content.bytes;
}

const IMAGE_TYPES = { png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", gif: "image/gif", webp: "image/webp" };

/** The media type of a picture that browsers draw, or null. SVG is text, and never drawn: it may hold scripts. */
export function imageType(path) {
  return IMAGE_TYPES[path.split(".").pop().toLowerCase()] ?? null;
}

/** A size for people: bytes, kB or MB. */
export function sizeInWords(bytes) {
  if (bytes < 1000) return interpolate(gettext("%(bytes)s bytes"), { bytes });
  if (bytes >= 1_000_000_000) return interpolate(gettext("%(bytes)s GB"), { bytes: decimal(bytes / 1_000_000_000, 1) });
  return bytes < 1_000_000
    ? interpolate(gettext("%(bytes)s kB"), { bytes: decimal(bytes / 1000, 1) })
    : interpolate(gettext("%(bytes)s MB"), { bytes: decimal(bytes / 1_000_000, 1) });
}
