// A test expects at most 1 MB: what goes on after twice that is wrong by now.
const MAX_BYTES = 2 * 1024 * 1024;
const FIRST_BYTES = 4096;

/** What a program under test prints, kept for the test instead of shown; what comes past the limit is dropped. */
export class OutputCapture {
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;

  /** @param {Uint8Array} bytes */
  write(bytes) {
    const kept = bytes.subarray(0, MAX_BYTES - this.#length);
    if (this.#length + kept.length > this.#bytes.length) this.#grow(this.#length + kept.length);
    this.#bytes.set(kept, this.#length);
    this.#length += kept.length;
  }

  /** The text since this was last called. */
  take() {
    const text = new TextDecoder().decode(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return text;
  }

  #grow(needed) {
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
