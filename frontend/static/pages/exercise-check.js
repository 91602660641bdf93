import { CheckRunner } from "../checking/check-runner.js";
import { Judge } from "../checking/judge.js";
import { bytesOf } from "../files/file-content.js";
import { gettext, interpolate } from "../language/gettext.js";
import { State } from "../runner/states.js";

/**
 * Wires Check: runs the tests over the files there are now and shows how they went.
 *
 * `button` is Check; `results` a TestResults; `workspace` holds the files; `onChange()` is called when a check has begun or
 * ended, `onVerdicts(verdicts)` when tests were run; `speak(sentence)` is for screen readers. Returns {check, isChecking, last};
 * `last` is {files, verdicts} of the last check that came to an end, or null.
 */
export function wireCheck({
  runner,
  button,
  judgeWorker,
  tests,
  results,
  workspace,
  entry,
  onBegin,
  onChange,
  onVerdicts,
  speak,
}) {
  const checker = new CheckRunner({ runner, judge: new Judge({ worker: judgeWorker }) });
  let isChecking = false;
  let last = null;

  async function check() {
    if (isChecking || button.disabled) return;
    if (runner.state === State.FAILED) runner.start();
    isChecking = true;
    changed();
    onBegin();
    results.begin();
    last = null;
    const { files } = workspace;
    try {
      const verdicts = await checker.check({
        files: [...files].map(([path, content]) => ({ path, bytes: bytesOf(content) })),
        entry,
        tests,
        onStart: (index) => results.started(index),
        onVerdict: (index, verdict) => results.judged(index, verdict),
      });
      speak(results.end(verdicts));
      last = { files, verdicts };
      onVerdicts(verdicts);
    } catch (error) {
      const sentence = interpolate(gettext("The tests could not be run. %(message)s"), { message: error.message });
      results.fail(sentence);
      speak(sentence);
    } finally {
      isChecking = false;
      changed();
    }
  }

  function changed() {
    showButton();
    onChange();
  }

  function showButton() {
    const isBusy = ![State.READY, State.LOADING, State.FAILED].includes(runner.state);
    button.disabled = tests.length === 0 || isChecking || isBusy;
  }

  runner.addEventListener("runner:state", showButton);
  button.addEventListener("click", check);
  showButton();
  return {
    check,
    get isChecking() {
      return isChecking;
    },
    get last() {
      return last;
    },
  };
}
