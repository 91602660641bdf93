import { Word } from "./shared-memory.js";

/**
 * A byte ring that carries a program's output from a worker that never yields to a frame that reads when it can.
 *
 * Text is visible to the reader the moment it is written, even if the worker is ended in mid-loop, and a writer that
 * is faster than the reader waits: memory stays bounded whatever a program prints. One record is four bytes
 * (kind << 24 | length) and its content. MARK has none: it holds the place of a message sent through the port, so
 * that a picture keeps its order among the text.
 */
export const Kind = Object.freeze({ STDOUT: 1, STDERR: 2, MARK: 3, TYPED: 4 });

const HEADER_BYTES = 4;
const MAX_RECORD_BYTES = 1 << 14;

export class RingWriter {
  /** `wake` tells the reader, once, that there is something to read. */
  constructor({ words, ring }, wake) {
    this.words = words;
    this.ring = ring;
    this.wake = wake;
  }

  /** Append `bytes`; blocks while the ring is full. */
  write(kind, bytes) {
    for (let start = 0; start < bytes.length; start += MAX_RECORD_BYTES) {
      this.#append(kind, bytes.subarray(start, start + MAX_RECORD_BYTES));
    }
  }

  mark() {
    this.#append(Kind.MARK, new Uint8Array(0));
  }

  #append(kind, bytes) {
    const needed = HEADER_BYTES + bytes.length;
    const written = this.words[Word.WRITTEN];
    for (;;) {
      const read = Atomics.load(this.words, Word.READ);
      if (this.ring.length - ((written - read) >>> 0) >= needed) break;
      Atomics.wait(this.words, Word.READ, read, 1000);
    }
    const header = (kind << 24) | bytes.length;
    this.#put(written, Uint8Array.of(header >>> 24, header >>> 16, header >>> 8, header));
    this.#put(written + HEADER_BYTES, bytes);
    Atomics.store(this.words, Word.WRITTEN, written + needed);
    if (Atomics.exchange(this.words, Word.READER_KNOWS, 1) === 0) this.wake();
  }

  #put(position, bytes) {
    const at = (position >>> 0) % this.ring.length;
    const first = bytes.subarray(0, this.ring.length - at);
    this.ring.set(first, at);
    if (first.length < bytes.length) this.ring.set(bytes.subarray(first.length), 0);
  }
}

export class RingReader {
  constructor({ words, ring }) {
    this.words = words;
    this.ring = ring;
  }

  /**
   * Read what is there, record by record; `take(kind, bytes)` returns false to leave a record for the next time.
   * `bytes` is a copy: text decoders refuse shared memory.
   */
  drain(take) {
    Atomics.store(this.words, Word.READER_KNOWS, 0);
    const written = Atomics.load(this.words, Word.WRITTEN);
    let read = this.words[Word.READ];
    // A program may scribble over all of this: no more is read than the ring holds, and no record past what was written.
    if ((written - read) >>> 0 > this.ring.length) read = written;
    while (read !== written) {
      const [kind, high, middle, low] = this.#copy(read, HEADER_BYTES);
      const length = Math.min((high << 16) | (middle << 8) | low, ((written - read) >>> 0) - HEADER_BYTES);
      if (length < 0 || take(kind, this.#copy(read + HEADER_BYTES, length)) === false) break;
      read = (read + HEADER_BYTES + length) | 0;
    }
    Atomics.store(this.words, Word.READ, read);
    Atomics.notify(this.words, Word.READ);
  }

  #copy(position, length) {
    const at = (position >>> 0) % this.ring.length;
    const copy = new Uint8Array(length);
    const first = this.ring.subarray(at, Math.min(at + length, this.ring.length));
    copy.set(first);
    if (first.length < length) copy.set(this.ring.subarray(0, length - first.length), first.length);
    return copy;
  }
}
