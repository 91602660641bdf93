/*
 * The words of the browser side in the language of the page. Django's JavaScript catalogue (frontend/catalogue.py) is a
 * classic script before all modules, on pages in another language than English only. Without it, in a worker or in a test
 * the English text is what is shown.
 */

/** @param {string} text in English, written out: makemessages finds only what stands in quotes */
export function gettext(text) {
  return globalThis.django?.gettext?.(text) ?? text;
}

/** The form that goes with the count, which is put in by `interpolate`. */
export function ngettext(singular, plural, count) {
  return globalThis.django?.ngettext?.(singular, plural, count) ?? (count === 1 ? singular : plural);
}

/** A text that means different things in different places: `pgettext("verb", "Open")`. */
export function pgettext(context, text) {
  return globalThis.django?.pgettext?.(context, text) ?? text;
}

/**
 * Put values into a text that was looked up: `interpolate(gettext("Saved %(time)s"), { time })`. Every place has a name, so
 * that a translation may change their order.
 */
export function interpolate(text, values) {
  return text.replace(/%\((\w+)\)s/g, (place, name) => (Object.hasOwn(values, name) ? String(values[name]) : place));
}
