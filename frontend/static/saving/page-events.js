/**
 * Connect a saver to what happens to its page: hidden or closed, looked at again, back on the network.
 * @param {import("./saver.js").Saver} saver
 * @param {{window: Window, document: Document}} page
 * @returns {() => void} disconnects
 */
export function connectPage(saver, { window, document }) {
  const onVisibility = () => {
    if (document.visibilityState === "hidden") return saver.flush();
    saver.retryNow();
    saver.refresh();
  };
  const onHide = () => saver.flush();
  const onOnline = () => saver.retryNow();
  const onLeave = (event) => {
    // Before the next page is asked for: a large draft has time to be written.
    saver.flush();
    if (!saver.isSafeToLeave) event.preventDefault();
  };
  const listeners = [
    [document, "visibilitychange", onVisibility],
    [window, "pagehide", onHide],
    [window, "online", onOnline],
    [window, "beforeunload", onLeave],
  ];
  for (const [target, type, listener] of listeners) target.addEventListener(type, listener);
  return () => {
    for (const [target, type, listener] of listeners) target.removeEventListener(type, listener);
  };
}
