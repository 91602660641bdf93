/**
 * Keeps choices about the look of the page in this browser; pages/appearance.js reads and applies them at the next opening.
 *
 * @param {{theme?: string, size?: string, console?: string, files?: string, filesWidth?: number,
 *   task?: string, taskWidth?: number, rightShare?: number, belowShare?: number, presentedSize?: number}} choices `undefined` forgets one
 */
export function keepChoices(choices) {
  try {
    localStorage.setItem("appearance", JSON.stringify({ ...kept(), ...choices }));
  } catch {
    // Without storage (a private window, a full disk) a choice lasts as long as the page.
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem("appearance"));
  } catch {
    return {};
  }
}
