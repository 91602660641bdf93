const ID_BYTES = 16;

/**
 * 32 hexadecimal digits that nobody else draws: save keys and tab ids.
 * `crypto.randomUUID` does not exist on a page opened over plain http; `getRandomValues` does.
 */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
