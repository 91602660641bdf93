/**
 * Asks a question in a dialogue; resolves to the value of the button pressed, or null for Esc.
 *
 * @param {{title: string, text: string, choices: [value: string, words: string][]}} question the first choice is the
 *   one that Enter takes
 * @returns {Promise<string | null>}
 */
export function ask({ title, text, choices }) {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  const heading = document.createElement("h2");
  heading.textContent = title;
  heading.id = "ask-title";
  dialog.setAttribute("aria-labelledby", heading.id);
  const about = document.createElement("p");
  about.textContent = text;
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "row";
  for (const [index, [value, words]] of choices.entries()) {
    const button = document.createElement("button");
    button.value = value;
    button.className = index === 0 ? "" : "quiet";
    button.textContent = words;
    form.append(button);
  }
  dialog.append(heading, about, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue || null);
    });
  });
}
