import { gettext } from "../language/gettext.js";

/** What a phone's keyboard hides or lacks; `type` is typed, `press` is a command of the editor. */
const KEYS = [
  { label: "Tab", name: "Tab", press: "indent" },
  { label: "(", name: gettext("Opening round bracket"), type: "(" },
  { label: ")", name: gettext("Closing round bracket"), type: ")" },
  { label: "[", name: gettext("Opening square bracket"), type: "[" },
  { label: "]", name: gettext("Closing square bracket"), type: "]" },
  { label: "{", name: gettext("Opening curly bracket"), type: "{" },
  { label: "}", name: gettext("Closing curly bracket"), type: "}" },
  { label: ":", name: gettext("Colon"), type: ":" },
  { label: "'", name: gettext("Single quote"), type: "'" },
  { label: '"', name: gettext("Double quote"), type: '"' },
  { label: "#", name: gettext("Hash"), type: "#" },
  { label: "=", name: gettext("Equals"), type: "=" },
  { label: "_", name: gettext("Underscore"), type: "_" },
  { label: "<", name: gettext("Less than"), type: "<" },
  { label: ">", name: gettext("Greater than"), type: ">" },
  { label: "↶", name: gettext("Undo"), press: "undo" },
  { label: "↷", name: gettext("Redo"), press: "redo" },
  { label: "←", name: gettext("Move left"), press: "left" },
  { label: "→", name: gettext("Move right"), press: "right" },
];

/**
 * Fills `row` (a toolbar) with keys for `editor`. The editor keeps the focus, so that the keyboard below stays open; for a
 * keyboard that is plugged in, the row is one stop of Tab, and arrow keys lead along it.
 */
export function fillKeyRow(row, editor) {
  const buttons = KEYS.map(({ label, name, type, press }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = label;
    button.setAttribute("aria-label", name);
    button.tabIndex = -1;
    button.addEventListener("click", () => (type ? editor.type(type) : editor.press(press)));
    return button;
  });
  buttons[0].tabIndex = 0;
  row.replaceChildren(...buttons);
  row.addEventListener("mousedown", (event) => event.preventDefault());
  row.addEventListener("keydown", ({ key }) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const at = buttons.indexOf(document.activeElement);
    if (!step || at === -1) return;
    buttons[at].tabIndex = -1;
    const next = buttons.at((at + step) % buttons.length);
    next.tabIndex = 0;
    next.focus();
  });
}
