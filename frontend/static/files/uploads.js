/** Files that a person chose or dropped, as `{path, file}`; a dropped folder keeps its folders. */

// A browser hands over the entries of a folder in portions of this many at most.
const MOST_FILES = 1_000;

/** @param {FileList} list of an <input type="file"> */
export function chosenFiles(list) {
  return [...list].map((file) => ({ path: file.name, file }));
}

/**
 * What was dropped. Call it while the drop event is handled: the browser empties `transfer` afterwards.
 * @param {DataTransfer} transfer
 */
export async function droppedFiles(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return chosenFiles(transfer.files);
  const found = [];
  for (const entry of entries) await walk(entry, "", found);
  return found;
}

async function walk(entry, folder, found) {
  if (found.length >= MOST_FILES) return;
  const path = folder + entry.name;
  if (entry.isFile) {
    found.push({ path, file: await new Promise((resolve, reject) => entry.file(resolve, reject)) });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const portion = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!portion.length) return;
    for (const inner of portion) await walk(inner, `${path}/`, found);
  }
}
