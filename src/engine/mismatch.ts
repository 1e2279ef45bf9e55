import type { StaticValue } from "../calls/types.ts";
import type { Range } from "../diagnostics/range.ts";
import type { JsonSchema } from "../plan/model.ts";
import { alternatives, expectedTypes, jsonWords, showValue } from "../schema/describe-violation.ts";
import { isSchema, schemaTypes } from "./schema-types.ts";
import { describeParts } from "./static-values.ts";

/** One way in which a value, as far as it is known, certainly breaks a schema. */
export interface Mismatch {
  /**
   * `maybe-missing`: a required key whose value may be `undefined`. `unproven`: one that may or may not come with
   * something unknown that is spread in; no difference that is certain.
   */
  readonly kind: "type" | "missing" | "maybe-missing" | "unproven" | "unknown";
  /** `products[].sku`; the first segment is the property of the event. */
  readonly path: string;
  /** The key, or the object that lacks one; absent where neither is written. */
  readonly at?: Range | undefined;
  /** Of `type`: what to say behind the path: `is a string, expected an integer`. */
  readonly predicate: string;
  /** It is so on some path or for some alternative only. */
  readonly onSomePath: boolean;
  /** For an unknown key the keys that are known there; for a missing one those that are sent; for a wrong text the right ones. */
  readonly known: readonly string[];
  /** Of `unproven`: what is unknown, as `openReason` of a payload. */
  readonly openReason?: string;
  /** The wrong text. */
  readonly text?: string;
}

/** False for what may be right after all. */
export function isCertain({ kind }: Mismatch): boolean {
  return kind !== "maybe-missing" && kind !== "unproven";
}

/** Where a check stands. */
export interface CheckPlace {
  readonly root: JsonSchema;
  readonly path: string;
  readonly at: Range | undefined;
  readonly onSomePath: boolean;
  /** A schema may refer to itself without end. */
  readonly depth: number;
}

/** The mismatch of a value that is known in part only. */
export function partialMismatch(
  value: StaticValue,
  schema: JsonSchema,
  { path, at, onSomePath }: CheckPlace,
): Mismatch {
  const predicate = `is ${found(value)}, expected ${expected(schema)}`;
  return { kind: "type", path, at, predicate, onSomePath, known: textsOf(schema) };
}

/** The texts that an `enum` allows. */
export function textsOf(schema: JsonSchema): readonly string[] {
  return Array.isArray(schema.enum) ? schema.enum.filter((one) => typeof one === "string") : [];
}

export function joinPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** `products` of `products[].sku`. */
export function firstKey(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}

/** `sku` of `products[].sku`. */
export function lastKey(path: string): string {
  return path.split(".").at(-1) ?? path;
}

function found(value: StaticValue): string {
  switch (value.kind) {
    case "template":
      return showValue(describeParts(value.parts));
    case "type":
      return value.type === "date" ? "a Date" : (jsonWords[value.type] ?? `a ${value.type}`);
    default:
      return jsonWords[value.kind] ?? `a ${value.kind}`;
  }
}

function expected(schema: JsonSchema): string {
  if (schema.const !== undefined) return showValue(schema.const);
  if (Array.isArray(schema.enum)) return alternatives(schema.enum.slice(0, 12).map((one) => showValue(one)));
  if (typeof schema.pattern === "string") return `a match of the pattern ${schema.pattern}`;
  const types = schemaTypes(schema);
  if (types !== undefined) return expectedTypes(types, jsonWords);
  const branches = [schema.anyOf, schema.oneOf].find(Array.isArray)?.filter(isSchema) ?? [];
  return branches.length === 0 ? "another value" : alternatives(branches.map(expected));
}
