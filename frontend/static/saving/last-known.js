const PREFIX = "saved-revision:";

/**
 * The newest revision of a project that this tab knows to be on the server.
 *
 * A page that is reloaded while a save is on its way may be written by the server before the save, and hear of it after:
 * what the page then shows is older than what this tab saved. `storage` is the tab's (sessionStorage).
 */
export function rememberRevision(storage, project, revision) {
  try {
    storage().setItem(PREFIX + project, String(revision));
  } catch {
    // A browser that keeps nothing shows such a page as it came; the next save then asks which text to go on with.
  }
}

/** Whether the server had a newer revision than this one already when this tab last heard of it. */
export function isBehind(storage, project, revision) {
  try {
    return Number(storage().getItem(PREFIX + project)) > revision;
  } catch {
    return false;
  }
}
