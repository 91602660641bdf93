/**
 * Tells CSS how far the fonts of this device are from giving wide characters two columns: as `--wide-gap` and
 * `--emoji-gap` on `element`, letter spacing in em, measured once with the element's own font.
 */
export function measureWideCharacters(element) {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return;
  const { fontFamily } = getComputedStyle(element);
  pen.font = `${SIZE_PX}px ${fontFamily}`;
  const columns = 2 * pen.measureText("0").width;
  for (const [name, sample] of [
    ["--wide-gap", "漢"],
    ["--emoji-gap", "😀"],
  ]) {
    element.style.setProperty(name, `${((columns - pen.measureText(sample).width) / SIZE_PX).toFixed(4)}em`);
  }
}

const SIZE_PX = 100;
