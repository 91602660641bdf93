import { decimal } from "../language/formats.js";
import { gettext, interpolate } from "../language/gettext.js";
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
      return {
        words: progress
          ? interpolate(gettext("loading %(progress)s"), { progress: inMegabytes(progress) })
          : gettext("loading"),
        tone: "busy",
      };
    case State.RUNNING:
      return packages.length
        ? {
            words: loadingPackages(packages, progress),
            tone: "busy",
          }
        : { words: gettext("running"), tone: "busy" };
    case State.AWAITING_INPUT:
      return { words: gettext("waiting for input"), tone: "attention" };
    case State.STOPPING:
      return { words: gettext("stopping"), tone: "busy" };
    case State.FAILED:
      return { words: gettext("failed"), tone: "attention" };
    default:
      return { words: wasStopped ? gettext("stopped, ready") : gettext("ready"), tone: "" };
  }
}

function loadingPackages(packages, progress) {
  return progress
    ? interpolate(gettext("loading %(packages)s %(progress)s"), {
        packages: named(packages),
        progress: inMegabytes(progress),
      })
    : interpolate(gettext("loading %(packages)s"), { packages: named(packages) });
}

function named(packages) {
  const most = 3;
  return packages.length <= most
    ? packages.join(", ")
    : interpolate(gettext("%(packages)s and more"), { packages: packages.slice(0, most).join(", ") });
}

function inMegabytes({ loaded, total }) {
  return interpolate(gettext("%(loaded)s of %(total)s MB"), {
    loaded: decimal(loaded / 1e6, 1),
    total: decimal(total / 1e6, 1),
  });
}
