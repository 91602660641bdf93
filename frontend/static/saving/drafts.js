import { openDeviceStore } from "./device-store.js";

export { DraftsError } from "./device-store.js";

/**
 * What one tab has not yet seen acknowledged, kept in this browser.
 * @typedef {object} Draft
 * @property {string} user id of the person who typed it: nobody else is shown it, nobody else saves it
 * @property {string} project id
 * @property {string} tab id of the tab that writes it
 * @property {string} [url] address of the save; without it, that of the project
 * @property {number} base revision that the tab rests on
 * @property {import("./content.js").FileChange[]} changes what turns `base`, with or without `pending`, into the text
 * @property {{key: string, base: number, changes: import("./content.js").FileChange[]} | null} pending the save that
 *   was sent, or was about to be, and is not answered
 * @property {number} updated_at milliseconds since 1970
 */

/**
 * Open the drafts of this browser.
 * @param {{indexedDB: IDBFactory | undefined}} options
 * @returns {Promise<import("./device-store.js").DeviceStore>} rejected with a `DraftsError` where there is no storage
 */
export function openDrafts({ indexedDB }) {
  return openDeviceStore({ indexedDB, database: "codeplatform", store: "drafts", id: "tab" });
}
