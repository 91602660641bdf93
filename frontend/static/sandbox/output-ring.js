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
const MAX_RECORD_BYTES = 1 << 13;
const NOTHING = new Uint8Array(0);

export class RingWriter {
  /** `wake` tells the reader, once, that there is something to read. */
  constructor({ words, ring }, wake) {
    this.words = words;
    this.ring = ring;
    this.wake = wake;
  }

  /** Append `bytes`; blocks while the ring is full. */
  write(kind, bytes) {
    // Most are a line, and a program may print thousands of those between two frames: nothing is made for each of them.
    if (bytes.length <= MAX_RECORD_BYTES) {
      if (bytes.length) this.#append(kind, bytes);
      return;
    }
    for (let start = 0; start < bytes.length; start += MAX_RECORD_BYTES) {
      this.#append(kind, bytes.subarray(start, start + MAX_RECORD_BYTES));
    }
  }

  mark() {
    this.#append(Kind.MARK, NOTHING);
  }

  #append(kind, bytes) {
    const needed = HEADER_BYTES + bytes.length;
    const written = this.words[Word.WRITTEN];
    for (;;) {
      const read = Atomics.load(this.words, Word.READ);
      if (this.ring.length - ((written - read) >>> 0) >= needed) break;
      Atomics.wait(this.words, Word.READ, read, 1000);
    }
    const { ring } = this;
    const at = (position) => ((written + position) >>> 0) % ring.length;
    ring[at(0)] = kind;
    ring[at(1)] = bytes.length >>> 16;
    ring[at(2)] = bytes.length >>> 8;
    ring[at(3)] = bytes.length;
    this.#put(at(HEADER_BYTES), bytes);
    Atomics.store(this.words, Word.WRITTEN, written + needed);
    if (Atomics.exchange(this.words, Word.READER_KNOWS, 1) === 0) this.wake();
  }

  #put(at, bytes) {
    const room = this.ring.length - at;
    if (bytes.length <= room) {
      this.ring.set(bytes, at);
      return;
    }
    this.ring.set(bytes.subarray(0, room), at);
    this.ring.set(bytes.subarray(room), 0);
  }
}

export class RingReader {
  constructor({ words, ring }) {
    this.words = words;
    this.ring = ring;
    this.gathered = new Uint8Array(MAX_RECORD_BYTES);
  }

  /**
   * Read what is there; `take(kind, bytes)` returns false to leave it for the next time. Text of one stream that stands
   * in several records comes as one, as far as a record may hold it.
   *
   * `bytes` is a copy, for text decoders refuse shared memory, and holds what it says until `take` returns.
   */
  drain(take) {
    Atomics.store(this.words, Word.READER_KNOWS, 0);
    const written = Atomics.load(this.words, Word.WRITTEN);
    let read = this.words[Word.READ];
    // A program may scribble over all of this: no more is read than the ring holds, and no record past what was written.
    if ((written - read) >>> 0 > this.ring.length) read = written;
    while (read !== written) {
      const kind = this.#byte(read);
      let length = this.#lengthAt(read, written);
      if (length < 0) break;
      const gathered = length > this.gathered.length ? new Uint8Array(length) : this.gathered;
      let filled = 0;
      let next = read;
      do {
        this.#copy(next + HEADER_BYTES, length, gathered, filled);
        filled += length;
        next = (next + HEADER_BYTES + length) | 0;
        if (next === written || kind === Kind.MARK || this.#byte(next) !== kind) break;
        length = this.#lengthAt(next, written);
      } while (length >= 0 && filled + length <= gathered.length);
      if (take(kind, gathered.subarray(0, filled)) === false) break;
      read = next;
    }
    Atomics.store(this.words, Word.READ, read);
    Atomics.notify(this.words, Word.READ);
  }

  /** How much the record at `position` holds; negative when even its header is past what was written. */
  #lengthAt(position, written) {
    const said = (this.#byte(position + 1) << 16) | (this.#byte(position + 2) << 8) | this.#byte(position + 3);
    return Math.min(said, ((written - position) >>> 0) - HEADER_BYTES);
  }

  #byte(position) {
    return this.ring[(position >>> 0) % this.ring.length];
  }

  #copy(position, length, target, start) {
    const at = (position >>> 0) % this.ring.length;
    const room = this.ring.length - at;
    target.set(this.ring.subarray(at, at + Math.min(length, room)), start);
    if (length > room) target.set(this.ring.subarray(0, length - room), start + room);
  }
}
