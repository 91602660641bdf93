import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { shortenSymbolSearch } from "../../static/sandbox/dynamic-linking.js";
import { Packages } from "../../static/sandbox/packages.js";
import { calm } from "./runner-fakes.mjs";

const entry = (imports, depends = []) => ({ package_type: "package", imports, depends });
const LOCK = {
  packages: {
    pandas: entry(["pandas"], ["numpy", "python-dateutil"]),
    "python-dateutil": entry(["dateutil"], ["six"]),
    six: entry(["six"]),
    numpy: entry(["numpy"]),
    pillow: entry(["PIL"]),
  },
};

/** Python as the loader sees it: `orders` it was given, each done when the test says so. */
class FakePython {
  loadedPackages = {};
  orders = [];
  fails = new Set();

  async loadPackage(names, { errorCallback }) {
    this.orders.push(names.join());
    await new Promise((resolve) => {
      this.finish = resolve;
    });
    for (const name of names) {
      if (this.fails.has(name)) errorCallback(`no ${name}`);
      else this.loadedPackages[name] = "default channel";
    }
  }
}

let python;
let packages;

beforeEach(() => {
  python = new FakePython();
  packages = new Packages(python, LOCK);
});

async function finishAll() {
  for (let count = 0; count < 10; count += 1) {
    python.finish?.();
    await calm();
  }
}

test("modules know their packages", () => {
  assert.deepEqual(packages.ofImport, {
    pandas: "pandas",
    dateutil: "python-dateutil",
    six: "six",
    numpy: "numpy",
    PIL: "pillow",
  });
});

test("a package comes after what it needs, and what is no package is left out", async () => {
  packages.loadAhead(["os", "constructor", "pandas"]);
  await finishAll();
  assert.deepEqual(python.orders, ["numpy", "six", "python-dateutil", "pandas"]);
});

test("a run waits for the package that is being loaded, and no further one is begun ahead", async () => {
  packages.loadAhead(["pandas"]);
  await calm();
  let isLoaded = false;
  packages.load(["pillow"]).then(() => {
    isLoaded = true;
  });
  await calm();
  assert.deepEqual([python.orders, isLoaded], [["numpy"], false]);
  await finishAll();
  assert.deepEqual([python.orders, isLoaded], [["numpy", "pillow"], true]);
});

test("a run that needs nothing begins at once where nothing is under way", async () => {
  assert.deepEqual(await packages.load([]), []);
  assert.deepEqual(python.orders, []);
});

test("what cannot be loaded ahead is told to the run that needs it", async () => {
  python.fails.add("numpy");
  packages.loadAhead(["numpy"]);
  await finishAll();
  const loading = packages.load(["numpy"]);
  await calm();
  python.finish();
  assert.deepEqual(await loading, ["no numpy"]);
});

test("the linker finds every symbol, and looks through those without an address only", () => {
  const module = {
    GOT: { done: { value: 8 }, absent: { value: 0 }, waiting: { value: -1 } },
    _emscripten_dlopen_promise: (...given) => given.length,
  };
  shortenSymbolSearch(module);
  assert.equal(module._emscripten_dlopen_promise(1, 2), 2);
  assert.deepEqual(Object.keys(module.GOT), ["waiting"]);
  assert.deepEqual(
    [module.GOT.done.value, module.GOT.absent.value, module.GOT.toString],
    [8, 0, Object.prototype.toString],
  );
  module.GOT.waiting.value = 16;
  module._emscripten_dlopen_promise(1, 2);
  assert.deepEqual([Object.keys(module.GOT), module.GOT.waiting.value], [[], 16]);
});
