/** The colours of css/base.css: every text on every ground it can stand on, in each theme. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

const css = readFileSync(new URL("../../static/css/base.css", import.meta.url), "utf8");
const ordinary = palette(css.match(/:root \{([^}]*)\}/)[1]);
const contrasting = palette(css.match(/:root\[data-theme="contrast"\],\s*:root\[data-more-contrast\] \{([^}]*)\}/)[1]);

const CODE = ["ink", "code-keyword", "code-string", "code-number", "code-comment", "code-name"];
const CODE_GROUNDS = ["paper", "error-paper", "selection", "paper+active-line", "selection+active-line"];
const PAIRS = [
  ...["paper", "raised", "mark", "error-paper"].flatMap((ground) => [
    ["ink", ground],
    ["accent-strong", ground],
  ]),
  ...["paper", "raised"].flatMap((ground) => [
    ["muted", ground],
    ["danger", ground],
    ["warn", ground],
  ]),
  ...CODE.flatMap((text) => CODE_GROUNDS.map((ground) => [text, ground])),
  ["ink", "hover"],
  ["muted", "hover"],
  ["muted", "raised+active-line"],
  ["danger", "error-paper"],
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
];

for (const [name, colours, least] of [
  ["ordinary", ordinary, 4.5],
  ["high contrast", contrasting, 7],
]) {
  for (const [index, scheme] of ["light", "dark"].entries()) {
    describe(`${name}, ${scheme}`, () => {
      const ratio = (text, ground) => contrast(colours[text][index], groundOf(colours, ground, index));

      it(`has every text at ${least}:1 or more`, () => {
        const poor = PAIRS.map(([text, ground]) => [`${text} on ${ground}`, ratio(text, ground)]);
        assert.deepEqual(
          poor.filter(([, found]) => found < least),
          [],
        );
      });

      it("has a focus ring and borders of fields that can be seen", () => {
        for (const part of ["focus", "accent", "muted"]) assert.ok(ratio(part, "paper") >= 3, part);
      });
    });
  }
}

it("gives the high contrast theme every colour anew", () => {
  assert.deepEqual(Object.keys(contrasting), Object.keys(ordinary));
});

/** {name: [light, dark]}, each [red, green, blue, opacity]. */
function palette(block) {
  const found = block.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)/g);
  return Object.fromEntries([...found].map(([, name, light, dark]) => [name, [rgba(light), rgba(dark)]]));
}

function rgba(hex) {
  const parts = hex
    .slice(1)
    .match(/../g)
    .map((part) => Number.parseInt(part, 16));
  return [...parts.slice(0, 3), (parts[3] ?? 255) / 255];
}

function groundOf(colours, names, index) {
  return names
    .split("+")
    .map((name) => colours[name][index])
    .reduce(over);
}

function over(below, [red, green, blue, opacity]) {
  return [red, green, blue].map((part, at) => part * opacity + below[at] * (1 - opacity));
}

/** As WCAG 2.2 defines the contrast ratio and the relative luminance. */
function contrast(one, other) {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = colour.slice(0, 3).map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
