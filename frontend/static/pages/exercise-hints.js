const LOST = "The hint could not be fetched. Try again.";

/**
 * The hints of an exercise, fetched one by one as the person asks for them.
 *
 * `elements` are {section, list, button}; `url` is the address that a hint's number, from 1, goes after; `count` how many
 * there are; `shown` how many were given before; `onHint(count)` hears of each.
 */
export async function wireHints({ elements: { section, list, button }, url, count, shown, onHint }) {
  section.hidden = count === 0;
  let given = 0;

  async function show() {
    const item = document.createElement("li");
    item.tabIndex = -1;
    item.textContent = await fetchHint(`${url}${given + 1}/`);
    list.append(item);
    given += 1;
    label();
    return item;
  }

  function label() {
    const left = count - given;
    button.hidden = left === 0;
    button.textContent = given === 0 ? `Show a hint (${left})` : `Show another hint (${left} left)`;
  }

  async function ask() {
    button.disabled = true;
    try {
      // The keyboard goes to what is new: the button may be gone.
      (await show()).focus();
      onHint(given);
      button.disabled = false;
    } catch {
      button.disabled = false;
      button.textContent = LOST;
      button.focus();
    }
  }

  label();
  button.addEventListener("click", ask);
  try {
    while (given < Math.min(shown, count)) await show();
  } catch {
    // Without network the button remains, and asks again.
  }
}

async function fetchHint(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(LOST);
  return (await response.json()).text;
}
