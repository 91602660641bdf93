import { gettext, interpolate } from "../language/gettext.js";
import { post } from "../saving/post.js";
import { csrfToken } from "./csrf-token.js";

const LOST = gettext("The hint could not be fetched. Try again.");

/**
 * The hints of an exercise, fetched one by one as the person asks for them.
 *
 * `elements` are {section, list, button}; `url` is the address that a hint's number, from 1, goes after; `count` how many
 * there are; `given` the texts of those that were asked for before; `user` the person's id.
 */
export function wireHints({ elements: { section, list, button }, url, count, given, user }) {
  section.hidden = count === 0;

  function show(text) {
    const item = document.createElement("li");
    item.tabIndex = -1;
    item.textContent = text;
    list.append(item);
    const left = count - list.children.length;
    button.hidden = left === 0;
    button.textContent = interpolate(gettext("Show another hint (%(left)s left)"), { left });
    return item;
  }

  async function ask() {
    button.disabled = true;
    const { answer } = await post({ url: `${url}${list.children.length + 1}/`, data: {}, csrfToken, user });
    button.disabled = false;
    if (typeof answer?.text === "string") {
      // The keyboard goes to what is new: the button may be gone.
      show(answer.text).focus();
      return;
    }
    button.textContent = LOST;
    button.focus();
  }

  button.textContent = interpolate(gettext("Show a hint (%(count)s)"), { count });
  for (const text of given) show(text);
  button.addEventListener("click", ask);
}
