import { shareOf } from "../layout/split.js";
import { Splitter } from "../layout/splitter.js";
import { keepChoices } from "./kept-choices.js";

// A side panel that is pulled narrower than this is put away.
const PUT_AWAY_PX = 80;

/**
 * The panels of a page where people work: their dividers, the side panel that can be put away, and the tabs of a phone.
 *
 * `panels` is the element around them; `side` is what the side panel holds, "files" or "task". The style sheet decides where
 * each is; sizes are kept on this device.
 */
export class Panels {
  constructor({ panels, tabs, side, sideSplit, outputSplit, toggleSide }) {
    this.panels = panels;
    this.side = side;
    this.tabs = tabs;
    this.toggleButton = toggleSide;
    this.root = document.documentElement;
    this.parts = Object.fromEntries(
      [side, "code", "output"].map((name) => [name, panels.querySelector(`.panel-${name}`)]),
    );
    this.splits = [this.#sideSplitter(sideSplit), this.#outputSplitter(outputSplit)];
    new ResizeObserver(() => this.update()).observe(panels);
    for (const tab of tabs) tab.addEventListener("click", () => this.show(tab.dataset.panel));
    // A window that becomes so small that it shows one panel (a keyboard opens on a tablet) shows the one that is used.
    panels.addEventListener("focusin", ({ target }) => {
      const name = this.#panelOf(target);
      if (name) this.show(name);
    });
    toggleSide.addEventListener("click", () => this.setSideShown(!this.isSideShown));
    this.update();
  }

  get isSideShown() {
    return this.root.dataset[this.side] !== "hidden";
  }

  setSideShown(isShown) {
    if (isShown) delete this.root.dataset[this.side];
    else this.root.dataset[this.side] = "hidden";
    keepChoices({ [this.side]: this.root.dataset[this.side] });
    this.update();
  }

  /** The panel that has the focus: "code", "output" or the side; undefined for none. */
  get focused() {
    return this.#panelOf(document.activeElement);
  }

  /** Show a panel where only one is shown: "code", "output" or the side. */
  show(name) {
    this.panels.dataset.shown = name;
    for (const tab of this.tabs) tab.setAttribute("aria-pressed", String(tab.dataset.panel === name));
  }

  /** The arrangement may have changed. */
  update() {
    this.toggleButton.setAttribute("aria-expanded", String(this.isSideShown));
    for (const split of this.splits) split.update();
  }

  #panelOf(element) {
    return Object.keys(this.parts).find((name) => this.parts[name].contains(element));
  }

  #sideSplitter(handle) {
    const splitter = new Splitter(handle, {
      measure: () => ({
        axis: "x",
        grows: 1,
        size: this.parts[this.side].offsetWidth,
        total: this.panels.clientWidth,
      }),
    });
    splitter.addEventListener("split:moved", ({ detail: { size } }) => {
      if (size >= PUT_AWAY_PX !== this.isSideShown) this.setSideShown(size >= PUT_AWAY_PX);
      if (this.isSideShown) this.#setProperty(`--${this.side}-width`, `${Math.round(size)}px`);
    });
    splitter.addEventListener("split:settled", () => {
      // What the style sheet made of it.
      const width = this.parts[this.side].offsetWidth;
      if (this.isSideShown) {
        this.#setProperty(`--${this.side}-width`, `${width}px`);
        keepChoices({ [`${this.side}Width`]: width });
      }
      this.update();
    });
    splitter.addEventListener("split:toggled", () => this.setSideShown(!this.isSideShown));
    splitter.addEventListener("split:reset", () => {
      this.#setProperty(`--${this.side}-width`, "");
      keepChoices({ [`${this.side}Width`]: undefined });
      this.setSideShown(true);
    });
    return splitter;
  }

  #outputSplitter(handle) {
    const splitter = new Splitter(handle, {
      measure: () => {
        const [code, output] = [this.parts.code, this.parts.output];
        if (this.#place === "right") {
          return { axis: "x", grows: -1, size: output.offsetWidth, total: code.offsetWidth + output.offsetWidth };
        }
        return { axis: "y", grows: -1, size: output.offsetHeight, total: code.offsetHeight + output.offsetHeight };
      },
    });
    splitter.addEventListener("split:moved", ({ detail: { size, total } }) => this.#setShare(shareOf(size, total)));
    splitter.addEventListener("split:settled", () => {
      const { size, total } = splitter.measure();
      const share = shareOf(size, total);
      this.#setShare(share);
      keepChoices({ [`${this.#place}Share`]: share });
      this.update();
    });
    splitter.addEventListener("split:reset", () => {
      this.#setShare(null);
      keepChoices({ [`${this.#place}Share`]: undefined });
      this.update();
    });
    return splitter;
  }

  get #place() {
    const { code, output } = this.parts;
    return output.offsetTop > code.offsetTop ? "below" : "right";
  }

  #setShare(share) {
    const place = this.#place;
    this.#setProperty(`--code-${place}`, share === null ? "" : `${100 - share}fr`);
    this.#setProperty(`--output-${place}`, share === null ? "" : `${share}fr`);
  }

  #setProperty(name, value) {
    this.root.style.setProperty(name, value);
  }
}
