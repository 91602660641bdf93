import { State } from "../runner/states.js";
import { describeRunner } from "../runner/status-words.js";

/** The runner's state in the bar, with the progress of what it waits for. */
export class StatusLine {
  constructor({ runtimeStatus, runtimeProgress }) {
    this.status = runtimeStatus;
    this.bar = runtimeProgress;
    this.wasStopped = false;
    this.bytes = null;
    this.packages = [];
    this.last = { state: State.LOADING, message: "" };
  }

  show(detail) {
    this.last = detail;
    if (detail.state !== State.LOADING) this.bytes = null;
    if (detail.state !== State.RUNNING) this.packages = [];
    this.#draw();
  }

  progress({ loaded, total, packages }) {
    if (packages) {
      this.packages = packages;
      this.bytes = null;
    } else {
      this.bytes = { loaded, total };
    }
    this.#draw();
  }

  #draw() {
    const { wasStopped, packages } = this;
    // What is fetched ahead concerns nobody.
    const bytes = this.last.state === State.LOADING || packages.length ? this.bytes : null;
    const { words, tone } = describeRunner(this.last, { wasStopped, progress: bytes, packages });
    if (this.status.textContent !== words) this.status.textContent = words;
    this.status.dataset.tone = tone;
    this.bar.hidden = bytes === null;
    if (bytes) {
      this.bar.max = bytes.total;
      this.bar.value = bytes.loaded;
    }
  }
}
