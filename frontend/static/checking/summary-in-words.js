/**
 * What an author is told once all tests were run, in sentences. Tests are counted from 1.
 *
 * @param {{solution: import("./compare.js").Verdict|null, starter: import("./compare.js").Verdict|null}[]} outcomes of each
 *   test, with the solution and with the untouched starter; null: stopped before it was done
 */
export function summaryInWords(outcomes) {
  if (outcomes.some(({ starter }) => starter === null)) return "Stopped.";
  const numbers = (isMeant) => outcomes.flatMap((outcome, index) => (isMeant(outcome) ? [index + 1] : []));
  const failed = numbers(({ solution }) => solution.outcome !== "passed");
  const empty = numbers(({ starter }) => starter.outcome === "passed");
  const all = outcomes.length === 1 ? "the test" : `all ${outcomes.length} tests`;
  const sentences = [
    failed.length ? `Your solution does not pass ${named(failed)}.` : `✓ Your solution passes ${all}.`,
    empty.length ? `The untouched starter passes ${named(empty)}, too.` : "",
  ];
  return sentences.filter(Boolean).join(" ");
}

function named(numbers) {
  if (numbers.length === 1) return `test ${numbers[0]}`;
  return `tests ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}
