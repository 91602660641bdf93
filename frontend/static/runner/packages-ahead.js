/**
 * Has the packages that a program will import put into the workers that wait, so that Run finds them there.
 *
 * One worker at a time: the order is answered when all is loaded, or given up because a run has begun.
 */
export class PackagesAhead {
  #modules = [];
  #told = new Map();
  #busy = null;

  /** `link.send` carries the orders to the frame. */
  constructor(link) {
    this.link = link;
  }

  /** From now on these modules are what programs will import. */
  want(modules) {
    this.#modules = [...modules].sort();
  }

  /** Order the first of `workers` that has not been told; all of them wait for a run. */
  orderNext(workers) {
    if (!this.#modules.length || workers.includes(this.#busy)) return;
    const wanted = this.#modules.join();
    const worker = workers.find((one) => this.#told.get(one) !== wanted);
    if (worker === undefined) return;
    this.#told.set(worker, wanted);
    this.#busy = worker;
    this.link.send({ type: "install", worker, modules: this.#modules });
  }

  answered(worker) {
    if (worker === this.#busy) this.#busy = null;
  }
}
