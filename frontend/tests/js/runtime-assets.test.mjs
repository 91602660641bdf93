import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";

import { importedNames } from "../../static/runner/imported-names.js";
import { RuntimeAssets } from "../../static/runner/runtime-assets.js";

const RUNTIME = {
  base: "/runtime/1/",
  core: { "a.bin": { size: 3, sha256: "aa" }, "b.bin": { size: 3, sha256: "bb" } },
  package_bytes: { "pandas.whl": 3, "numpy.whl": 3 },
};
const LOCK = {
  packages: {
    pandas: { file_name: "pandas.whl", sha256: "pp", imports: ["pandas"], depends: ["numpy", "missing"] },
    numpy: { file_name: "numpy.whl", sha256: "nn", imports: ["numpy"], depends: [] },
    sympy: { file_name: "sympy.whl", sha256: "ss", imports: ["sympy"], depends: [] },
  },
};

let requested;
let answer;

beforeEach(() => {
  requested = [];
  answer = () => new Response(new Uint8Array([1, 2, 3]));
  mock.method(globalThis, "fetch", async (url, options) => {
    requested.push(url);
    return answer(url, options, requested.length);
  });
  mock.timers.enable({ apis: ["setTimeout"] });
});

afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

/** Let promises go on, and time with them, until `done` is settled. */
async function passing(done, stepMs) {
  let isSettled = false;
  done.then(
    () => (isSettled = true),
    () => (isSettled = true),
  );
  for (let step = 0; step < 500 && !isSettled; step += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(stepMs);
  }
  return done;
}

describe("a download", () => {
  it("arrives after three failures", async () => {
    answer = (_, __, count) => {
      if (count < 4) throw new TypeError("network");
      return new Response(new Uint8Array([1, 2, 3]));
    };
    const bytes = await passing(new RuntimeAssets(RUNTIME).bytes("a.bin"), 500);
    assert.deepEqual([...new Uint8Array(bytes)], [1, 2, 3]);
    assert.equal(requested.length, 4);
  });

  it("is given up after the third repetition, with its name and the reason", async () => {
    answer = () => new Response("", { status: 503 });
    await assert.rejects(
      passing(new RuntimeAssets(RUNTIME).bytes("a.bin"), 500),
      /^Error: a.bin could not be loaded: the server answered 503$/,
    );
    assert.equal(requested.length, 4);
  });

  it("is not asked for again where it is not there", async () => {
    answer = () => new Response("", { status: 404 });
    await assert.rejects(new RuntimeAssets(RUNTIME).bytes("a.bin"), /the server answered 404/);
    assert.equal(requested.length, 1);
  });

  it("that brings nothing more is ended and tried again", async () => {
    answer = (_, { signal }, count) => {
      if (count > 1) return new Response(new Uint8Array([1, 2, 3]));
      const stuck = new ReadableStream({
        start(controller) {
          controller.enqueue(new Uint8Array([1]));
          signal.addEventListener("abort", () => controller.error(signal.reason));
        },
      });
      return new Response(stuck);
    };
    const bytes = await passing(new RuntimeAssets(RUNTIME).bytes("a.bin"), 1000);
    assert.equal(bytes.byteLength, 3);
    assert.equal(requested.length, 2);
  });

  it("cut short counts as failed", async () => {
    answer = (_, __, count) => new Response(new Uint8Array(count === 1 ? 2 : 3));
    assert.equal((await passing(new RuntimeAssets(RUNTIME).bytes("a.bin"), 500)).byteLength, 3);
    assert.equal(requested.length, 2);
  });

  it("is shared by all who ask while it is on its way", async () => {
    const assets = new RuntimeAssets(RUNTIME);
    const both = await Promise.all([assets.bytes("a.bin"), assets.bytes("a.bin")]);
    assert.deepEqual(
      both.map(({ byteLength }) => byteLength),
      [3, 3],
    );
    assert.equal(requested.length, 1);
  });

  it("tells its progress from nothing to all, each time anew", async () => {
    const told = [];
    const assets = new RuntimeAssets(RUNTIME, (progress) => told.push(progress));
    await assets.bytes("a.bin");
    await assets.bytes("b.bin");
    assert.deepEqual(told, [
      { loaded: 3, total: 3 },
      { loaded: 3, total: 3 },
    ]);
  });
});

describe("downloading ahead", () => {
  it("brings a package and what it depends on, and nothing else", async () => {
    const assets = new RuntimeAssets(RUNTIME);
    assets.addPackages(LOCK);
    assert.equal(await assets.prefetch(new Set(["pandas", "os", "unknown"])), true);
    assert.deepEqual(requested.sort(), ["/runtime/1/numpy.whl", "/runtime/1/pandas.whl"]);
  });

  it("never rejects, and says that something is missing", async () => {
    const assets = new RuntimeAssets(RUNTIME);
    assets.addPackages(LOCK);
    answer = () => new Response("", { status: 500 });
    assert.equal(await passing(assets.prefetch(new Set(["numpy"])), 500), false);
  });
});

describe("the imports of a text", () => {
  it("are found wherever a statement may stand", () => {
    const source = `
import os, numpy as np  # pandas
from matplotlib.pyplot import plot
try:
    import sympy.abc
except ImportError:
	from PIL import Image; x = 1
important = "import"
from . import own
from größe import x
`;
    assert.deepEqual([...importedNames(source)].sort(), ["PIL", "größe", "matplotlib", "numpy", "os", "sympy"]);
  });

  it("take no time on hostile text", () => {
    const began = performance.now();
    importedNames(`import ${" ".repeat(200_000)}`);
    importedNames("import a,".repeat(20_000));
    importedNames(" \t".repeat(100_000));
    assert.ok(performance.now() - began < 2000);
  });
});
