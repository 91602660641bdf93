// Compares where the page can end it: a careless pattern may take for ever. No program runs here.
import { compare } from "./compare.js";

self.addEventListener("message", ({ data: { test, observation } }) => {
  self.postMessage({ type: "verdict", verdict: compare(test, observation) });
});
self.postMessage({ type: "ready" });
