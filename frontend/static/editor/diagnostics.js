import { forEachDiagnostic, setDiagnostics } from "../vendor/codemirror.js";

/**
 * A transaction that replaces the marks of one `owner`, such as the program that failed, and keeps those of the others.
 *
 * CodeMirror holds one list for all; whoever sets it alone would wipe away what the others have marked.
 */
export function replaceDiagnostics(state, owner, diagnostics) {
  const kept = [];
  forEachDiagnostic(state, (diagnostic, from, to) => {
    if (diagnostic.owner !== owner) kept.push({ ...diagnostic, from, to });
  });
  return setDiagnostics(state, [...kept, ...diagnostics.map((diagnostic) => ({ ...diagnostic, owner }))]);
}
