import { constructWords } from "../checking/compare.js";
import { gettext, interpolate } from "../language/gettext.js";
import { differenceTable } from "./difference-table.js";

const LATER = gettext("What this test types and expects is shown once it passes.");
const ASKED_TOO_OFTEN = gettext("The program asked for input() more often than this test types lines.");
const LOADABLE = new Set(["io", "file"]);
const WITHOUT_TWO_SIDES = { contains: gettext("Expected in it, in this order"), regex: gettext("Expected to match") };

/**
 * What stands beneath the line of a test: what was done, what was expected, what came, and what its author says of it.
 *
 * `onLoad()` when the person wants the test in the console.
 */
export function testDetail({ test, verdict, onLoad }) {
  const body = element("div", "test-detail");
  const { sentence, parts, error } = verdict.detail;
  const isPassed = verdict.outcome === "passed";
  const isSecret = test.visibility === "after-pass" && !isPassed;
  // What went wrong may name what was expected; an error of the program does not.
  if (sentence && (!isSecret || error)) body.append(element("p", "test-sentence", sentence));
  if (error?.type === "EOFError") body.append(element("p", "", ASKED_TOO_OFTEN));
  if (!isPassed && test.feedback) body.append(element("p", "test-feedback", test.feedback));
  if (isSecret) {
    body.append(element("p", "hint", LATER));
    return body;
  }
  body.append(...whatWasDone(test), ...parts.flatMap((part) => partNodes(test, part)));
  if (!isPassed && LOADABLE.has(test.kind)) {
    const load = element("button", "quiet small", gettext("Load into console"));
    load.type = "button";
    load.addEventListener("click", onLoad);
    body.append(load);
  }
  return body;
}

function whatWasDone(test) {
  const nodes = [];
  if (test.kind === "call")
    nodes.push(...labelled(gettext("Called"), [test.setup, test.call].filter(Boolean).join("\n")));
  if (test.input) nodes.push(...labelled(gettext("Typed"), test.input));
  for (const [path, text] of Object.entries(test.files ?? {}))
    nodes.push(...labelled(interpolate(gettext("In %(path)s"), { path }), text));
  return nodes;
}

function partNodes(test, part) {
  if (part.what === "uses" || part.what === "avoids") {
    const what = part.what === "uses" ? gettext("Uses %(construct)s") : gettext("Does without %(construct)s");
    return [marked(part.passed, interpolate(what, { construct: constructWords(part.name) }))];
  }
  if (part.what === "method") return [marked(part.passed, part.actual ? `${part.name}: ${part.actual}` : part.name)];
  const heading = element("h3", "test-part", HEADINGS[part.what](part));
  return [heading, ...(isText(part) ? textNodes(test, part) : valueNodes(part))];
}

const HEADINGS = {
  printed: () => gettext("Printed"),
  file: ({ name }) => interpolate(gettext("Written into %(name)s"), { name }),
  returned: () => gettext("Returned"),
  raised: () => gettext("Raised"),
  left: ({ name }) => interpolate(gettext("%(name)s afterwards"), { name }),
};

function isText({ compare }) {
  return compare !== null;
}

function textNodes(test, { passed, expected, actual, compare }) {
  if (passed) return labelled(gettext("As expected"), actual);
  if (actual === null) return labelled(gettext("Expected"), expected);
  if (compare in WITHOUT_TWO_SIDES) {
    return [
      ...labelled(WITHOUT_TWO_SIDES[compare], expected),
      ...labelled(gettext("Came"), actual || gettext("(nothing)")),
    ];
  }
  return differenceTable({ expected, actual, mode: compare, tolerance: test.text_tolerance ?? test.tolerance });
}

function valueNodes({ passed, expected, actual }) {
  if (passed) return labelled(gettext("As expected"), actual);
  return [...labelled(gettext("Expected"), expected), ...labelled(gettext("Came"), actual ?? gettext("(nothing)"))];
}

function labelled(label, text) {
  return [element("p", "test-label", label), element("pre", "", text)];
}

function marked(isPassed, text) {
  return element("p", "", `${isPassed ? "✓" : "✗"} ${text}`);
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
