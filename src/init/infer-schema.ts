import type { Payload, StaticValue } from "../calls/types.ts";
import { presenceOf } from "../engine/payloads.ts";
import { alternativesOf, isUndefined, typeOf } from "../engine/static-values.ts";
import { JSON_TYPES, type JsonType, type PayloadDraft, type PropertyDraft, type SchemaDraft } from "./draft.ts";

/** A set of values with more members is a text that happens to be written in the code. */
const MOST_VALUES = 12;
/** What looks like a value somebody chose from, and not like a sentence or a piece of markup. */
const valueLike = /^[\p{L}\p{N}][\p{L}\p{N} _.:/+-]{0,39}$/u;
/** Deeper objects are described as objects and no further. */
const DEEPEST = 4;

/**
 * The payload that all of these fit. A property is required where each of them certainly has it.
 * @param isOurs false for keys that a vendor defines
 */
export function inferPayload(
  payloads: readonly Payload[],
  isOurs: (name: string) => boolean = () => true,
  depth = 0,
): PayloadDraft {
  const names = new Set(payloads.flatMap(({ properties }) => properties.map(({ name }) => name)));
  const properties = [...names]
    .filter((name) => isOurs(name) && canBeNamed(name))
    .flatMap((name): PropertyDraft[] => {
      const values = payloads
        .flatMap((one) => one.properties.filter((property) => property.name === name))
        .map(({ value }) => value);
      if (values.every(isUndefined)) return [];
      const required = payloads.every((payload) => presenceOf(payload, name) === "present");
      return [{ name, required, schema: inferSchema(values, depth) }];
    });
  return {
    properties,
    open: payloads.some(({ complete }) => !complete) || [...names].some((name) => !canBeNamed(name)),
  };
}

/** The schema that all of these values satisfy, as far as they are known. */
export function inferSchema(values: readonly StaticValue[], depth = 0): SchemaDraft {
  if (values.some(isBlurred)) return { types: [] };
  const all = values.flatMap(alternativesOf).filter((value) => typeOf(value) !== "undefined");
  const types = jsonTypes(all);
  const known = all.filter((value) => value.kind !== "unknown");
  const closedSet = depth <= DEEPEST ? enumOf(all) : undefined;
  const isDate = known.length > 0 && known.every((value) => typeOf(value) === "date");
  return {
    types,
    ...(closedSet === undefined ? {} : { enum: closedSet }),
    ...(isDate ? { format: "date-time" } : {}),
    ...(types.includes("object") && depth < DEEPEST ? objectPart(all, depth) : {}),
    ...(types.includes("array") ? arrayPart(all, depth) : {}),
  };
}

/** A name that a plan can hold. */
export function canBeNamed(name: string): boolean {
  return name !== "" && name !== "__proto__";
}

/**
 * None where a function is among them, since it is never sent and fits no type; and none where all that is seen beside
 * null is unknown, since null says nothing of what else may come.
 */
function jsonTypes(values: readonly StaticValue[]): readonly JsonType[] {
  const types = new Set(values.map(typeOf).map((type) => (type === "date" ? "string" : type)));
  if (types.has("function") || (types.has(undefined) && types.has("null") && types.size === 2)) return [];
  return JSON_TYPES.filter((type) => types.has(type));
}

/**
 * True for a value that may be a text here and an object there: keys that are computed blur what is written under each
 * of them, so that nothing is known of one of them.
 */
function isBlurred(value: StaticValue): boolean {
  const types = new Set(alternativesOf(value).map(typeOf));
  const isContainer = types.has("object") || types.has("array");
  return isContainer && (types.has("string") || types.has("number") || types.has("boolean"));
}

/** The texts among which the code chooses, where these are all that it can send. */
function enumOf(values: readonly StaticValue[]): readonly (string | null)[] | undefined {
  const texts = new Set<string>();
  let isNullable = false;
  for (const one of values) {
    if (one.kind === "literal" && typeof one.value === "string") texts.add(one.value);
    else if (typeOf(one) === "null") isNullable = true;
    else return undefined;
  }
  const isSet = texts.size > 1 && texts.size <= MOST_VALUES && [...texts].every((text) => valueLike.test(text));
  return isSet ? [...[...texts].sort(), ...(isNullable ? [null] : [])] : undefined;
}

function objectPart(values: readonly StaticValue[], depth: number): Pick<SchemaDraft, "properties" | "open"> {
  const shapes = values.flatMap((value) => (value.kind === "object" ? [value.shape] : []));
  // An object of which only the type is known may hold anything.
  const isUnseen = values.some(
    (value) => value.kind === "unknown" || (value.kind === "type" && value.type === "object"),
  );
  if (shapes.length === 0) return {};
  const { properties, open } = inferPayload(shapes, undefined, depth + 1);
  return { properties, open: open || isUnseen };
}

function arrayPart(values: readonly StaticValue[], depth: number): Pick<SchemaDraft, "items"> {
  const items = values.flatMap((value) =>
    value.kind === "array" ? [...(value.items ?? []), ...(value.of === undefined ? [] : [value.of])] : [],
  );
  // Which of several texts a list holds is chance more often than a rule.
  const { enum: _, ...schema } = inferSchema(items, depth + 1);
  return schema.types.length === 0 ? {} : { items: schema };
}
