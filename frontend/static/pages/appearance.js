/* Applies the person's colours and text size before the page is drawn. A classic script: a module would come too late. */
(() => {
  try {
    const { theme, size } = JSON.parse(localStorage.getItem("appearance") ?? "{}");
    if (["light", "dark"].includes(theme)) document.documentElement.dataset.theme = theme;
    if (["small", "large", "huge"].includes(size)) document.documentElement.dataset.size = size;
  } catch {
    // Storage is switched off: the system's colours serve.
  }
})();
