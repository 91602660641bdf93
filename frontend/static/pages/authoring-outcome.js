import { gettext } from "../language/gettext.js";
import { testDetail } from "./test-detail.js";

/**
 * What stands in a test's row once it has been run: how the solution fared, and whether the untouched starter passes too.
 *
 * `solution` and `starter` are verdicts, or null while there is none. `onTake(printed)` when what came is what is to be
 * expected, `onLoad()` when the person wants the test in the console.
 */
export function outcomeNodes({ test, solution, starter, onTake, onLoad }) {
  const nodes = [];
  if (solution) nodes.push(...ofSolution({ test, solution, onTake, onLoad }));
  if (starter?.outcome === "passed") {
    nodes.push(
      line(
        "warning",
        "▲",
        gettext("The untouched starter passes this test, too: whoever writes nothing gets its points."),
      ),
    );
  }
  return nodes;
}

function ofSolution({ test, solution, onTake, onLoad }) {
  if (solution.outcome === "passed") return [line("passed", "✓", gettext("Your solution passes."))];
  const nodes = [line("failed", "✗", gettext("Your solution does not pass."))];
  // Its author may see everything.
  const detail = testDetail({ test: { ...test, visibility: "visible", feedback: "" }, verdict: solution, onLoad });
  const printed = solution.detail.error ? null : solution.detail.parts[0]?.actual;
  if (test.kind === "io" && test.compare !== "regex" && typeof printed === "string") {
    const take = document.createElement("button");
    take.type = "button";
    take.className = "quiet small";
    take.textContent = gettext("Expect what came");
    take.addEventListener("click", () => onTake(printed.replace(/\n$/, "")));
    detail.append(" ", take);
  }
  return [...nodes, detail];
}

function line(state, sign, sentence) {
  const paragraph = document.createElement("p");
  paragraph.className = `outcome-${state}`;
  const shown = document.createElement("span");
  shown.setAttribute("aria-hidden", "true");
  shown.textContent = `${sign} `;
  paragraph.append(shown, sentence);
  return paragraph;
}
