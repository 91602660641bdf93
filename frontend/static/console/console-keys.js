import { isEndOfInput } from "./input-bar.js";

/**
 * The habits of a terminal, in the console's text: what is typed there goes to the input line, Ctrl+C stops, Ctrl+D
 * ends the input.
 *
 * `bar` is the InputBar; `interrupt()` stops the program.
 */
export function wireConsoleKeys({ log, bar, interrupt }) {
  log.addEventListener("keydown", (event) => {
    if (isInterrupt(event)) {
      if (getSelection().isCollapsed) interrupt();
    } else if (!bar.isOpen) {
      return;
    } else if (isEndOfInput(event)) {
      event.preventDefault();
      bar.end();
    } else if (event.target === log && isTyping(event)) {
      // The key itself then arrives there.
      bar.field.focus();
    }
  });
  log.addEventListener("paste", (event) => {
    if (!bar.isOpen) return;
    event.preventDefault();
    bar.field.focus();
    const text = event.clipboardData.getData("text/plain");
    if (!bar.paste(text)) bar.field.setRangeText(text, bar.field.selectionStart, bar.field.selectionEnd, "end");
  });
  bar.field.addEventListener("keydown", (event) => {
    if (isInterrupt(event) && bar.field.selectionStart === bar.field.selectionEnd) interrupt();
  });
}

function isInterrupt({ ctrlKey, shiftKey, altKey, metaKey, key }) {
  return ctrlKey && key.toLowerCase() === "c" && !shiftKey && !altKey && !metaKey;
}

function isTyping({ key, ctrlKey, altKey, metaKey }) {
  if (ctrlKey || altKey || metaKey) return false;
  return [...key].length === 1 || key === "Enter" || key === "Backspace" || key === "Process";
}
