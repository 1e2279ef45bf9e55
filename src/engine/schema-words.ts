import type { StaticType } from "../calls/types.ts";
import type { JsonSchema } from "../plan/model.ts";

/** What a schema asks for, in the words of a message: `string or null`, `one of "free", "pro"`. */
export function describeSchema(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum))
    return `one of ${listOf(
      schema.enum.map((one) => JSON.stringify(one)),
      8,
    )}`;
  const types = schemaTypes(schema);
  if (types !== undefined) return types.join(" or ");
  const branches = [schema.anyOf, schema.oneOf].find(Array.isArray);
  if (branches !== undefined) return branches.filter(isSchema).map(describeSchema).join(" or ");
  return "another value";
}

/** What one keyword asks for; falls back to what the validator said of it. */
export function describeKeyword(schema: JsonSchema, keyword: string, said: string): string {
  const value = schema[keyword];
  if (value === undefined) return said;
  switch (keyword) {
    case "type":
    case "enum":
    case "const":
      return describeSchema(schema);
    case "pattern":
      return `a string that matches /${String(value)}/`;
    case "format":
      return `a string in the format ${String(value)}`;
    case "minimum":
      return `at least ${String(value)}`;
    case "maximum":
      return `at most ${String(value)}`;
    case "exclusiveMinimum":
      return `more than ${String(value)}`;
    case "exclusiveMaximum":
      return `less than ${String(value)}`;
    case "multipleOf":
      return `a multiple of ${String(value)}`;
    case "minLength":
      return `at least ${String(value)} characters`;
    case "maxLength":
      return `at most ${String(value)} characters`;
    case "minItems":
      return `at least ${String(value)} items`;
    case "maxItems":
      return `at most ${String(value)} items`;
    default:
      return said;
  }
}

/** The types that a schema allows, by `type`, else by its `enum` or `const`; undefined where it doesn't say. */
export function schemaTypes(schema: JsonSchema): readonly string[] | undefined {
  if (typeof schema.type === "string") return [schema.type];
  if (Array.isArray(schema.type)) return schema.type.map(String);
  const values = schema.const !== undefined ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : undefined;
  return values === undefined ? undefined : [...new Set(values.map(jsonType))];
}

/**
 * True where a value of a static type can satisfy the types of a schema. A number may be an integer; a date is sent as
 * a string; a function is never sent.
 */
export function canBe(type: StaticType, allowed: readonly string[]): boolean {
  switch (type) {
    case "number":
      return allowed.includes("number") || allowed.includes("integer");
    case "date":
      return allowed.includes("string");
    default:
      return allowed.includes(type);
  }
}

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Items as prose, the first `most` of them. */
export function listOf(items: readonly string[], most: number): string {
  return items.length <= most ? items.join(", ") : `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
}

function jsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
