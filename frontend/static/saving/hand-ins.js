import { openDeviceStore } from "./device-store.js";

/**
 * Something that was handed in on this device, until the server has answered.
 * @typedef {object} HandInRecord
 * @property {string} user id of the person who handed it in: nobody else's page sends it
 * @property {string} project id
 * @property {string} key the server answers it once, however often it comes
 * @property {string} title of the exercise
 * @property {string} page address of its page
 * @property {string} url address that it goes to
 * @property {import("./content.js").WireFile[]} files the text that was handed in
 * @property {number | null} revision that holds these files; null: not stored yet
 * @property {string} code_hash of them
 * @property {object[] | null} results as the server takes them; null: the tests could not be run
 * @property {string} client_at when it was handed in by this device's clock, ISO 8601
 * @property {string} runtime_version
 */

/**
 * Open what waits to be handed in from this browser.
 * @param {{indexedDB: IDBFactory | undefined}} options
 * @returns {Promise<import("./device-store.js").DeviceStore>} rejected with a `DraftsError` where there is no storage
 */
export function openHandIns({ indexedDB }) {
  return openDeviceStore({ indexedDB, database: "codeplatform-hand-ins", store: "hand-ins", id: "key" });
}
