import { State } from "./states.js";

/**
 * The runner's state in words for the status line.
 *
 * @param {{state: string, message: string}} detail of `runner:state`
 * @param {{wasStopped: boolean, progress: {loaded: number, total: number} | null, packages: string[]}} more
 * @returns {{words: string, tone: "" | "busy" | "attention"}}
 */
export function describeRunner({ state }, { wasStopped, progress, packages }) {
  switch (state) {
    case State.LOADING:
      return { words: progress ? `loading ${inMegabytes(progress)}` : "loading", tone: "busy" };
    case State.RUNNING:
      return packages.length
        ? { words: `loading ${named(packages)}${progress ? ` ${inMegabytes(progress)}` : ""}`, tone: "busy" }
        : { words: "running", tone: "busy" };
    case State.AWAITING_INPUT:
      return { words: "waiting for input", tone: "attention" };
    case State.STOPPING:
      return { words: "stopping", tone: "busy" };
    case State.FAILED:
      return { words: "failed", tone: "attention" };
    default:
      return { words: wasStopped ? "stopped, ready" : "ready", tone: "" };
  }
}

function named(packages) {
  const most = 3;
  return packages.length <= most ? packages.join(", ") : `${packages.slice(0, most).join(", ")} and more`;
}

function inMegabytes({ loaded, total }) {
  return `${(loaded / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`;
}
