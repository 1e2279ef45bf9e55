/** A JSON Schema object. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export type Dialect = "2020-12" | "draft-07" | "draft-06" | "draft-04";

/** The `$schema` of each dialect. */
export const dialectUris: Readonly<Record<Dialect, string>> = {
  "2020-12": "https://json-schema.org/draft/2020-12/schema",
  "draft-07": "http://json-schema.org/draft-07/schema#",
  "draft-06": "http://json-schema.org/draft-06/schema#",
  "draft-04": "http://json-schema.org/draft-04/schema#",
};

export const dialects = Object.keys(dialectUris) as readonly Dialect[];

/** The dialect that a `$schema` names; scheme and empty fragment make no difference. */
export function dialectOfUri(uri: string): Dialect | undefined {
  const bare = bareUri(uri);
  return dialects.find((dialect) => bareUri(dialectUris[dialect]) === bare);
}

function bareUri(uri: string): string {
  return uri.replace(/^https?:/, "").replace(/#$/, "");
}

/**
 * The keywords whose values hold schemas: one, a list of them, or a map from names. Other keywords hold data, in which
 * nothing that looks like a schema is one.
 */
const subschemaKeywords: Readonly<Record<string, "one" | "list" | "map" | "one-or-list">> = {
  additionalItems: "one",
  additionalProperties: "one",
  allOf: "list",
  anyOf: "list",
  contains: "one",
  contentSchema: "one",
  definitions: "map",
  $defs: "map",
  dependencies: "map",
  dependentSchemas: "map",
  else: "one",
  if: "one",
  items: "one-or-list",
  not: "one",
  oneOf: "list",
  patternProperties: "map",
  prefixItems: "list",
  properties: "map",
  propertyNames: "one",
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  then: "one",
  unevaluatedItems: "one",
  unevaluatedProperties: "one",
};

/** How a keyword holds schemas; undefined for a keyword that holds data. */
export function subschemaForm(keyword: string): "one" | "list" | "map" | "one-or-list" | undefined {
  return Object.hasOwn(subschemaKeywords, keyword) ? subschemaKeywords[keyword] : undefined;
}

/** One segment of a JSON Pointer, escaped. */
export function pointerSegment(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The segments of a JSON Pointer, unescaped; none for the whole document. */
export function pointerSegments(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}
