import type { Payload, Property, StaticValue } from "../calls/types.ts";
import type { JsonSchema } from "../plan/model.ts";
import { checkConcrete } from "./check-concrete.ts";
import { patternMatches, templateCanFit } from "./check-template.ts";
import { concreteOf } from "./concrete.ts";
import { type CheckPlace, isCertain, joinPath, type Mismatch, partialMismatch } from "./mismatch.ts";
import { findProperty, type Presence, presenceOf } from "./payloads.ts";
import { canBe, dereference, isSchema, schemaTypes } from "./schema-types.ts";
import { alternativesOf, isUndefined, typeOf } from "./static-values.ts";

/** No value in code is deeper; schemas that refer to themselves are. */
const DEEPEST = 64;

/** Checks a payload against the schema of a whole payload. Silent about everything that isn't known. */
export function checkPayload(payload: Payload, schema: JsonSchema): Mismatch[] {
  const place = { root: schema, path: "", at: payload.at, onSomePath: false, depth: 0 };
  return check({ kind: "object", shape: payload }, schema, place);
}

function check(value: StaticValue, schema: JsonSchema, place: CheckPlace): Mismatch[] {
  const alternatives = alternativesOf(value);
  const onSomePath = place.onSomePath || alternatives.length > 1;
  return alternatives.flatMap((one) => checkOne(one, schema, { ...place, onSomePath, depth: place.depth + 1 }));
}

function checkOne(value: StaticValue, written: JsonSchema, place: CheckPlace): Mismatch[] {
  const type = typeOf(value);
  if (type === undefined || type === "undefined" || place.depth > DEEPEST) return [];
  const concrete = concreteOf(value);
  if (concrete !== undefined) return checkConcrete(value, concrete.value, written, place);
  const schema = dereference(written, place.root);
  const allowed = schemaTypes(schema);
  if (allowed !== undefined && !canBe(type, allowed)) return [partialMismatch(value, schema, place)];
  if (value.kind === "template" && !templateCanFit(value.parts, schema)) return [partialMismatch(value, schema, place)];
  return [
    ...(value.kind === "object" ? checkShape(value.shape, schema, place) : []),
    ...(value.kind === "array" ? checkItems(value, schema, place) : []),
    ...checkBranches(value, schema, place),
  ];
}

function checkShape(shape: Payload, schema: JsonSchema, place: CheckPlace): Mismatch[] {
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const missing = required.flatMap((name) => checkRequired(shape, name, place));
  return [...missing, ...shape.properties.flatMap((property) => checkKey(property, schema, place))];
}

function checkRequired(shape: Payload, name: string, place: CheckPlace): Mismatch[] {
  const presence = presenceOf(shape, name);
  if (presence === "present") return [];
  return [
    {
      kind: missingKinds[presence],
      path: joinPath(place.path, name),
      at: findProperty(shape, name)?.at ?? shape.at ?? place.at,
      predicate: "",
      onSomePath: place.onSomePath || presence === "sometimes" || presence === "maybe-undefined",
      known: shape.properties.map((property) => property.name),
      ...(presence === "unknown" && shape.openReason !== undefined ? { openReason: shape.openReason } : {}),
    },
  ];
}

const missingKinds = {
  absent: "missing",
  sometimes: "missing",
  "maybe-undefined": "maybe-missing",
  unknown: "unproven",
} as const satisfies Record<Exclude<Presence, "present">, Mismatch["kind"]>;

function checkKey(property: Property, schema: JsonSchema, place: CheckPlace): Mismatch[] {
  if (isUndefined(property.value)) return [];
  const { name, at } = property;
  const path = joinPath(place.path, name);
  const inside = { ...place, path, at, onSomePath: place.onSomePath || property.optional };
  const known = isSchema(schema.properties) ? schema.properties : {};
  const own = Object.hasOwn(known, name) ? [known[name]] : [];
  const schemas = [...own, ...patternSchemas(schema, name)];
  if (schemas.length > 0) return schemas.filter(isSchema).flatMap((one) => check(property.value, one, inside));
  if (isSchema(schema.additionalProperties)) return check(property.value, schema.additionalProperties, inside);
  if (schema.additionalProperties !== false) return [];
  return [{ kind: "unknown", path, at, predicate: "", onSomePath: inside.onSomePath, known: Object.keys(known) }];
}

function patternSchemas(schema: JsonSchema, name: string): unknown[] {
  const patterns = isSchema(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
  return patterns.filter(([pattern]) => patternMatches(pattern, name)).map(([, one]) => one);
}

function checkItems(value: Extract<StaticValue, { kind: "array" }>, schema: JsonSchema, place: CheckPlace): Mismatch[] {
  // Before draft 2020-12 `items` may be a list, which `prefixItems` is now.
  const tuple = [schema.prefixItems, schema.items].find(Array.isArray) ?? [];
  const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
  const inside = { ...place, path: `${place.path}[]` };
  const items = value.items?.map((item, index) => ({ item, schema: tuple[index] ?? rest }));
  const ofType = value.of === undefined ? [] : [{ item: value.of, schema: rest }];
  return (items ?? ofType).flatMap((one) => (isSchema(one.schema) ? check(one.item, one.schema, inside) : []));
}

function checkBranches(value: StaticValue, schema: JsonSchema, place: CheckPlace): Mismatch[] {
  const deeper = { ...place, depth: place.depth + 1 };
  const breaks = (branch: JsonSchema) => checkOne(value, branch, deeper).some(isCertain);
  const all = branchesOf(schema.allOf).flatMap((branch) => checkOne(value, branch, deeper));
  const either = [branchesOf(schema.anyOf), branchesOf(schema.oneOf)].filter((branches) => branches.length > 0);
  const none = either.filter((branches) => branches.every(breaks));
  return [...all, ...none.map((branches) => partialMismatch(value, { anyOf: branches }, place))];
}

function branchesOf(keyword: unknown): JsonSchema[] {
  return Array.isArray(keyword) ? keyword.filter(isSchema) : [];
}
