/** A program on a public page: until somebody runs or edits it, nothing is loaded but its text. */
import { gettext } from "../language/gettext.js";
import { isShortcut } from "../layout/shortcuts.js";

const byId = (id) => document.getElementById(id);
const section = byId("live-program");
const source = byId("live-source");
const run = byId("run");
const status = byId("runtime-status");
const notice = byId("runtime-notice");

let loading = null;

/** What live-program-start.js exports; null when it cannot be loaded: the page says so, and the next call tries again. */
function start() {
  loading ??= load().catch(tellOfFailure);
  return loading;
}

async function load() {
  run.setAttribute("aria-busy", "true");
  status.textContent = gettext("loading");
  notice.hidden = true;
  // All modules at once, instead of one level of imports after the other.
  document.head.append(byId("live-modules").content.cloneNode(true));
  const [, program] = await Promise.all([import("./python-start.js"), import("./live-program-start.js")]);
  run.removeEventListener("click", pressRun);
  run.removeAttribute("aria-busy");
  return program;
}

function tellOfFailure() {
  loading = null;
  run.removeAttribute("aria-busy");
  status.textContent = gettext("failed");
  notice.hidden = false;
  notice.textContent = gettext("The page could not load what it needs. Look at the network, then press Run again.");
  return null;
}

async function pressRun() {
  (await start())?.run();
}

async function edit(line) {
  (await start())?.edit(line);
}

run.addEventListener("click", pressRun);
byId("edit-code").addEventListener("click", () => edit(1));
source.addEventListener("click", ({ target }) => {
  if (!getSelection().isCollapsed) return; // text is being selected, perhaps to be copied
  const lines = [...source.querySelectorAll(".live-line")];
  edit(Math.max(lines.indexOf(target.closest(".live-line")), 0) + 1);
});
source.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  edit(1);
});
document.addEventListener(
  "keydown",
  (event) => {
    const isElsewhere = event.target.closest("input, textarea, select") && !section.contains(event.target);
    const isRun = isShortcut(event, "Mod-Enter");
    if (isElsewhere || !(isRun || isShortcut(event, "Mod-Shift-Enter"))) return;
    event.preventDefault();
    event.stopPropagation();
    if (isRun) pressRun();
    else byId("stop").click();
  },
  { capture: true },
);
