import { overlay, toList, toMap } from "../../static/saving/content.js";
import { DraftsError } from "../../static/saving/drafts.js";
import { Saver } from "../../static/saving/saver.js";
import { Workspace } from "../../static/saving/workspace.js";

export const START = [{ path: "main.py", text: "print(1)\n" }];
export const SAVED_AT = "2026-11-03T10:42:00Z";

/** Let every promise that can go on go on. */
export async function calm() {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Timers and a clock that move when told to. */
export class Clock {
  #time = 1_000_000;
  #timers = new Map();
  #count = 0;

  now = () => this.#time;
  setTimeout = (callback, delay) => {
    this.#count += 1;
    this.#timers.set(this.#count, { callback, at: this.#time + delay });
    return this.#count;
  };
  clearTimeout = (id) => this.#timers.delete(id);

  async advance(ms) {
    const end = this.#time + ms;
    await calm();
    for (;;) {
      const [id, timer] = [...this.#timers].sort((one, other) => one[1].at - other[1].at)[0] ?? [];
      if (!timer || timer.at > end) break;
      this.#time = Math.max(this.#time, timer.at);
      this.#timers.delete(id);
      timer.callback();
      await calm();
    }
    this.#time = end;
  }
}

/** The server's side of the contract: revisions, repeated keys, conflicts; and faults on demand. */
export class FakeServer {
  revision = 1;
  files = toMap(START);
  history = [];
  requests = [];
  inFlightCount = 0;
  mostInFlight = 0;
  isOffline = false;
  #answers = new Map();
  #faults = [];
  #gate = null;

  /** Refuse the next request before it does anything. */
  fail(outcome = { kind: "retry", message: "The server cannot be reached.", after_ms: null }) {
    this.#faults.push({ outcome, isStored: false });
  }

  /** Store the next request, and lose the answer. */
  loseAnswer() {
    this.#faults.push({ outcome: { kind: "retry", message: "The answer was lost.", after_ms: null }, isStored: true });
  }

  /** Answer nothing until the returned function is called. */
  hold() {
    let open;
    this.#gate = new Promise((resolve) => (open = resolve));
    return () => {
      this.#gate = null;
      open();
    };
  }

  /** Somebody else saves. */
  saveElsewhere(changes) {
    this.#store(changes);
  }

  state() {
    return { revision: this.revision, files: toList(this.files) };
  }

  text(path = "main.py") {
    return this.files.get(path)?.text;
  }

  /** Every text of `path` that was ever stored. */
  texts(path = "main.py") {
    return this.history.map(({ files }) => files.get(path)?.text);
  }

  send = async (request) => {
    this.requests.push(structuredClone(request));
    this.inFlightCount += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlightCount);
    await this.#gate;
    this.inFlightCount -= 1;
    if (this.isOffline) return { kind: "retry", message: "You are offline.", after_ms: null };
    const fault = this.#faults.shift();
    if (fault && !fault.isStored) return fault.outcome;
    const outcome = this.#answer(request);
    return fault ? fault.outcome : outcome;
  };

  #answer({ key, base, files }) {
    if (this.#answers.has(key)) return this.#answers.get(key);
    if (base !== this.revision) {
      return { kind: "conflict", ...this.state(), savedAt: SAVED_AT, author: "Ada", message: "Saved elsewhere." };
    }
    const tooLarge = files.find(({ text }) => text?.includes("TOO LARGE"));
    if (tooLarge) return { kind: "refused", message: "The file is too large.", path: tooLarge.path };
    if (files.length > 0) this.#store(files);
    const outcome = { kind: "saved", revision: this.revision, savedAt: SAVED_AT };
    this.#answers.set(key, outcome);
    return outcome;
  }

  #store(changes) {
    this.revision += 1;
    this.files = overlay(this.files, changes);
    this.history.push({ revision: this.revision, files: this.files });
  }
}

/** The store of drafts.js without a browser. */
export class MemoryDrafts {
  records = new Map();
  log = [];
  isBroken = false;

  #key = (...ids) => ids.join("/");
  #check() {
    if (this.isBroken) throw new DraftsError("full");
  }

  async put(draft) {
    this.#check();
    this.log.push(draft);
    this.records.set(this.#key(draft.user, draft.project, draft.tab), structuredClone(draft));
  }
  async get(user, project, tab) {
    this.#check();
    return structuredClone(this.records.get(this.#key(user, project, tab)));
  }
  async listForUser(user) {
    this.#check();
    return structuredClone([...this.records.values()].filter((draft) => draft.user === user));
  }
  async listFor(user, project) {
    return (await this.listForUser(user)).filter((draft) => draft.project === project);
  }
  async remove(user, project, tab) {
    this.#check();
    this.records.delete(this.#key(user, project, tab));
  }
  async clearUser(user) {
    for (const draft of await this.listForUser(user)) await this.remove(user, draft.project, draft.tab);
  }
}

/** Whether a tab is open is what `alive` says. */
export function fakePresence(alive = new Set()) {
  return { claim: async () => true, isAlive: async ({ tab }) => alive.has(tab), alone: (_name, work) => work() };
}

/** A page with one project open; `type` is a keystroke. */
export function openPage(options = {}) {
  const { server = new FakeServer(), drafts = new MemoryDrafts(), clock = new Clock(), ...rest } = options;
  const workspace = rest.workspace ?? new Workspace(server.state());
  let keys = 0;
  const saver = new Saver({
    workspace,
    drafts,
    send: server.send,
    user: "ada",
    project: "hello",
    tab: "tab-1",
    now: clock.now,
    timers: clock,
    random: () => 0.5,
    newKey: () => `${rest.tab ?? "tab-1"}-${(keys += 1)}-${clock.now()}`,
    ...rest,
  });
  const page = { server, drafts, clock, workspace, saver, states: [], conflicts: [] };
  workspace.addEventListener("workspace:changed", () => saver.changed());
  saver.addEventListener("save:state", ({ detail }) => page.states.push(detail));
  saver.addEventListener("save:conflict", ({ detail }) => page.conflicts.push(detail));
  page.type = (text, path = "main.py") => workspace.write(path, { text });
  page.lastState = () => page.states.at(-1);
  saver.start();
  return page;
}
