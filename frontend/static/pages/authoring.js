/** The page where an exercise is written: preview, rows without reload, runs and tests in the sandbox. */
import { CheckRunner } from "../checking/check-runner.js";
import { Judge } from "../checking/judge.js";
import { wireTests } from "./authoring-check.js";
import { FileEditors } from "./authoring-editors.js";
import { AuthoringForm } from "./authoring-form.js";
import { wirePreview } from "./authoring-preview.js";
import { wireTryOut } from "./authoring-try.js";
import { runner } from "./python-start.js";
import { speakIn } from "./speech.js";

const byId = (id) => document.getElementById(id);
const { nonce, user, judge, exercise } = byId("page-script").dataset;
const speak = speakIn(byId("announcer"));
const form = new AuthoringForm({ form: byId("exercise"), status: byId("author-status") });

const editors = new FileEditors({ section: byId("files"), nonce });
editors.fill();
form.addEventListener("form:replaced", ({ detail: { section } }) => section.id === "files" && editors.fill());
wirePreview({ form, field: byId("statement"), preview: byId("preview"), button: byId("show-preview") });

const checker = runner && new CheckRunner({ runner, judge: new Judge({ worker: judge }) });
let tests = null;
const tryOut = wireTryOut({
  runner,
  checker,
  form,
  owner: { user, project: exercise || "new-exercise" },
  isTaken: () => tests?.isChecking ?? false,
  onChange: () => tests?.update(),
  onPlace: (program, place) => editors.goTo(program, place),
  speak,
});
if (runner) {
  tests = wireTests({
    runner,
    checker,
    form,
    elements: { button: byId("run-tests"), stop: byId("stop-tests"), summary: byId("author-status") },
    isTaken: () => tryOut.isMaking,
    onChange: () => tryOut.update(),
    onLoad: (test) => tryOut.runWith(test.input),
    speak,
  });
}
