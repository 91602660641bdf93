/**
 * Has the packages that a program will import put into the workers that wait, so that Run finds them there.
 *
 * One worker at a time; what a run that begins breaks off is ordered again.
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

  answered(worker, isComplete) {
    if (worker !== this.#busy) return;
    this.#busy = null;
    if (!isComplete) this.#told.delete(worker);
  }
}
