/*
 * Applies what the person chose on this device (colours, sizes, where the panels are) before the page is drawn. A classic
 * script: a module would come too late. What is stored may be anything; only what is known here is used.
 */
(() => {
  const root = document.documentElement;
  const choices = {
    theme: ["light", "dark", "contrast"],
    size: ["small", "large", "huge"],
    console: ["right", "below"],
    files: ["hidden"],
    task: ["hidden"],
  };
  const kept = read();
  for (const [name, known] of Object.entries(choices)) {
    if (known.includes(kept[name])) root.dataset[name] = kept[name];
  }
  for (const side of ["files", "task"]) {
    const width = kept[`${side}Width`];
    if (isBetween(width, 60, 4000)) root.style.setProperty(`--${side}-width`, `${width}px`);
  }
  for (const place of ["right", "below"]) {
    const share = kept[`${place}Share`];
    if (!isBetween(share, 1, 99)) continue;
    root.style.setProperty(`--code-${place}`, `${100 - share}fr`);
    root.style.setProperty(`--output-${place}`, `${share}fr`);
  }
  if (isBetween(kept.presentedSize, 1, 4)) root.style.setProperty("--presented-size", `${kept.presentedSize}rem`);

  const moreContrast = matchMedia("(prefers-contrast: more)");
  const follow = () => root.toggleAttribute("data-more-contrast", moreContrast.matches);
  moreContrast.addEventListener("change", follow);
  follow();

  function read() {
    try {
      return JSON.parse(localStorage.getItem("appearance")) ?? {};
    } catch {
      return {};
    }
  }

  function isBetween(value, least, most) {
    return typeof value === "number" && value >= least && value <= most;
  }
})();
