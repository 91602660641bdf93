/** The page of the class grid: keys, sorting and filtering without reload, and what students do meanwhile. */

import { Looking } from "../grid/looking.js";
import { gettext, interpolate, ngettext } from "../language/gettext.js";
import { takeOver, wireKeys } from "./grid-table.js";

const place = document.querySelector("#grid");
const live = document.querySelector("#live");

const NO_ANSWER = gettext("No answer from the server.");
const tableOf = (root) => root.querySelector(".grid-table");

class SignedOut extends Error {}

/** The table at this address, as a document that runs nothing; null where it is as it was. */
async function fetchTable(address, since) {
  const url = new URL(address, location.href);
  url.searchParams.set("since", since);
  const answer = await fetch(url, { redirect: "manual" });
  if (answer.status === 204) return null;
  if (answer.type === "opaqueredirect") throw new SignedOut();
  if (!answer.ok) throw new Error(`grid: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Shows the grid as another sort or filter has it. */
async function choose(link) {
  const { scrollLeft } = place.querySelector(".grid-frame");
  const { choice } = link.dataset;
  try {
    const answer = await fetchTable(link.href, "");
    place.replaceChildren(...answer.body.childNodes);
  } catch {
    location.assign(link.href); // the server says what is the matter
    return;
  }
  history.replaceState(null, "", link.href);
  place.querySelector(".grid-frame").scrollLeft = scrollLeft;
  place.querySelector(`[data-choice="${choice}"]`).focus();
  wireKeys(tableOf(place));
}

async function look() {
  const table = tableOf(place);
  let newer;
  try {
    newer = await fetchTable(location.href, table.dataset.change);
  } catch (error) {
    const isSignedOut = error instanceof SignedOut;
    live.textContent = isSignedOut
      ? gettext("You are signed out: sign in to go on.")
      : `${NO_ANSWER} ${gettext("Trying again.")}`;
    if (isSignedOut) looking.stop();
    throw error;
  }
  if (table !== tableOf(place)) return; // sorted or filtered meanwhile
  if (newer === null) {
    if (live.textContent.startsWith(NO_ANSWER)) live.textContent = "";
    return;
  }
  const count = takeOver(table, tableOf(newer));
  for (const figure of newer.querySelectorAll(".legend .count")) {
    const { choice } = figure.closest("a").dataset;
    place.querySelector(`[data-choice="${choice}"] .count`).textContent = figure.textContent;
  }
  if (count < 0) offerReload();
  else
    live.textContent = count
      ? interpolate(ngettext("%(count)s cell has changed.", "%(count)s cells have changed.", count), { count })
      : "";
}

/** Rows that come and go would move under the reader's eyes. */
function offerReload() {
  const link = Object.assign(document.createElement("a"), { href: location.href, textContent: gettext("Show them") });
  live.replaceChildren(gettext("The students or the exercises are others now."), " ", link, ".");
  looking.stop();
}

if (place) {
  wireKeys(tableOf(place));
  document.querySelector(".grid-keys").hidden = false;
  place.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-choice]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(link);
  });
}

const looking =
  place &&
  new Looking({
    look,
    isSeen: () => document.visibilityState === "visible",
    timers: { setTimeout: (...args) => setTimeout(...args), clearTimeout: (id) => clearTimeout(id) },
    now: () => performance.now(),
  });
if (looking) document.addEventListener("visibilitychange", () => looking.seenChanged());
