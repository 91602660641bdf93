import { gettext, interpolate, ngettext } from "../language/gettext.js";

/**
 * What an author is told once all tests were run, in sentences. Tests are counted from 1.
 *
 * @param {{solution: import("./compare.js").Verdict|null, starter: import("./compare.js").Verdict|null}[]} outcomes of each
 *   test, with the solution and with the untouched starter; null: stopped before it was done
 */
export function summaryInWords(outcomes) {
  if (outcomes.some(({ starter }) => starter === null)) return gettext("Stopped.");
  const numbers = (isMeant) => outcomes.flatMap((outcome, index) => (isMeant(outcome) ? [index + 1] : []));
  const failed = numbers(({ solution }) => solution.outcome !== "passed");
  const empty = numbers(({ starter }) => starter.outcome === "passed");
  const count = outcomes.length;
  const sentences = [
    failed.length
      ? interpolate(gettext("Your solution does not pass %(failed)s."), { failed: named(failed) })
      : interpolate(
          ngettext("✓ Your solution passes the test.", "✓ Your solution passes all %(count)s tests.", count),
          { count },
        ),
    empty.length ? interpolate(gettext("The untouched starter passes %(empty)s, too."), { empty: named(empty) }) : "",
  ];
  return sentences.filter(Boolean).join(" ");
}

function named(numbers) {
  if (numbers.length === 1) return interpolate(gettext("test %(number)s"), { number: numbers[0] });
  return interpolate(gettext("tests %(numbers)s and %(last)s"), {
    numbers: numbers.slice(0, -1).join(", "),
    last: numbers.at(-1),
  });
}
