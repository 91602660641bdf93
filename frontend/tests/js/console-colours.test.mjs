import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { luminanceOf, ratio, readableOn, readableOnPaper } from "../../static/console/contrast.js";
import { StyleState } from "../../static/console/text-style.js";

const AA = 4.5;
const css = (name) => readFileSync(new URL(`../../static/css/${name}`, import.meta.url), "utf8");

/** The [light, dark] luminances of a custom property. */
function both(name) {
  const source = css("console-colours.css") + css("base.css");
  const [, light, dark] = source.match(new RegExp(`${name}: light-dark\\(#(\\w{6}), #(\\w{6})\\)`));
  return [light, dark].map((colour) => luminanceOf(Number.parseInt(colour, 16)));
}

const numbers = Array.from({ length: 16 }, (_, number) => number);
const INKS = ["--ink", "--muted", "--danger", "--accent-strong", ...numbers.map((number) => `--ink-${number}`)];
const PAPERS = numbers.map((number) => `--paper-${number}`);

test("each of the sixteen colours can be read on the paper and on each other's background", () => {
  for (const ink of INKS) {
    for (const paper of ["--paper", ...(ink.startsWith("--ink") ? PAPERS : [])]) {
      for (const theme of [0, 1]) {
        const found = ratio(both(ink)[theme], both(paper)[theme]);
        assert.ok(found >= AA, `${ink} on ${paper} in theme ${theme}: ${found.toFixed(2)}`);
      }
    }
  }
});

test("in high contrast they have a contrast of seven", () => {
  const mix = (colour, end, share) =>
    [16, 8, 0].reduce((mixed, shift) => {
      const [from, to] = [colour, end].map((whole) => (whole >> shift) & 255);
      return mixed | (Math.round(from * share + to * (1 - share)) << shift);
    }, 0);
  const source = css("console-colours.css");
  for (const [theme, ink, paper] of [
    [1, 0x000000, 0xffffff],
    [2, 0xffffff, 0x000000],
  ]) {
    for (const number of numbers) {
      const asked = source.match(new RegExp(`--ink-${number}: light-dark\\(#(\\w{6}), #(\\w{6})\\)`))[theme];
      const mixed = mix(Number.parseInt(asked, 16), ink, 0.5);
      assert.ok(ratio(luminanceOf(mixed), luminanceOf(paper)) >= 7, `ink ${number}`);
    }
    for (const behind of [0x000000, 0xffffff, 0xff0000, 0x00ff00, 0x0000ff]) {
      assert.ok(ratio(luminanceOf(mix(behind, paper, 0.25)), luminanceOf(ink)) >= 7);
    }
  }
});

const luminanceOfCss = (text) => {
  const [red, green, blue] = text.match(/\d+/g).map(Number);
  return luminanceOf((red << 16) | (green << 8) | blue);
};

test("any other colour is brought near enough to be read, and not farther", () => {
  const colours = [0x000000, 0xffffff, 0xffff00, 0x0000ff, 0x00ff00, 0x7f7f7f, 0xff0000, 0x123456];
  for (const colour of colours) {
    const [light, dark] = readableOnPaper(colour)
      .match(/rgb\([^)]*\)/g)
      .map(luminanceOfCss);
    for (const paper of ["--paper", ...PAPERS]) {
      const [lightPaper, darkPaper] = both(paper);
      assert.ok(ratio(light, lightPaper) >= AA && ratio(dark, darkPaper) >= AA, `${colour.toString(16)} on ${paper}`);
    }
    for (const behind of colours) {
      assert.ok(ratio(luminanceOfCss(readableOn(behind, colour)), luminanceOf(behind)) >= AA);
      assert.ok(ratio(luminanceOfCss(readableOn(behind, null)), luminanceOf(behind)) >= AA);
    }
  }
  assert.equal(readableOn(0x000000, 0xffff00), "rgb(255 255 0)");
});

test("256 colours are xterm's", () => {
  const paperOf = (index) => {
    const state = new StyleState("out");
    state.apply(`48;5;${index}`);
    return state.style.properties["--paper-asked"] ?? state.style.className;
  };
  assert.equal(paperOf(16), "rgb(0 0 0)");
  assert.equal(paperOf(208), "rgb(255 135 0)");
  assert.equal(paperOf(231), "rgb(255 255 255)");
  assert.equal(paperOf(232), "rgb(8 8 8)");
  assert.equal(paperOf(255), "rgb(238 238 238)");
  assert.equal(paperOf(9), "out papered paper-9");
});

test("true colours are understood in each way of writing them", () => {
  for (const parameters of ["48;2;1;2;3", "48:2:1:2:3", "48:2::1:2:3", "1;48;2;1;2;3;22"]) {
    const state = new StyleState("out");
    state.apply(parameters);
    assert.equal(state.style.properties["--paper-asked"], "rgb(1 2 3)", parameters);
  }
});

test("thousands of colours do not fill the memory, nor lose the present one", () => {
  const state = new StyleState("out");
  for (let colour = 0; colour < 50_000; colour += 1) state.apply(`38;2;${colour & 255};${colour >> 8};0`);
  assert.ok(state.looks.size <= 1_001);
  state.apply("1");
  assert.equal(state.style.className, "out bold inked");
});
