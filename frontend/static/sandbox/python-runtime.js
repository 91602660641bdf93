/**
 * Starts CPython from parts that are already here: nothing of the runtime is fetched by the worker itself.
 */

import { shortenSymbolSearch } from "./dynamic-linking.js";
import { unpackStoredWheels } from "./stored-wheels.js";

// Never resolved: requests below this address are answered from the parts, or asked of the page.
const BASE_URL = "https://runtime.invalid/";

const STACK_LIMIT_BYTES = 262_144;

/**
 * Boot Pyodide; from the memory snapshot when there is one, without it when it cannot be restored.
 *
 * `requestAsset(name)` resolves to the bytes of a package file. Returns the Pyodide API and whether the snapshot was
 * used.
 */
export async function bootPython(parts, requestAsset) {
  answerFetches(parts, requestAsset);
  limitMemory(parts.memoryLimitBytes);
  const { loadPyodide } = await importText(parts.pyodide);
  const { default: createPyodideModule } = await importText(parts.pyodideAsm);
  const boot = (snapshot) =>
    withCompiledModule(parts.module, () =>
      loadPyodide({
        indexURL: BASE_URL,
        packageBaseUrl: BASE_URL,
        lockFileContents: parts.lock,
        createPyodideModule,
        checkAPIVersion: false,
        _loadSnapshot: snapshot,
      }),
    );
  const booted = await bootOneWay(boot, parts.snapshot);
  protectStack(booted.python._module);
  shortenSymbolSearch(booted.python._module);
  unpackStoredWheels(booted.python);
  return booted;
}

async function bootOneWay(boot, snapshot) {
  if (!snapshot) return { python: await boot(undefined), restored: false };
  try {
    return { python: await boot(snapshot), restored: true };
  } catch (error) {
    return { python: await boot(undefined), restored: false, reason: String(error) };
  }
}

/**
 * Let Python raise RecursionError before the browser's own stack ends, which would end the runtime with it.
 * Browsers give a worker about 1 MB; recursion through C (`__repr__`, `__eq__`, `lru_cache`, `sorted`) overflows it
 * when Python's own stack holds 320 kB or more (docs/decisions/0006-stack-limit.md).
 */
function protectStack(module) {
  const top = module._emscripten_stack_get_base();
  const thread = module._PyThreadState_Get();
  module._PyUnstable_ThreadState_SetStackProtection(thread, top - STACK_LIMIT_BYTES, STACK_LIMIT_BYTES);
}

/** Fetches below BASE_URL are ours; all others are the program's own and go to the network as they are. */
function answerFetches(parts, requestAsset) {
  const network = self.fetch.bind(self);
  self.fetch = async (resource, options) => {
    const url = String(resource?.url ?? resource);
    if (!url.startsWith(BASE_URL)) return network(resource, options);
    const name = url.slice(BASE_URL.length);
    if (name === "python_stdlib.zip") return new Response(parts.stdlib);
    if (name === "pyodide.asm.wasm") return new Response(null);
    return new Response(await requestAsset(name));
  };
}

/**
 * Past the limit WebAssembly memory does not grow, and Python raises MemoryError instead of taking the device down
 * with it: an unbounded list otherwise reaches 4 GB.
 */
function limitMemory(limitBytes) {
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function growWithin(pages) {
    if (this.buffer.byteLength + pages * 65_536 > limitBytes) throw new RangeError("memory limit");
    return grow.call(this, pages);
  };
}

async function withCompiledModule(module, boot) {
  const original = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (_, imports) => ({
    module,
    instance: await WebAssembly.instantiate(module, imports),
  });
  try {
    return await boot();
  } finally {
    WebAssembly.instantiateStreaming = original;
  }
}

async function importText(source) {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}
