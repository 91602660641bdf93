/**
 * Keeps the page above the keyboard on screens where the browser lays it over the page (iPhone, iPad): `--visible-height` is
 * the part that can be seen. Other browsers make the page itself smaller, as its viewport asks them to.
 */
export function followVisibleHeight({ visualViewport, document }) {
  if (!visualViewport) return;
  const { style } = document.documentElement;
  const follow = () => {
    // A page zoomed with two fingers shows a part of itself, whatever the keyboard does.
    const isCovered = visualViewport.scale === 1 && visualViewport.height < document.documentElement.clientHeight - 1;
    style.setProperty("--visible-height", isCovered ? `${visualViewport.height}px` : "");
    // The browser has pushed the page up to show the field; it now fits.
    if (isCovered) document.scrollingElement.scrollTop = 0;
  };
  visualViewport.addEventListener("resize", follow);
}
