/** The page on which a teacher's browser marks a class. */

import { CheckRunner } from "../checking/check-runner.js";
import { Judge } from "../checking/judge.js";
import { Marker, Refused } from "../checking/marker.js";
import { bytesOf } from "../files/file-content.js";
import { gettext, interpolate } from "../language/gettext.js";
import { Runner } from "../runner/runner.js";
import { contentOf } from "../saving/content.js";
import { ChangesTable } from "./changes-table.js";
import { csrfToken } from "./csrf-token.js";

const byId = (id) => document.getElementById(id);
const config = JSON.parse(byId("page-config").textContent);
const runtime = JSON.parse(byId("runtime-config").textContent);
const { judge } = byId("page-script").dataset;
const [go, workers, publish, notice] = ["go", "workers", "publish", "notice"].map(byId);

const changes = new ChangesTable({
  table: byId("changes"),
  summary: byId("summary"),
  empty: byId("no-changes"),
  onlyChanged: byId("only-changed"),
});
const done = new Set();
let startedAt = 0;
let doneBefore = 0;

const marker = new Marker({
  api: {
    claim: async (count) => (await ask(config.urls.claim, { count })).items.map(withBytes),
    tests: async (version) => (await ask(`${config.urls.tests}${version}/`)).tests,
    send: (results) => ask(config.urls.results, { results }),
    giveBack: (items) => ask(config.urls.give_back, { items }),
  },
  makeChecker,
});

marker.addEventListener("marking:row", ({ detail }) => add(detail));
marker.addEventListener("marking:trouble", ({ detail }) => {
  notice.hidden = detail === null;
  notice.textContent = detail ?? "";
});
marker.addEventListener("marking:state", ({ detail }) => showState(detail));
go.addEventListener("click", () => {
  if (marker.state === "running") return marker.pause();
  startedAt = performance.now();
  doneBefore = done.size;
  marker.start(Number(workers.value));
});
window.addEventListener("pagehide", () => marker.leave());
window.addEventListener("beforeunload", (event) => {
  if (marker.state === "running") event.preventDefault();
});

for (const row of config.done) add(row);
showState(config.is_finished ? "finished" : "paused");
if (!runtime) {
  go.disabled = true;
  notice.hidden = false;
  notice.textContent = gettext("The Python runtime is not installed on this server. Ask whoever runs it.");
}

function add(row) {
  done.add(row.id);
  changes.add(row);
  byId("progress").value = done.size;
  byId("count").textContent = interpolate(gettext("%(count)s of %(total)s done"), {
    count: done.size,
    total: config.total,
  });
  showPace();
}

function showState(state) {
  go.hidden = state === "finished";
  byId("workers-label").hidden = state === "finished";
  go.disabled = false;
  go.textContent = state === "running" ? gettext("Pause") : done.size > 0 ? gettext("Go on") : gettext("Start");
  workers.disabled = state === "running";
  publish.disabled = state !== "finished";
  if (state === "finished")
    byId("count").textContent = interpolate(gettext("All %(total)s done. Publish it, or throw it away."), {
      total: config.total,
    });
  showPace();
}

function showPace() {
  const here = done.size - doneBefore;
  const minutes = (performance.now() - startedAt) / 60_000;
  byId("pace").textContent = marker.state === "running" ? ` · ${paceInWords(here, here / minutes)}` : "";
}

function paceInWords(here, rate) {
  if (here < 2) return gettext("loading Python…");
  const left = Math.ceil((config.total - done.size) / rate);
  return interpolate(gettext("%(rate)s a minute · %(left)s"), { rate: Math.round(rate), left: leftInWords(left) });
}

function leftInWords(minutes) {
  return minutes <= 1
    ? gettext("less than a minute left")
    : interpolate(gettext("about %(minutes)s minutes left"), { minutes });
}

/** Each program at once has a sandbox of its own: what runs in one reaches nothing of the other. */
function makeChecker() {
  const frame = document.createElement("iframe");
  frame.title = gettext("Python sandbox");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.allow = "cross-origin-isolated";
  byId("sandboxes").append(frame);
  const runner = new Runner({ runtime, frame });
  runner.start();
  const judging = new Judge({ worker: judge });
  const checker = new CheckRunner({ runner, judge: judging });
  return {
    check: (order) => checker.check(order),
    close() {
      judging.close();
      frame.remove();
    },
  };
}

function withBytes(item) {
  return { ...item, files: item.files.map((file) => ({ path: file.path, bytes: bytesOf(contentOf(file)) })) };
}

async function ask(url, body) {
  const options = { headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual" };
  if (body !== undefined) {
    Object.assign(options, { method: "POST", body: JSON.stringify(body), keepalive: "items" in body });
    Object.assign(options.headers, { "Content-Type": "application/json", "X-CSRFToken": csrfToken() });
  }
  const response = await fetch(url, options);
  if (response.ok) return response.json();
  if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) {
    throw new Refused(gettext("You have been signed out. Sign in again in another tab, then go on here."));
  }
  if (response.status === 404)
    throw new Refused(gettext("This marking was thrown away, or the class is not yours any more."));
  if (response.status >= 400 && response.status < 500) {
    const answer = await response.json().catch(() => null);
    throw new Refused(answer?.error ?? gettext("The server refuses the results. Reload this page."));
  }
  throw new Error(interpolate(gettext("The server answers %(status)s."), { status: response.status }));
}
