/**
 * The hints of an exercise, given one by one.
 *
 * `elements` are {section, list, button}; `shown` is how many were given before; `onHint(count)` hears of each.
 */
export function wireHints({ elements: { section, list, button }, hints, shown, onHint }) {
  section.hidden = hints.length === 0;
  let count = 0;

  function show() {
    const item = document.createElement("li");
    item.textContent = hints[count];
    item.tabIndex = -1;
    list.append(item);
    count += 1;
    const left = hints.length - count;
    button.hidden = left === 0;
    button.textContent = `${count === 0 ? "Show a hint" : "Show another hint"} (${left} left)`;
    return item;
  }

  button.textContent = `Show a hint (${hints.length})`;
  while (count < Math.min(shown, hints.length)) show();
  button.addEventListener("click", () => {
    // The keyboard goes to what is new: the button may be gone.
    show().focus();
    onHint(count);
  });
}
