import type { JsonSchema } from "../plan/model.ts";
import { isSchema } from "./schema-types.ts";

/** Why no value can satisfy a part of a schema; `path` is empty for the schema itself: `.items`, `[].sku`. */
export interface Contradiction {
  readonly path: string;
  readonly why: string;
}

/** Bounds that exclude each other, and `enum` or `const` outside of the type, at any depth. */
export function contradictions(schema: JsonSchema): readonly Contradiction[] {
  return partsOf(schema, "").flatMap(({ path, part }) =>
    [...boundProblems(part), ...valueProblems(part)].map((why) => ({ path, why })),
  );
}

/** Paths of required properties of inner objects that nothing there defines. */
export function undefinedRequired(schema: JsonSchema): readonly string[] {
  return partsOf(schema, "").flatMap(({ path, part }) => {
    const mayBeDefinedElsewhere = ["patternProperties", "allOf", "anyOf", "oneOf", "if", "$ref"].some(
      (key) => key in part,
    );
    if (!isSchema(part.properties) || !Array.isArray(part.required) || mayBeDefinedElsewhere) return [];
    const { properties } = part;
    return part.required
      .map(String)
      .filter((name) => !Object.hasOwn(properties, name))
      .map((name) => `${path}.${name}`);
  });
}

const bounds = [
  ["minimum", "maximum"],
  ["minLength", "maxLength"],
  ["minItems", "maxItems"],
  ["minProperties", "maxProperties"],
  ["minContains", "maxContains"],
] as const;

function boundProblems(schema: JsonSchema): string[] {
  const crossed = bounds.flatMap(([low, high]) => {
    const [least, most] = [schema[low], schema[high]];
    return typeof least === "number" && typeof most === "number" && least > most
      ? [`\`${low}\` ${least} is above \`${high}\` ${most}`]
      : [];
  });
  return crossed.length > 0 ? crossed : exclusiveProblems(schema);
}

/** Draft 4 has a flag beside the bound, later drafts a bound of its own. */
function exclusiveProblems(schema: JsonSchema): string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const above =
    typeof exclusiveMinimum === "number" ? exclusiveMinimum : exclusiveMinimum === true ? minimum : undefined;
  const below =
    typeof exclusiveMaximum === "number" ? exclusiveMaximum : exclusiveMaximum === true ? maximum : undefined;
  const pairs = [
    [above, below],
    [above, maximum],
    [minimum, below],
  ];
  const excluded = pairs.find(
    (pair): pair is [number, number] =>
      typeof pair[0] === "number" && typeof pair[1] === "number" && pair[0] >= pair[1],
  );
  return excluded === undefined ? [] : [`it must be both above ${excluded[0]} and below ${excluded[1]}`];
}

function valueProblems(schema: JsonSchema): string[] {
  const types =
    typeof schema.type === "string" ? [schema.type] : Array.isArray(schema.type) ? schema.type.map(String) : [];
  if (types.length === 0) return [];
  const listed = Array.isArray(schema.enum) ? schema.enum : [];
  const outside = listed.filter((value) => !types.some((type) => isOfType(value, type)));
  const constant = "const" in schema && !types.some((type) => isOfType(schema.const, type)) ? [schema.const] : [];
  const say = (key: string, value: unknown) =>
    `\`${key}\` has ${JSON.stringify(value)}, which is not of the type ${types.join(" or ")}`;
  return [...outside.slice(0, 1).map((value) => say("enum", value)), ...constant.map((value) => say("const", value))];
}

const jsonTypes: Readonly<Record<string, string>> = { string: "string", number: "number", boolean: "boolean" };

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isSchema(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return jsonTypes[typeof value] === type;
  }
}

/** A schema and those inside it that describe a part of the value, or the same value without an alternative. */
function partsOf(schema: JsonSchema, path: string): { readonly path: string; readonly part: JsonSchema }[] {
  const properties = isSchema(schema.properties) ? Object.entries(schema.properties) : [];
  const items = Array.isArray(schema.items) ? schema.items : [schema.items];
  const tuple = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const all = Array.isArray(schema.allOf) ? schema.allOf : [];
  const inner = [
    ...properties.map(([name, part]) => [`${path}.${name}`, part] as const),
    ...[...items, ...tuple].map((part) => [`${path}[]`, part] as const),
    ...all.map((part) => [path, part] as const),
  ];
  return [{ path, part: schema }, ...inner.flatMap(([way, part]) => (isSchema(part) ? partsOf(part, way) : []))];
}
