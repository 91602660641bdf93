import { gettext } from "../language/gettext.js";
import { wireMenu } from "./menu.js";

const NOT_SAVED = gettext("What you typed last is not saved yet, so it will be missing. Go on without it?");

/**
 * The menu of the project itself. A copy and a zip are made of what is saved, so these wait for `saveNow`, which
 * resolves with the state it came to; null for a reader, who has nothing to save.
 */
export function wireProjectMenu({ menu, saveNow }) {
  wireMenu(menu);
  if (!saveNow) return;
  for (const item of menu.querySelectorAll("[data-after-saving]")) {
    const isForm = item instanceof HTMLFormElement;
    item.addEventListener(isForm ? "submit" : "click", async (event) => {
      event.preventDefault();
      menu.open = false;
      if ((await saveNow()) !== "saved" && !confirm(NOT_SAVED)) return;
      if (isForm) item.submit();
      else location.assign(item.href);
    });
  }
}
