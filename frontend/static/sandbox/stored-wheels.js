/**
 * Wheels of our own runtime are zips without compression: their files are put into Python's file system as they lie
 * in the bytes that arrived, without a copy. Pyodide's own way writes the wheel into a file, unpacks that with Python, and
 * reads its list of contents three times more.
 */

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const STORED = 0;

/** Have Pyodide take our way for the packages that `loadPackage` loads; what is no such zip goes its own way. */
export function unpackStoredWheels({ _api: api, FS }) {
  const loader = api.package_loader;
  const unpack = loader.unpack_buffer;
  const prefix = api.sys.prefix.replace(/\/$/, "");
  const callKwargs = (given) => {
    const members = given.metadata?.get?.("INSTALLER") === "pyodide.loadPackage" && storedMembers(given.buffer);
    if (!members) return unpack.callKwargs(given);
    return install(FS, members, { root: given.extract_dir, prefix, metadata: given.metadata });
  };
  api.package_loader = {
    get_install_dir: (folder) => loader.get_install_dir(folder),
    unpack_buffer: { callKwargs },
  };
}

/** The files of a zip as [name, bytes] in its order; null when one is compressed, or it is no zip. */
export function storedMembers(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Our zips have no comment: the end of the list is the end of the file.
  const end = bytes.length - END_BYTES;
  if (end < 0 || view.getUint32(end, true) !== END) return null;
  const members = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY || view.getUint16(at + 10, true) !== STORED)
      return null;
    const size = view.getUint32(at + 24, true);
    const nameBytes = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes));
    const local = view.getUint32(at + 42, true);
    const start = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (start + size > end || name.startsWith("/") || name.split("/").includes("..")) return null;
    members.push([name, bytes.subarray(start, start + size)]);
    at += ENTRY_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return members;
}

/** Returns the paths of the libraries among the files. */
function install(FS, members, { root, prefix, metadata }) {
  const folders = new Set();
  const write = (path, content) => {
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (!folders.has(folder)) FS.mkdirTree(folder);
    folders.add(folder);
    FS.writeFile(path, content, { canOwn: true });
  };
  const libraries = [];
  for (const [name, content] of members) {
    if (name.endsWith("/")) continue;
    write(`${root}/${name}`, content);
    // Data files stand where Python was installed, too.
    const data = name.match(/^[^/]+\.data\/data\/(.+)$/);
    if (data) write(`${prefix}/${data[1]}`, content.slice());
    if (name.endsWith(".so")) libraries.push(`${root}/${name}`);
    const about = name.match(/^([^/]+\.dist-info)\/METADATA$/);
    if (about) for (const [key, text] of metadata) write(`${root}/${about[1]}/${key}`, new TextEncoder().encode(text));
  }
  return libraries;
}
