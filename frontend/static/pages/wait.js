import { gettext, interpolate, ngettext } from "../language/gettext.js";

/** Counts down how long somebody has to wait who tried too many wrong passwords, and says when it is over. */
export function wireWait(root = document) {
  const place = root.querySelector("[data-wait]");
  if (!place) return;
  const freeAt = performance.now() + Number(place.dataset.wait) * 1000;
  const alert = place.closest("[role=alert]");
  // A screen reader was told once; each further second would be read out, too.
  alert.setAttribute("aria-live", "off");
  const timer = setInterval(() => {
    const seconds = Math.ceil((freeAt - performance.now()) / 1000);
    if (seconds > 0) {
      place.textContent = waitInWords(seconds);
      return;
    }
    clearInterval(timer);
    const over = document.createElement("p");
    over.textContent = gettext("You can try again now.");
    alert.setAttribute("aria-live", "assertive");
    alert.replaceChildren(over);
  }, 1000);
}

/** As the server says it: `5 seconds`, `1 minute`, `25 minutes`. */
export function waitInWords(seconds) {
  if (seconds < 60) return interpolate(ngettext("%(count)s second", "%(count)s seconds", seconds), { count: seconds });
  const minutes = Math.ceil(seconds / 60);
  return interpolate(ngettext("%(count)s minute", "%(count)s minutes", minutes), { count: minutes });
}
