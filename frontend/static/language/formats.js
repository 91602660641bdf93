/* Times and numbers as the language of the page writes them. */

/** The hour and minute of this device's clock: "10:42". */
export function clock(iso) {
  return new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
}

/** A day of this year: "5 Mar". */
export function day(iso) {
  return new Intl.DateTimeFormat(language(), { day: "numeric", month: "short" }).format(new Date(iso));
}

/** A whole number that may be large: "10,000". */
export function whole(count) {
  return count.toLocaleString(language());
}

/** A number with so many digits behind its point: "1.5". */
export function decimal(value, digits) {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
  return value.toLocaleString(language(), options);
}

function language() {
  return globalThis.document?.documentElement?.lang || "en-gb";
}
