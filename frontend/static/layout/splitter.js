import { percentOf, sizeAfterDrag, sizeAfterKey } from "./split.js";

/**
 * A divider that is dragged with mouse, pen or finger, or moved by keys (arrows, Home, End, Enter), after the ARIA
 * pattern “window splitter".
 *
 * It asks for sizes; the style sheet keeps every panel above its minimum, whatever is asked. Emits `split:moved` {size,
 * total} with each move, `split:settled` at its end, `split:reset` on a double click and `split:toggled` on Enter.
 */
export class Splitter extends EventTarget {
  /**
   * `measure()` tells {axis, grows, size, total}: the axis along which it moves, whether a move to the right or down
   * makes its panel larger (1) or smaller (-1), the panel's size and the size of what it is cut from, in pixels.
   */
  constructor(handle, { measure }) {
    super();
    this.handle = handle;
    this.measure = measure;
    this.drag = null;
    handle.addEventListener("keydown", (event) => this.#key(event));
    handle.addEventListener("pointerdown", (event) => this.#grab(event));
    handle.addEventListener("pointermove", (event) => this.#pull(event));
    for (const type of ["pointerup", "pointercancel"]) handle.addEventListener(type, () => this.#drop());
    handle.addEventListener("dblclick", () => this.#tell("reset"));
    this.update();
  }

  /** The window or the arrangement has changed: tell assistive technology where the divider is now. */
  update() {
    const { axis, size, total } = this.measure();
    this.handle.setAttribute("aria-orientation", axis === "x" ? "vertical" : "horizontal");
    this.handle.setAttribute("aria-valuenow", String(percentOf(size, total)));
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const place = this.measure();
    const size = sizeAfterKey(event, place);
    if (size !== null) {
      this.#tell("moved", { size, total: place.total });
      this.#tell("settled");
    } else if (event.key === "Enter") this.#tell("toggled");
    else return;
    event.preventDefault();
    this.update();
  }

  #grab(event) {
    if (event.button !== 0) return;
    // No selecting of text on the way.
    event.preventDefault();
    this.handle.focus({ focusVisible: false });
    this.handle.setPointerCapture(event.pointerId);
    this.handle.dataset.dragged = "";
    this.drag = { x: event.clientX, y: event.clientY, place: this.measure(), hasMoved: false };
  }

  #pull(event) {
    if (!this.drag) return;
    const { place } = this.drag;
    const delta = place.axis === "x" ? event.clientX - this.drag.x : event.clientY - this.drag.y;
    if (!delta && !this.drag.hasMoved) return;
    this.drag.hasMoved = true;
    this.#tell("moved", { size: sizeAfterDrag(delta, place), total: place.total });
    this.update();
  }

  #drop() {
    const wasMoved = this.drag?.hasMoved;
    this.drag = null;
    delete this.handle.dataset.dragged;
    if (wasMoved) this.#tell("settled");
  }

  #tell(what, detail = {}) {
    this.dispatchEvent(new CustomEvent(`split:${what}`, { detail }));
  }
}
