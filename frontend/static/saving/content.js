import { base64ToBytes, bytesToBase64 } from "./encoding.js";

/**
 * What a file holds. The bytes of one `Uint8Array` never change: another content is another array.
 * @typedef {{text: string} | {bytes: Uint8Array}} FileContent
 *
 * A file as the server and the drafts write it.
 * @typedef {{path: string, text: string} | {path: string, base64: string}} WireFile
 *
 * A file that differs: its new content, or that it is gone.
 * @typedef {WireFile | {path: string, deleted: true}} FileChange
 */

const base64Of = new WeakMap();

/** A path as the server keeps it: two spellings of one accent are one file. */
export const canonical = (path) => path.normalize("NFC");

/** The content that a wire file carries. @param {WireFile} file @returns {FileContent} */
export function contentOf(file) {
  if (typeof file.text === "string") return { text: file.text };
  const bytes = base64ToBytes(file.base64);
  base64Of.set(bytes, file.base64);
  return { bytes };
}

/** @param {string} path @param {FileContent} content @returns {WireFile} */
export function toWire(path, content) {
  if (!content.bytes) return { path, text: content.text };
  // A draft is written several times a second: an unchanged picture is encoded once.
  if (!base64Of.has(content.bytes)) base64Of.set(content.bytes, bytesToBase64(content.bytes));
  return { path, base64: base64Of.get(content.bytes) };
}

/** @param {WireFile[]} files @returns {Map<string, FileContent>} */
export function toMap(files) {
  return new Map(files.map((file) => [file.path, contentOf(file)]));
}

/** @param {Map<string, FileContent>} files @returns {WireFile[]} */
export function toList(files) {
  return [...files].map(([path, content]) => toWire(path, content));
}

/** Whether two contents are the same bytes: the server may answer with text what was sent as bytes. */
export function sameContent(one, other) {
  if (one === other) return true;
  if (!one || !other) return false;
  if (!one.bytes && !other.bytes) return one.text === other.text;
  if (one.bytes === other.bytes) return true;
  const [a, b] = [one, other].map((content) => content.bytes ?? new TextEncoder().encode(content.text));
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** Whether two projects hold the same files with the same bytes. */
export function sameFiles(one, other) {
  return one.size === other.size && [...one].every(([path, content]) => sameContent(content, other.get(path)));
}

/**
 * The changes that turn `from` into `to`. Each of `alsoPaths` is listed even if it is the same in both, so that the
 * changes also turn into `to` a state that differs from `from` in those paths.
 * @returns {FileChange[]}
 */
export function diff(from, to, alsoPaths = []) {
  const always = new Set(alsoPaths);
  const paths = [...new Set([...from.keys(), ...to.keys(), ...always])];
  return paths
    .filter((path) => always.has(path) || !sameContent(from.get(path), to.get(path)))
    .map((path) => (to.has(path) ? toWire(path, to.get(path)) : { path, deleted: true }));
}

/** The changes that are not among those already `stored`. @param {FileChange[]} changes @param {FileChange[]} stored */
export function remaining(changes, stored) {
  const known = new Map(stored.map((change) => [change.path, change]));
  return changes.filter((change) => !sameChange(change, known.get(change.path)));
}

function sameChange(one, other) {
  return other !== undefined && ["deleted", "text", "base64"].every((key) => one[key] === other[key]);
}

/** A new map: `files` with `changes` applied. @param {FileChange[]} changes */
export function overlay(files, changes) {
  const result = new Map(files);
  for (const change of changes) {
    if (change.deleted) result.delete(change.path);
    else result.set(change.path, contentOf(change));
  }
  return result;
}
