import { gettext } from "../language/gettext.js";

/** The buttons beside password fields, which show what was typed; without a script they stay hidden. */
export function wirePasswordFields(root = document) {
  for (const field of root.querySelectorAll("[data-password-field]")) {
    const input = field.querySelector("input");
    const button = field.querySelector("button");
    const show = (isShown) => {
      input.type = isShown ? "text" : "password";
      button.textContent = isShown ? gettext("Hide") : gettext("Show");
      button.setAttribute("aria-pressed", String(isShown));
      button.setAttribute("aria-label", isShown ? gettext("Hide the password") : gettext("Show the password"));
    };
    button.hidden = false;
    show(false);
    button.addEventListener("click", () => show(input.type === "password"));
    // Browsers offer to remember, and keep in their form history, what stands in a text field when it is sent.
    input.form?.addEventListener("submit", () => show(false));
  }
}
