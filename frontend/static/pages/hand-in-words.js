import { clock, day } from "../language/formats.js";
import { gettext, interpolate } from "../language/gettext.js";

/** "Handed in 10:42, attempt 2", with "late" where it was. @param {object} attempt as assessment/work_page.py writes it */
export function attemptWords({ attempt, received_at, is_late }) {
  const words = is_late
    ? gettext("Handed in %(time)s, attempt %(attempt)s, late")
    : gettext("Handed in %(time)s, attempt %(attempt)s");
  return interpolate(words, { time: clock(received_at), attempt });
}

/** A line of the list of attempts, with the device's own time where that was long before. */
export function attemptItem({ attempt, received_at, client_at, is_late, url }) {
  const item = document.createElement("li");
  const name = document.createElement(url ? "a" : "span");
  if (url) name.href = url;
  name.textContent = interpolate(gettext("Attempt %(attempt)s"), { attempt });
  item.append(name, `, ${day(received_at)} ${clock(received_at)}`);
  if (is_late) item.append(gettext(", late"));
  const waited_ms = client_at ? Date.parse(received_at) - Date.parse(client_at) : 0;
  if (waited_ms > LONG_MS)
    item.append(
      " ",
      interpolate(gettext("(written %(day)s %(time)s on your device)"), {
        day: day(client_at),
        time: clock(client_at),
      }),
    );
  return item;
}

const LONG_MS = 2 * 60_000;
