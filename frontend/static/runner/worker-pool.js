/**
 * The worker in use and the spare that takes its place: which there are, and which are ready.
 *
 * `link.send` carries the orders to the frame.
 */
export class WorkerPool {
  constructor(link) {
    this.link = link;
    this.last = 0;
    this.current = 0;
    this.spare = null;
    this.readyWorkers = new Set();
    this.isUsed = false;
  }

  get isReady() {
    return this.readyWorkers.has(this.current);
  }

  /** Those that have booted, the one in use first. */
  get booted() {
    return [this.current, this.spare].filter((worker) => this.readyWorkers.has(worker));
  }

  startCurrent() {
    this.current = this.#start();
  }

  /** A program runs in the worker in use: `isUsed` from now on, until another takes its place. */
  use() {
    this.isUsed = true;
  }

  startSpare() {
    this.spare ??= this.#start();
  }

  ready(worker) {
    this.readyWorkers.add(worker);
  }

  /** End the worker in use; the spare takes over, ready or still booting; without one, a new worker starts. */
  replaceCurrent() {
    this.#end(this.current);
    this.current = this.spare ?? this.#start();
    this.spare = null;
    this.isUsed = false;
  }

  dropSpare(worker) {
    if (worker !== this.spare) return;
    this.#end(worker);
    this.spare = null;
  }

  /** End the worker in use and the spare; nothing takes over. */
  endAll() {
    if (this.current) this.#end(this.current);
    if (this.spare) this.#end(this.spare);
    this.current = 0;
    this.spare = null;
  }

  #start() {
    this.last += 1;
    this.link.send({ type: "start", worker: this.last });
    return this.last;
  }

  #end(worker) {
    this.readyWorkers.delete(worker);
    this.link.send({ type: "terminate", worker });
  }
}
