import { diff, isolateHistory } from "../vendor/codemirror-help.js";

// Beyond so many differences in one place, the place is replaced whole.
const SCAN_LIMIT = 500;

/**
 * Replace the view's text by what `format(text)` makes of it, in one step of undo; the cursor stays with its words.
 *
 * Resolves to `formatted`, `unchanged`, `unreadable` (a syntax error: nothing was changed) or `late` (the text was
 * changed meanwhile, so nothing was).
 */
export async function formatText(view, format) {
  const { doc } = view.state;
  const before = doc.toString();
  let after;
  try {
    after = await format(before);
  } catch {
    return "unreadable";
  }
  if (view.state.doc !== doc) return "late";
  if (after === before) return "unchanged";
  const changes = diff(before, after, { scanLimit: SCAN_LIMIT }).map(({ fromA, toA, fromB, toB }) => ({
    from: fromA,
    to: toA,
    insert: after.slice(fromB, toB),
  }));
  view.dispatch({ changes, userEvent: "format", annotations: isolateHistory.of("full") });
  return "formatted";
}
