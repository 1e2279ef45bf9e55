import { argumentsOf } from "./call-result.ts";
import type { Evaluator } from "./evaluator.ts";
import { elementOf, memberOf, pickOf, restOf } from "./member.ts";
import { valuesOf } from "./object-parts.ts";
import {
  alternatives,
  type External,
  type Field,
  type ObjectValue,
  objectOf,
  present,
  UNDEFINED,
  UNKNOWN,
  unionOf,
  type Value,
} from "./value.ts";

/** Libraries whose schemas are written in code and give types: `z.infer<typeof Schema>`. */
const LIBRARIES = /^(?:zod|valibot)(?:\/|$)/;
const INFERS = /^(?:infer|output|input|TypeOf|InferOutput|InferInput)$/;
const PARSES = /^(?:parse|parseAsync)$/;

const NULL: Value = { k: "lit", v: null };
const TYPES: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["string", { k: "typed", t: "string" }],
  ["number", { k: "typed", t: "number" }],
  ["int", { k: "typed", t: "number" }],
  ["boolean", { k: "typed", t: "boolean" }],
  ["date", { k: "typed", t: "date" }],
  ["email", { k: "typed", t: "string" }],
  ["uuid", { k: "typed", t: "string" }],
  ["url", { k: "typed", t: "string" }],
  ["null", NULL],
  ["undefined", UNDEFINED],
]);
/** Methods after which a value is of another type that isn't written down. */
const CHANGES = /^(?:transform|pipe|preprocess|catchall|keyof|rest)$/;

/** Whether a type of a package is what a schema describes. */
export function isInferred(pkg: string, name: string): boolean {
  return LIBRARIES.test(pkg) && INFERS.test(name);
}

/** `schema.parse(x)` and `v.parse(schema, x)` give what the schema describes; undefined for other calls. */
export function parsed(ev: Evaluator, callee: External, args: readonly Value[]): Value | undefined {
  const last = callee.steps.at(-1);
  if (!LIBRARIES.test(callee.pkg ?? "") || typeof last !== "string" || !PARSES.test(last)) return undefined;
  const schema = { ...callee, steps: callee.steps.slice(0, -1) };
  const isMethod = schema.steps.some((step) => typeof step !== "string");
  return isMethod ? described(ev, schema) : described(ev, args[0] ?? UNKNOWN);
}

/** What values a schema lets through. */
export function described(ev: Evaluator, schema: Value): Value {
  if (schema.k === "union") return unionOf(schema.of.map((v) => described(ev, v)));
  if (schema.k !== "ext" || !LIBRARIES.test(schema.pkg ?? "")) return UNKNOWN;
  let value: Value | undefined;
  schema.steps.forEach((name, index) => {
    const next = schema.steps[index + 1];
    if (typeof name !== "string" || next === undefined || typeof next === "string" || next.call === undefined) return;
    const args = argumentsOf(ev, next.call);
    value = value === undefined ? made(ev, name, args) : changed(ev, value, name, args);
  });
  return value ?? UNKNOWN;
}

function made(ev: Evaluator, name: string, args: readonly Value[]): Value {
  const [first = UNKNOWN, second = UNKNOWN] = args;
  const known = TYPES.get(name);
  if (known) return known;
  switch (name) {
    case "literal":
      return first;
    case "enum":
    case "picklist":
    case "nativeEnum":
      return elementOf(ev, first.k === "list" ? first : valuesOf(ev, first), UNKNOWN);
    case "object":
    case "strictObject":
    case "looseObject":
      return fieldsOf(ev, first);
    case "array":
      return { k: "list", items: [], more: described(ev, first) };
    case "record":
      return { k: "dict", of: described(ev, second) };
    case "union":
      return optionsOf(ev, first);
    case "discriminatedUnion":
    case "variant":
      return optionsOf(ev, second);
    case "optional":
    case "nullable":
    case "nullish":
      return changed(ev, described(ev, first), name, []);
    case "pipe":
      return described(ev, first);
    default:
      return UNKNOWN;
  }
}

function changed(ev: Evaluator, value: Value, name: string, [first = UNKNOWN]: readonly Value[]): Value {
  switch (name) {
    case "optional":
      return unionOf([value, UNDEFINED]);
    case "nullable":
      return unionOf([value, NULL]);
    case "nullish":
      return unionOf([value, NULL, UNDEFINED]);
    case "default":
    case "catch":
      return present(value);
    case "array":
      return { k: "list", items: [], more: value };
    case "or":
      return unionOf([value, described(ev, first)]);
    case "extend":
    case "safeExtend":
      return objectOf([{ spread: value }, { spread: fieldsOf(ev, first) }]);
    case "and":
    case "merge":
      return objectOf([{ spread: value }, { spread: described(ev, first) }]);
    case "pick":
      return pickOf(ev, value, keysIn(first));
    case "omit":
      return restOf(value, keysIn(first));
    case "partial":
      return value.k === "obj" ? allOptional(value) : UNKNOWN;
    default:
      return CHANGES.test(name) ? UNKNOWN : value;
  }
}

function fieldsOf(ev: Evaluator, shape: Value): Value {
  if (shape.k !== "obj") return UNKNOWN;
  return objectOf(
    shape.entries.map((entry): Field | { spread: Value } => {
      if ("spread" in entry) return { spread: UNKNOWN };
      const v = described(ev, memberOf(ev, shape, entry.n));
      const there = alternatives(v).filter((option) => option.k !== "undef");
      const mayLack = there.length < alternatives(v).length;
      return { n: entry.n, v: unionOf(there), at: entry.at, ...(mayLack && { optional: true }) };
    }),
    shape.at,
  );
}

function optionsOf(ev: Evaluator, list: Value): Value {
  return list.k === "list" && !list.more ? unionOf(list.items.map((item) => described(ev, item))) : UNKNOWN;
}

/** `{ plan: true }` names `plan`. */
function keysIn(mask: Value): string[] {
  return mask.k === "obj" ? mask.entries.flatMap((entry) => ("n" in entry ? [entry.n] : [])) : [];
}

function allOptional(object: ObjectValue): Value {
  return objectOf(
    object.entries.map((entry) => ("n" in entry ? { ...entry, optional: true } : entry)),
    object.at,
  );
}
