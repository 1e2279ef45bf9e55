import { alternatives, type ParamValue, type Value } from "./value.ts";

/**
 * What a table of texts has under a key that a caller passes: the caller decides, as if it passed the text itself.
 *
 * @param found what the table has under any of the keys that may be passed
 * @param path what is read of an entry, in a table of objects
 */
export function chosenFrom(table: Value, key: Value, found: Value, ...path: readonly string[]): Value {
  if (table.k !== "obj" || key.k !== "param" || key.lookup) return found;
  const texts = alternatives(found).filter((v) => v.k !== "undef");
  return texts.length > 1 && texts.every(isText) ? { ...key, lookup: { table, path } } : found;
}

function isText(value: Value): boolean {
  return value.k === "tpl" || (value.k === "lit" && typeof value.v === "string");
}

/** The key of a lookup. */
export function keyOfLookup({ lookup: _, ...key }: ParamValue): ParamValue {
  return key;
}
