import { gettext } from "../language/gettext.js";
import { readMessage } from "./protocol.js";

const CONNECT_TIMEOUT_MS = 30_000;

/**
 * A port to the sandbox frame. `onMessage` hears checked messages only.
 *
 * Resolves to {send(order, transfer), close()}; rejects when the frame does not come up.
 */
export function connectFrame(frame, url, onMessage) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => {
      removeEventListener("message", connect);
      reject(
        new Error(
          gettext("The Python sandbox did not open. Reload the page; if that does not help, ask your teacher."),
        ),
      );
    }, CONNECT_TIMEOUT_MS);
    function connect({ source, data }) {
      if (source !== frame.contentWindow || data?.type !== "up") return;
      clearTimeout(timer);
      removeEventListener("message", connect);
      port1.onmessage = ({ data: message }) => {
        const read = readMessage(message);
        if (read) onMessage(read);
      };
      // The frame's origin is opaque: there is no narrower target to name than the window itself.
      frame.contentWindow.postMessage({ type: "connect" }, "*", [port2]);
      resolve({ send: (order, transfer = []) => port1.postMessage(order, transfer), close: () => port1.close() });
    }
    addEventListener("message", connect);
    // Where the browser knows it, the embedder policy under which a failed fetch tells more (decision 7).
    frame.src = "credentialless" in HTMLIFrameElement.prototype ? `${url}?embedder=credentialless` : url;
  });
}
