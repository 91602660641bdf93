/**
 * The memory that the frame and one worker share: signals, one line of input, and the output ring.
 *
 * Layout: eight 32-bit words (the enum below), then the text of one answer, then the ring.
 */
export const Word = Object.freeze({
  INPUT: 0, // one of Input
  INPUT_BYTES: 1, // length of the answer
  WRITTEN: 2, // bytes ever written to the ring, modulo 2^32
  READ: 3, // bytes ever read from it
  READER_KNOWS: 4, // 1 once the frame has been told that the ring is not empty
  INTERRUPT: 5, // its first byte is Pyodide's interrupt buffer: 2 is SIGINT
  STOPPING: 6, // 1 from Stop until the next run; also what a sleeping worker waits on
});

export const Input = Object.freeze({ WAITING: 0, LINE: 1, END: 2, STOPPED: 3 });

export const SIGINT = 2;
export const MAX_ANSWER_BYTES = 65_536;

const WORDS_BYTES = 32;
export const RING_OFFSET = WORDS_BYTES + MAX_ANSWER_BYTES;
export const RING_BYTES = 1 << 20;

/** A new zeroed block; throws where the browser gives no shared memory. */
export function createSharedMemory() {
  return new SharedArrayBuffer(RING_OFFSET + RING_BYTES);
}

/** The views of a block: `words` (Int32Array), `answer`, `ring`, and Pyodide's one-byte `interrupt` buffer. */
export function viewsOf(memory) {
  return {
    words: new Int32Array(memory, 0, WORDS_BYTES / 4),
    answer: new Uint8Array(memory, WORDS_BYTES, MAX_ANSWER_BYTES),
    ring: new Uint8Array(memory, RING_OFFSET, RING_BYTES),
    interrupt: new Uint8Array(memory, Word.INTERRUPT * 4, 1),
  };
}
