import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Worker } from "node:worker_threads";
import { Kind, RingReader, RingWriter } from "../../static/sandbox/output-ring.js";
import { createSharedMemory, RING_BYTES, viewsOf, Word } from "../../static/sandbox/shared-memory.js";

const TOP = 2 ** 31 - 1;
let memory;
let views;
let wakes;
let writer;
let reader;

beforeEach(() => {
  memory = createSharedMemory();
  views = viewsOf(memory);
  wakes = 0;
  writer = new RingWriter(views, () => (wakes += 1));
  reader = new RingReader(views);
});

const bytes = (text) => new TextEncoder().encode(text);

function read() {
  const records = [];
  reader.drain((kind, content) => {
    records.push([kind, new TextDecoder().decode(content)]);
  });
  return records;
}

function startAt(position) {
  views.words[Word.WRITTEN] = position;
  views.words[Word.READ] = position;
}

test("records come out as they went in", () => {
  writer.write(Kind.STDOUT, bytes("one ✓"));
  writer.write(Kind.STDERR, bytes("two"));
  writer.mark();
  writer.write(Kind.STDOUT, bytes("three"));
  assert.deepEqual(read(), [
    [Kind.STDOUT, "one ✓"],
    [Kind.STDERR, "two"],
    [Kind.MARK, ""],
    [Kind.STDOUT, "three"],
  ]);
  assert.deepEqual(read(), []);
});

test("the reader is woken once until it has read", () => {
  writer.write(Kind.STDOUT, bytes("a"));
  writer.write(Kind.STDOUT, bytes("b"));
  assert.equal(wakes, 1);
  read();
  writer.write(Kind.STDOUT, bytes("c"));
  assert.equal(wakes, 2);
});

test("a record left behind is there the next time, and all after it", () => {
  writer.write(Kind.STDOUT, bytes("a"));
  writer.mark();
  writer.write(Kind.STDOUT, bytes("b"));
  const first = [];
  reader.drain((kind) => {
    if (kind === Kind.MARK) return false;
    first.push(kind);
    return true;
  });
  assert.deepEqual(first, [Kind.STDOUT]);
  assert.deepEqual(read(), [
    [Kind.MARK, ""],
    [Kind.STDOUT, "b"],
  ]);
});

test("long writes are cut into records and come out whole", () => {
  const text = "0123456789".repeat(20_000);
  writer.write(Kind.STDOUT, bytes(text));
  assert.equal(
    read()
      .map(([, part]) => part)
      .join(""),
    text,
  );
  writer.write(Kind.STDOUT, new Uint8Array(0));
  assert.deepEqual(read(), []);
});

test("records wrap around the end of the ring, at every offset", () => {
  for (let before = 0; before <= 16; before += 1) {
    startAt(RING_BYTES - before);
    writer.write(Kind.STDERR, bytes("around"));
    writer.mark();
    assert.deepEqual(read(), [
      [Kind.STDERR, "around"],
      [Kind.MARK, ""],
    ]);
  }
});

test("positions wrap around 32 bits", () => {
  for (const position of [TOP - 5, TOP, -5, -1, -2147483648]) {
    startAt(position);
    writer.write(Kind.STDOUT, bytes("past the end"));
    writer.write(Kind.STDOUT, bytes("again"));
    writer.write(Kind.STDERR, bytes("and again"));
    assert.deepEqual(read(), [
      [Kind.STDOUT, "past the endagain"],
      [Kind.STDERR, "and again"],
    ]);
  }
});

test("text of one stream comes together, as far as a record may hold it, and in its place", () => {
  for (const text of ["a", "b"]) writer.write(Kind.STDOUT, bytes(text));
  writer.write(Kind.STDERR, bytes("c"));
  writer.mark();
  writer.mark();
  for (const size of [8_000, 150, 42, 1]) writer.write(Kind.STDOUT, bytes("x".repeat(size)));
  assert.deepEqual(
    read().map(([kind, text]) => [kind, text.length]),
    [
      [Kind.STDOUT, 2],
      [Kind.STDERR, 1],
      [Kind.MARK, 0],
      [Kind.MARK, 0],
      [Kind.STDOUT, 8_192],
      [Kind.STDOUT, 1],
    ],
  );
});

test("what is read is a copy", () => {
  writer.write(Kind.STDOUT, bytes("abc"));
  let kept;
  reader.drain((_, content) => (kept = content));
  views.ring.fill(0);
  assert.equal(new TextDecoder().decode(kept), "abc");
  assert.ok(kept.buffer instanceof ArrayBuffer);
});

test("a writer in another thread waits for the reader, and nothing is lost or out of order", async () => {
  const lines = 20_000;
  const width = 400;
  const worker = new Worker(new URL("./output-ring-writer.mjs", import.meta.url), {
    workerData: { memory, lines, width },
  });
  let text = "";
  let marks = 0;
  let most = 0;
  const drain = () => {
    most = Math.max(most, (views.words[Word.WRITTEN] - views.words[Word.READ]) >>> 0);
    reader.drain((kind, content) => {
      if (kind === Kind.MARK) marks += 1;
      else text += new TextDecoder().decode(content);
    });
  };
  await new Promise((resolve, reject) => {
    worker.on("error", reject);
    worker.on("message", (message) => {
      // A reader that is slow: the writer meets a full ring.
      if (message === "wake") setTimeout(drain, 20);
      if (message === null) resolve();
    });
  });
  drain();
  await worker.terminate();
  const expected = Array.from({ length: lines }, (_, line) => `${line} ${"x".repeat(line % width)}\n`).join("");
  assert.ok(text === expected, "the text differs");
  assert.equal(marks, lines / 10);
  assert.ok(most <= RING_BYTES);
  assert.ok(most > RING_BYTES / 2, `the ring was never full: ${most}`);
});

test("a full ring blocks its writer, and what was written is there when the writer is ended", async () => {
  const worker = new Worker(new URL("./output-ring-writer.mjs", import.meta.url), {
    workerData: { memory, lines: 1_000_000, width: 400 },
  });
  await new Promise((resolve) => worker.once("message", resolve));
  let written = -1;
  while (written !== views.words[Word.WRITTEN] || written < RING_BYTES / 2) {
    written = views.words[Word.WRITTEN];
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await worker.terminate();
  const lines = read().flatMap(([, text]) => text.split("\n").slice(0, -1));
  assert.ok(written <= RING_BYTES);
  assert.deepEqual(
    lines.map((line) => Number.parseInt(line, 10)),
    lines.map((_, index) => index),
  );
});

test("a scribbled ring never makes the reader throw, hang or read out of bounds", () => {
  let seed = 1;
  const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) | 0);
  const noise = Int32Array.from({ length: RING_BYTES / 4 }, random);
  for (let round = 0; round < 300; round += 1) {
    views.ring.set(new Uint8Array(noise.buffer), 0);
    views.words[Word.WRITTEN] = random();
    views.words[Word.READ] = round % 3 ? views.words[Word.WRITTEN] - (random() >>> (round % 32)) : random();
    let total = 0;
    reader.drain((kind, content) => {
      assert.ok(kind >= 0 && kind <= 255);
      total += content.length;
    });
    assert.ok(total <= RING_BYTES, `${total} bytes came out of the ring`);
  }
});

test("a ring of empty records ends", () => {
  views.ring.fill(0);
  for (const written of [RING_BYTES, RING_BYTES + 1, -1, TOP]) {
    views.words[Word.READ] = 0;
    views.words[Word.WRITTEN] = written;
    let length = 0;
    reader.drain((_, content) => {
      length += content.length;
    });
    assert.equal(length, 0);
    assert.equal(views.words[Word.READ], written);
  }
});

test("the writer goes on after its positions were scribbled over", () => {
  views.words[Word.READ] = 0;
  views.words[Word.WRITTEN] = -12345;
  read();
  writer.write(Kind.STDOUT, bytes("on"));
  assert.deepEqual(read(), [[Kind.STDOUT, "on"]]);
});
