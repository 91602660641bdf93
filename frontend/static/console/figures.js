import { gettext, interpolate } from "../language/gettext.js";
import { copyPicture, showFor } from "./copying.js";

const MAX_FIGURES = 200;
const CANNOT_COPY = gettext("This browser does not let a page copy pictures. Download the figure instead.");

/** Makes the pictures of one run: each with its name, and buttons to enlarge, copy and download it. */
export class Figures {
  /**
   * `dialog` holds an `img` and buttons marked with data-action; `save(name, blob)` makes a file; `speak(sentence)`
   * is for screen readers.
   */
  constructor({ dialog, save, speak }) {
    Object.assign(this, { dialog, save, speak, urls: [], enlarged: null });
    this.picture = dialog.querySelector("img");
    for (const button of dialog.querySelectorAll("[data-action]")) {
      button.addEventListener("click", () => this.#act(button, this.enlarged));
    }
    // A click beside the picture closes, too.
    dialog.addEventListener("click", ({ target }) => {
      if (target === dialog) dialog.close();
    });
    dialog.addEventListener("close", () => this.picture.removeAttribute("src"));
    this.startAnew();
  }

  /** Count from one again. */
  startAnew() {
    this.count = 0;
    this.forget();
  }

  /** No picture is shown any longer. */
  forget() {
    if (this.dialog.open) this.dialog.close();
    for (const url of this.urls) URL.revokeObjectURL(url);
    this.urls = [];
  }

  /** The next picture's element; past the limit none, and at the limit a sentence that says so. */
  next(png) {
    this.count += 1;
    if (this.count === MAX_FIGURES + 1)
      return { sentence: interpolate(gettext("Only the first %(count)s figures are shown."), { count: MAX_FIGURES }) };
    if (this.count > MAX_FIGURES) return {};
    const blob = new Blob([png], { type: "image/png" });
    const figure = {
      name: interpolate(gettext("Figure %(count)s"), { count: this.count }),
      file: `figure-${this.count}.png`,
      blob,
      url: URL.createObjectURL(blob),
    };
    this.urls.push(figure.url);
    return { element: this.#draw(figure) };
  }

  #draw(figure) {
    const image = Object.assign(document.createElement("img"), { alt: figure.name, src: figure.url });
    const caption = document.createElement("figcaption");
    caption.append(figure.name);
    const buttons = document.createElement("div");
    buttons.className = "figure-buttons";
    for (const [action, label] of Object.entries({
      enlarge: gettext("Enlarge"),
      copy: gettext("Copy"),
      download: gettext("Download"),
    })) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet small" });
      button.dataset.action = action;
      button.append(label);
      button.setAttribute("aria-label", `${label} ${figure.name.toLowerCase()}`);
      button.addEventListener("click", () => this.#act(button, figure));
      buttons.append(button);
    }
    const enlarge = buttons.firstElementChild;
    image.addEventListener("click", () => this.#enlarge(figure, enlarge));
    const element = document.createElement("figure");
    element.append(image, caption, buttons);
    return element;
  }

  #act(button, figure) {
    const actions = {
      enlarge: () => this.#enlarge(figure, button),
      copy: () => this.#copy(figure, button),
      download: () => this.save(figure.file, figure.blob),
      close: () => this.dialog.close(),
    };
    actions[button.dataset.action]();
  }

  #enlarge(figure, button) {
    this.enlarged = figure;
    Object.assign(this.picture, { src: figure.url, alt: figure.name });
    this.dialog.setAttribute("aria-label", figure.name);
    this.dialog.addEventListener("close", () => button.focus(), { once: true });
    this.dialog.showModal();
  }

  async #copy(figure, button) {
    const isCopied = await copyPicture(figure.blob);
    this.speak(isCopied ? interpolate(gettext("%(name)s is copied."), { name: figure.name }) : CANNOT_COPY);
    showFor(button, isCopied ? gettext("Copied") : gettext("Cannot copy: download it"));
  }
}
