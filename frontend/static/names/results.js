import { instance, itemOf, readType } from "./types.js";

/**
 * What a call of the runtime's own function gives; `first()` finds out what its first argument is.
 *
 * What the runtime says of itself does not tell what comes out of a list or a dictionary: its contents do.
 */
export function resultOf({ entry, owner, name, object }, first) {
  const { of } = object ?? {};
  if (owner === "dict") {
    if (name === "items") return instance("list", [instance("tuple", of)]);
    if (name === "keys") return instance("list", [of?.[0] ?? null]);
    if (name === "values") return instance("list", [of?.[1] ?? null]);
    if (name === "get" || name === "pop") return of?.[1] ?? null;
  }
  if (owner === "list" && name === "pop") return of?.[0] ?? null;
  if (owner === "list" && name === "copy") return object;
  if (owner === "random" && name === "choice") return itemOf(first());
  if (owner === "builtins" && (name === "max" || name === "min")) return itemOf(first());
  if (owner === "builtins" && name === "sorted") return instance("list", [itemOf(first())]);
  return readType(entry[3]);
}
