import { gettext } from "../language/gettext.js";

/** The page of a class: a button that ticks everybody, or nobody where everybody is ticked. */
const button = document.querySelector("#tick-all");
const boxes = [...document.querySelectorAll('input[name="students"]')];

function areAllTicked() {
  return boxes.every((box) => box.checked);
}

function nameButton() {
  button.textContent = areAllTicked() ? gettext("Tick none") : gettext("Tick all");
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const isTicked = !areAllTicked();
    for (const box of boxes) box.checked = isTicked;
    nameButton();
  });
  for (const box of boxes) box.addEventListener("change", nameButton);
}
