import type { Pair, YAMLMap } from "yaml";
import type { PropertyDraft, SchemaDraft } from "./draft.ts";
import { block, entry, flow, list } from "./yaml-nodes.ts";

/** The properties of a payload, one a line. */
export function printProperties(properties: readonly PropertyDraft[]): YAMLMap {
  return block(properties.map(printProperty));
}

function printProperty({ name, required, schema = { types: [] } }: PropertyDraft): Pair {
  return entry(name, printSchema(schema, required), remarkOn(name, schema));
}

function printSchema(schema: SchemaDraft, required: boolean): YAMLMap {
  const { enum: values, format, properties = [], open, items } = schema;
  // What was null so far will be something else one day.
  const types = isOnlyNull(schema) ? [] : schema.types;
  const [only] = types;
  const fields = {
    type: types.length === 0 ? undefined : types.length === 1 ? only : list(types),
    enum: values === undefined ? undefined : list(values),
    format,
    required: required ? true : undefined,
    items: items === undefined ? undefined : printSchema(items, false),
    properties: properties.length === 0 ? undefined : printProperties(properties),
    // An object of which no key is known is open as it is.
    additionalProperties: properties.length > 0 && open ? true : undefined,
  };
  const isLong = properties.length > 0 || (items?.properties?.length ?? 0) > 0 || (values ?? []).join(", ").length > 80;
  return isLong ? block(fields) : flow(fields);
}

/** What a person must decide about a property. */
function remarkOn(name: string, schema: SchemaDraft): { readonly above?: string } {
  if (isMixed(schema)) return { above: `Decide: \`${name}\` is sent as ${schema.types.join(" and as ")}.` };
  return isOnlyNull(schema) ? { above: `Decide: what \`${name}\` is; only null is seen.` } : {};
}

/** True for several types besides null. */
export function isMixed({ types }: SchemaDraft): boolean {
  return types.filter((type) => type !== "null").length > 1;
}

export function isOnlyNull({ types }: SchemaDraft): boolean {
  return types.length === 1 && types[0] === "null";
}
