const KEPT_AS = "student-keys";

/**
 * Each link's key follows it, but while somebody types, and not where the keys are switched off: a single letter may
 * be said to a computer, or pressed, by mistake (WCAG 2.1.4).
 *
 * @param {{links: HTMLAnchorElement[], choice: HTMLInputElement, shown: Iterable<HTMLElement>}} elements `shown` are
 *   those that speak of keys, hidden until now
 */
export function wireStudentKeys({ links, choice, shown }) {
  for (const element of shown) element.hidden = false;
  choice.checked = kept() !== "off";
  const name = () => {
    for (const link of links) {
      if (choice.checked) link.setAttribute("aria-keyshortcuts", link.dataset.key);
      else link.removeAttribute("aria-keyshortcuts");
    }
  };
  name();
  choice.addEventListener("change", () => {
    keep(choice.checked ? "on" : "off");
    name();
  });
  document.addEventListener("keydown", (event) => {
    if (!choice.checked || isTyping(event.target) || hasModifier(event)) return;
    const link = links.find(({ dataset }) => dataset.key === event.key.toLowerCase());
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}

function isTyping(target) {
  return target.matches("textarea, select, input:not([type='checkbox'])") || target.isContentEditable;
}

function hasModifier(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing;
}

function kept() {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}

function keep(value) {
  try {
    localStorage.setItem(KEPT_AS, value);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
