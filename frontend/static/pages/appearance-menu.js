const DEFAULTS = { theme: "system", size: "medium" };

/** The choice of colours and code size, kept in this browser; pages/appearance.js applies it at the next opening. */
export function wireAppearance({ theme, size, menu }) {
  const chosen = { ...DEFAULTS, ...stored() };
  theme.value = chosen.theme;
  size.value = chosen.size;
  for (const [name, select] of Object.entries({ theme, size })) {
    select.addEventListener("change", () => {
      chosen[name] = select.value;
      if (select.value === DEFAULTS[name]) delete document.documentElement.dataset[name];
      else document.documentElement.dataset[name] = select.value;
      store(chosen);
    });
  }
  document.addEventListener("click", ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
  });
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem("appearance") ?? "{}");
  } catch {
    return {};
  }
}

function store(chosen) {
  try {
    localStorage.setItem("appearance", JSON.stringify(chosen));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
