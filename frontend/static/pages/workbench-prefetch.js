import { importedNames } from "../runner/imported-names.js";
import { State } from "../runner/states.js";

// Long enough that a name being typed is whole.
const PAUSE_MS = 1500;

/**
 * Has the packages that the project's files import downloaded and loaded before Run is pressed, once Python itself is here.
 *
 * Not where the person has asked their browser to save data.
 */
export function prefetchImports({ runner, workspace }) {
  if (!runner || navigator.connection?.saveData) return;
  let timer = null;
  let asked = "";

  function look() {
    const names = new Set();
    for (const [path, content] of workspace.files) {
      if (path.endsWith(".py") && "text" in content) for (const name of importedNames(content.text)) names.add(name);
    }
    const wanted = [...names].sort().join();
    if (wanted === asked) return;
    asked = wanted;
    runner.prefetch(names);
  }

  function lookIn(ms) {
    clearTimeout(timer);
    if (runner.state === State.LOADING || runner.state === State.FAILED) return;
    timer = setTimeout(look, ms);
  }

  workspace.addEventListener("workspace:changed", () => lookIn(PAUSE_MS));
  runner.addEventListener("runner:state", ({ detail }) => {
    if (detail.state === State.READY && !asked) lookIn(0);
  });
  lookIn(0);
}
