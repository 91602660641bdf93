import { gettext, interpolate } from "../language/gettext.js";

/** Goes from change to change through several differences, by buttons and by Alt with an arrow key. */
export class ChangeSteps {
  #views = [];
  #current = -1;
  #status;

  /** @param {{previous: HTMLElement, next: HTMLElement, status: HTMLElement, keys: EventTarget}} elements */
  constructor({ previous, next, status, keys }) {
    this.#status = status;
    next.addEventListener("click", () => this.step(1));
    previous.addEventListener("click", () => this.step(-1));
    // Before the editor: there the keys would move a line.
    keys.addEventListener("keydown", (event) => this.#pressed(event), { capture: true });
  }

  /** @param {{path: string, view: import("../editor/difference-view.js").DifferenceView}[]} views in the page's order */
  show(views) {
    this.#views = views;
    this.#current = -1;
  }

  /** Show the next change (1), the one before (-1), or the current one again (0). */
  step(by) {
    const changes = this.#views.flatMap(({ path, view }) =>
      Array.from({ length: view.changeCount }, (_, index) => ({ path, view, index })),
    );
    if (!changes.length) {
      this.#status.textContent = gettext("Both are the same now.");
      return;
    }
    this.#current = Math.min(Math.max(this.#current + by, 0), changes.length - 1);
    const { path, view, index } = changes[this.#current];
    view.show(index);
    this.#status.textContent = interpolate(gettext("Change %(number)s of %(count)s: %(path)s"), {
      number: this.#current + 1,
      count: changes.length,
      path,
    });
  }

  #pressed(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    this.step(by);
  }
}
