import { sha256 } from "./sha256.js";

/**
 * What tells these files from any others: the same whatever their order. The server computes it too
 * (assessment/handing_in.py).
 * @param {Map<string, import("./content.js").FileContent>} files
 */
export function codeHash(files) {
  const encoder = new TextEncoder();
  const parts = [...files].map(([path, content]) => {
    const bytes = content.bytes ?? encoder.encode(content.text);
    const name = encoder.encode(`${path}\0`);
    const whole = new Uint8Array(name.length + bytes.length);
    whole.set(name);
    whole.set(bytes, name.length);
    return sha256(whole);
  });
  return sha256(encoder.encode(parts.sort().join("\n")));
}
