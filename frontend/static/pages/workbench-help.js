import { State } from "../runner/states.js";

// The first program, and the second worker that boots after it, have the processor to themselves.
const LOAD_DELAY_MS = 400;
const LITTLE_MEMORY_GB = 2;
const SLOW_NETWORKS = ["slow-2g", "2g", "3g"];

/**
 * Wires the help while typing: hints, formatting, completion, documentation. None of it is fetched before Python has been ready once.
 *
 * `project` gives `editor`, `editable`, `paths()` of the files there are now, and `read(path)`: a file's text, or null.
 */
export async function wireHelp({ runner, elements, project }) {
  await firstReady(runner);
  const config = JSON.parse(elements.config.textContent);
  const { startNames } = await import("../names/start.js");
  const { startLinting } = await import("../linting/start.js");
  startNames({ config, project });
  startLinting({ config, elements, project, isEager: !isSparing() });
}

function firstReady(runner) {
  return new Promise((resolve) => {
    const later = () => setTimeout(() => (runner.state === State.READY ? resolve() : wait()), LOAD_DELAY_MS);
    const wait = () => {
      const heard = ({ detail }) => {
        if (detail.state !== State.READY) return;
        runner.removeEventListener("runner:state", heard);
        later();
      };
      runner.addEventListener("runner:state", heard);
    };
    if (runner.state === State.READY) later();
    else wait();
  });
}

/** Whether three megabytes are too much to fetch, or to hold, without being asked. */
function isSparing() {
  const { connection, deviceMemory } = navigator;
  const isSlow = connection && (connection.saveData || SLOW_NETWORKS.includes(connection.effectiveType));
  return Boolean(isSlow) || (deviceMemory ?? LITTLE_MEMORY_GB) < LITTLE_MEMORY_GB;
}
