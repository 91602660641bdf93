/**
 * Starts Python before the rest of the page is there: few modules stand between the page's HTML and this one.
 */
import { Runner } from "../runner/runner.js";

// A spare worker holds some 100 MB; devices that say they have little memory do without and wait after Stop.
const LITTLE_MEMORY_GB = 4;

/** The page's runner, loading already; null when the server has no runtime. */
export const runner = startRunner();

function startRunner() {
  const runtime = JSON.parse(document.getElementById("runtime-config").textContent);
  if (!runtime) return null;
  const keepSpare = (navigator.deviceMemory ?? 8) >= LITTLE_MEMORY_GB;
  const started = new Runner({ runtime, frame: document.getElementById("sandbox"), keepSpare });
  started.start();
  return started;
}
