// Long enough for a screen reader to have taken it.
const KEPT_MS = 10_000;

/**
 * A function that has a sentence read out by way of `region`, a polite live region. Each sentence is an element of its own,
 * so that the same one is read again, and none replaces the one before.
 */
export function speakIn(region) {
  return (sentence) => {
    const element = document.createElement("p");
    element.textContent = sentence;
    region.append(element);
    setTimeout(() => element.remove(), KEPT_MS);
  };
}

const awaited = new WeakSet();

/** Reads out what `status` says once it no longer says that it is `busy`; once, however often it is asked for meanwhile. */
export function speakWhenSettled(status, busy, speak) {
  const isSettled = () => status.textContent !== busy;
  if (isSettled()) return speak(status.textContent);
  if (awaited.has(status)) return;
  awaited.add(status);
  const observer = new MutationObserver(() => {
    if (!isSettled()) return;
    observer.disconnect();
    awaited.delete(status);
    speak(status.textContent);
  });
  observer.observe(status, { childList: true, characterData: true, subtree: true });
}
