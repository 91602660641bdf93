/**
 * A colour that a program asked for, as near to it as can be read: WCAG 2.2 contrast of 4.5 to what is behind it.
 *
 * Colours are whole numbers, 0xRRGGBB.
 */
const MIN_RATIO = 4.5;
const STEPS = 20;
// The darkest background of the light palette and the lightest of the dark one (css/console-colours.css).
const LIGHT_BEHIND = 0.705;
const DARK_BEHIND = 0.063;

/** CSS for `colour` as text on the console's paper, or on one of the sixteen backgrounds, in both themes. */
export function readableOnPaper(colour) {
  return `light-dark(${css(readable(colour, LIGHT_BEHIND))}, ${css(readable(colour, DARK_BEHIND))})`;
}

/** CSS for `colour`, or for black or white when that is null, as text on the colour `behind`. */
export function readableOn(behind, colour) {
  const luminance = luminanceOf(behind);
  return css(readable(colour ?? (isLight(luminance) ? 0x000000 : 0xffffff), luminance));
}

export function css(colour) {
  return `rgb(${colour >> 16} ${(colour >> 8) & 255} ${colour & 255})`;
}

/** Relative luminance, 0 to 1, by WCAG's definition. */
export function luminanceOf(colour) {
  const [red, green, blue] = [colour >> 16, (colour >> 8) & 255, colour & 255].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function ratio(one, other) {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** `colour`, mixed with as much black or white as it takes. */
function readable(colour, behind) {
  const end = isLight(behind) ? 0x000000 : 0xffffff;
  for (let step = 0; step < STEPS; step += 1) {
    const mixed = mix(colour, end, step / STEPS);
    if (ratio(luminanceOf(mixed), behind) >= MIN_RATIO) return mixed;
  }
  return end;
}

// Whether black is the better text on it; one of the two always reaches 4.5.
function isLight(luminance) {
  return ratio(luminance, 0) > ratio(luminance, 1);
}

function mix(colour, end, share) {
  const part = (shift) => {
    const from = (colour >> shift) & 255;
    return Math.round(from + (((end >> shift) & 255) - from) * share) << shift;
  };
  return part(16) | part(8) | part(0);
}
