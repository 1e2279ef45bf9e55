import type { StaticType } from "../calls/types.ts";
import type { JsonSchema } from "../plan/model.ts";
import { pointerSegments } from "../schema/json-schema.ts";

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

/** The schema behind its `$ref` within the root, with what stands beside the `$ref`; bounded, for those that run in a circle. */
export function dereference(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let current = schema;
  for (let steps = 0; typeof current.$ref === "string" && steps < 20; steps += 1) {
    const { $ref, ...siblings } = current;
    current = { ...schemaAt(root, String($ref)), ...siblings };
  }
  return current;
}

function schemaAt(root: JsonSchema, reference: string): JsonSchema {
  if (!reference.startsWith("#")) return {};
  const target = pointerSegments(decoded(reference.slice(1))).reduce<unknown>(
    (node, name) => (isSchema(node) && Object.hasOwn(node, name) ? node[name] : undefined),
    root,
  );
  return isSchema(target) ? target : {};
}

function decoded(fragment: string): string {
  return fragment.replace(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function jsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
