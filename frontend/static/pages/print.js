/** A button that prints the page. The browser’s own command does, too. */
const button = document.querySelector("#print");
button.hidden = false;
button.addEventListener("click", () => window.print());
