/** The writer's thread: writes `lines` numbered lines, a mark after each tenth. `null` ends what it says. */
import { parentPort, workerData } from "node:worker_threads";
import { Kind, RingWriter } from "../../static/sandbox/output-ring.js";
import { viewsOf } from "../../static/sandbox/shared-memory.js";

const { memory, lines, width } = workerData;
const writer = new RingWriter(viewsOf(memory), () => parentPort.postMessage("wake"));
for (let line = 0; line < lines; line += 1) {
  const text = `${line} ${"x".repeat(line % width)}\n`;
  writer.write(line % 3 ? Kind.STDOUT : Kind.STDERR, new TextEncoder().encode(text));
  if (line % 10 === 9) {
    writer.mark();
    parentPort.postMessage({ mark: line });
  }
}
parentPort.postMessage(null);
