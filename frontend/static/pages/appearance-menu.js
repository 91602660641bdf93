import { keepChoices } from "./kept-choices.js";
import { wireMenu } from "./menu.js";

/**
 * The choices of the View menu: each select names its choice in `data-choice` and what an unset one means in
 * `data-default`.
 *
 * `onChange()` is called after a choice was applied.
 */
export function wireAppearance({ selects, menu, onChange }) {
  const { dataset } = document.documentElement;
  for (const select of selects) {
    const { choice: name, default: fallback } = select.dataset;
    select.value = dataset[name] ?? fallback;
    select.addEventListener("change", () => {
      if (select.value === fallback) delete dataset[name];
      else dataset[name] = select.value;
      keepChoices({ [name]: dataset[name] });
      onChange();
    });
  }
  wireMenu(menu);
}
