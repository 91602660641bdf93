import { keepChoices } from "./kept-choices.js";

const SIZES_REM = [1.25, 1.5, 1.75, 2, 2.5, 3, 3.5];
const FIRST_SIZE_REM = 1.75;

/**
 * Presentation: code and console large, the rest out of the way, in full screen where the browser allows it.
 *
 * Escape ends it, as does leaving the full screen. The size is kept on this device. `onChange()` is called after each change.
 */
export class Presentation {
  constructor({ smaller, larger, end, onChange }) {
    this.root = document.documentElement;
    this.onChange = onChange;
    smaller.addEventListener("click", () => this.resize(-1));
    larger.addEventListener("click", () => this.resize(1));
    end.addEventListener("click", () => this.end());
    document.addEventListener("fullscreenchange", () => {
      if (!document.fullscreenElement) this.end();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.end();
    });
  }

  get isOn() {
    return "presenting" in this.root.dataset;
  }

  toggle() {
    if (this.isOn) this.end();
    else this.begin();
  }

  begin() {
    this.root.dataset.presenting = "";
    this.onChange();
    // Refused in a frame, by a policy, or on an iPhone: the page presents all the same.
    this.root.requestFullscreen?.().catch(() => {});
  }

  end() {
    if (!this.isOn) return;
    delete this.root.dataset.presenting;
    this.onChange();
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  }

  /** `by` steps larger, or smaller where it is negative. */
  resize(by) {
    const size = Number.parseFloat(this.root.style.getPropertyValue("--presented-size")) || FIRST_SIZE_REM;
    const nearest = SIZES_REM.findLastIndex((known) => known <= size);
    const presentedSize = SIZES_REM[Math.min(Math.max(nearest + by, 0), SIZES_REM.length - 1)];
    this.root.style.setProperty("--presented-size", `${presentedSize}rem`);
    keepChoices({ presentedSize });
    this.onChange();
  }
}
