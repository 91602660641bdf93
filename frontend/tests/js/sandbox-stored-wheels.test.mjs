import assert from "node:assert/strict";
import { test } from "node:test";
import { storedMembers, unpackStoredWheels } from "../../static/sandbox/stored-wheels.js";

/** A zip of [name, text] pairs, none of them compressed; `method` says otherwise. */
function zip(files, method = 0) {
  const encoder = new TextEncoder();
  const parts = [];
  const list = [];
  let offset = 0;
  for (const [name, text] of files) {
    const content = encoder.encode(text);
    const path = encoder.encode(name);
    const local = new DataView(new ArrayBuffer(30));
    local.setUint32(0, 0x04034b50, true);
    local.setUint16(26, path.length, true);
    const entry = new DataView(new ArrayBuffer(46));
    entry.setUint32(0, 0x02014b50, true);
    entry.setUint16(10, method, true);
    entry.setUint32(24, content.length, true);
    entry.setUint16(28, path.length, true);
    entry.setUint32(42, offset, true);
    parts.push(new Uint8Array(local.buffer), path, content);
    list.push(new Uint8Array(entry.buffer), path);
    offset += 30 + path.length + content.length;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(10, files.length, true);
  end.setUint32(16, offset, true);
  return Buffer.concat([...parts, ...list, new Uint8Array(end.buffer)]);
}

const texts = (members) => members.map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]);

test("files come out as they went in", () => {
  const files = [
    ["a/b.py", "print('ö')"],
    ["empty.txt", ""],
  ];
  assert.deepEqual(texts(storedMembers(zip(files))), files);
});

test("what is compressed, cut off, no zip, or leads elsewhere is refused", () => {
  const whole = zip([["a.py", "1"]]);
  for (const bytes of [
    zip([["a.py", "1"]], 8),
    zip([["../a.py", "1"]]),
    zip([["/etc/a.py", "1"]]),
    whole.subarray(0, -1),
    whole.subarray(5),
    new Uint8Array(0),
    new Uint8Array(100),
  ]) {
    assert.equal(storedMembers(bytes), null);
  }
});

/** Python as far as packages are unpacked in it: the files written, and what was left to Pyodide. */
function fakePython() {
  const python = { written: {}, left: [] };
  python.FS = {
    mkdirTree() {},
    writeFile(path, bytes) {
      python.written[path] = new TextDecoder().decode(bytes);
    },
  };
  python._api = {
    sys: { prefix: "/" },
    package_loader: {
      get_install_dir: (folder) => `/packages/${folder}`,
      unpack_buffer: { callKwargs: (given) => python.left.push(given.filename) },
    },
  };
  unpackStoredWheels(python);
  python.unpack = (filename, buffer, installer = "pyodide.loadPackage") =>
    python._api.package_loader.unpack_buffer.callKwargs({
      buffer,
      filename,
      extract_dir: "/packages",
      metadata: new Map([["INSTALLER", installer]]),
    });
  return python;
}

test("a wheel is installed with its libraries, its data and who installed it", () => {
  const python = fakePython();
  const wheel = zip([
    ["six.py", "x = 6"],
    ["six/fast.so", "wasm"],
    ["six-1.data/data/share/six.1", "manual"],
    ["six-1.dist-info/METADATA", "Name: six"],
  ]);
  assert.deepEqual(python.unpack("six.whl", wheel), ["/packages/six/fast.so"]);
  assert.deepEqual(python.written, {
    "/packages/six.py": "x = 6",
    "/packages/six/fast.so": "wasm",
    "/packages/six-1.data/data/share/six.1": "manual",
    "/share/six.1": "manual",
    "/packages/six-1.dist-info/METADATA": "Name: six",
    "/packages/six-1.dist-info/INSTALLER": "pyodide.loadPackage",
  });
  assert.equal(python._api.package_loader.get_install_dir("site"), "/packages/site");
});

test("what is not ours is unpacked as Pyodide does it", () => {
  const python = fakePython();
  python.unpack("deflated.whl", zip([["a.py", "1"]], 8));
  python.unpack("program.zip", zip([["a.py", "1"]]), "pyodide.unpackArchive");
  assert.deepEqual([python.left, python.written], [["deflated.whl", "program.zip"], {}]);
});
