import type { StaticValue } from "../calls/types.ts";
import type { Range } from "../diagnostics/range.ts";
import type { JsonSchema } from "../plan/model.ts";
import { pointerSegments } from "../schema/json-schema.ts";
import { type SchemaViolation, validateValue } from "../schema/validator.ts";
import { type CheckPlace, joinPath, type Mismatch, textsOf } from "./mismatch.ts";
import { findProperty } from "./payloads.ts";
import { isSchema } from "./schema-types.ts";

/** Checks a value that is wholly known: the validator decides, its answers get their places in the code. */
export function checkConcrete(value: StaticValue, json: unknown, schema: JsonSchema, place: CheckPlace): Mismatch[] {
  return validateValue(withDefinitions(schema, place.root), json).map((violation) =>
    toMismatch(value, violation, place),
  );
}

function toMismatch(
  value: StaticValue,
  { pointer, keyword, params, message, schema }: SchemaViolation,
  place: CheckPlace,
): Mismatch {
  const segments = pointerSegments(pointer);
  const inner = descend(value, segments, place.at);
  const path = segments.reduce((way, name) => (/^\d+$/.test(name) ? `${way}[]` : joinPath(way, name)), place.path);
  const { onSomePath } = place;
  const missing = keyword === "required" ? String(params.missingProperty) : undefined;
  if (missing !== undefined) {
    const sent = inner.value?.kind === "object" ? inner.value.shape.properties : [];
    const written = sent.find(({ name }) => name === missing);
    const known = sent.map(({ name }) => name);
    const at = written?.at ?? (inner.value?.kind === "object" ? inner.value.shape.at : undefined) ?? inner.at;
    return { kind: "missing", path: joinPath(path, missing), at, predicate: "", onSomePath, known };
  }
  const extra = params.additionalProperty ?? params.unevaluatedProperty;
  if (typeof extra === "string") {
    const at = descend(inner.value, [extra], inner.at).at;
    const known = isSchema(schema.properties) ? Object.keys(schema.properties) : [];
    return { kind: "unknown", path: joinPath(path, extra), at, predicate: "", onSomePath, known };
  }
  const text =
    inner.value?.kind === "literal" && typeof inner.value.value === "string" ? { text: inner.value.value } : {};
  return { kind: "type", path, at: inner.at, predicate: message, onSomePath, known: textsOf(schema), ...text };
}

/** What stands at a JSON pointer, and the innermost key on the way to it. */
function descend(
  value: StaticValue | undefined,
  segments: readonly string[],
  at: Range | undefined,
): { readonly value: StaticValue | undefined; readonly at: Range | undefined } {
  const [name, ...rest] = segments;
  if (name === undefined || value === undefined) return { value, at };
  if (value.kind === "array") return descend(value.items?.[Number(name)], rest, at);
  const property = value.kind === "object" ? findProperty(value.shape, name) : undefined;
  return descend(property?.value, rest, property?.at ?? at);
}

const prepared = new WeakMap<JsonSchema, WeakMap<JsonSchema, JsonSchema>>();

/** A part of a schema with the definitions that it may refer to; the same object each time, since it is compiled once. */
function withDefinitions(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const shared = Object.fromEntries(
    ["$schema", "$defs", "definitions"].flatMap((key) => (root[key] === undefined ? [] : [[key, root[key]]])),
  );
  if (schema === root || Object.keys(shared).length === 0) return schema;
  const ofRoot = prepared.get(root) ?? new WeakMap<JsonSchema, JsonSchema>();
  prepared.set(root, ofRoot);
  const known = ofRoot.get(schema) ?? { ...shared, ...schema };
  ofRoot.set(schema, known);
  return known;
}
