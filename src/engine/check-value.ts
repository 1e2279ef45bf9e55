import type { Payload, Property, StaticValue } from "../calls/types.ts";
import type { Range } from "../diagnostics/range.ts";
import type { JsonSchema } from "../plan/model.ts";
import { validateValue } from "../schema/validator.ts";
import { concreteOf } from "./concrete.ts";
import { findProperty, presenceOf } from "./payloads.ts";
import { canBe, describeKeyword, describeSchema, isSchema, schemaTypes } from "./schema-words.ts";
import { alternativesOf, canRead, describeValue, isUndefined, typeOf } from "./static-values.ts";

/** One way in which a value, as far as it is known, certainly breaks a schema. */
export interface Mismatch {
  /** `maybe-missing`: a required key whose value may be `undefined`. */
  readonly kind: "type" | "missing" | "maybe-missing" | "unknown";
  /** `products[].sku`; the first segment is the property of the event. */
  readonly path: string;
  /** The key, or the object that lacks one; absent where neither is written. */
  readonly at?: Range;
  readonly found: string;
  readonly expected: string;
  /** It is so on some path or for some alternative only. */
  readonly onSomePath: boolean;
  /** For an unknown key: the keys that are known there. For a wrong string: the strings that are right. */
  readonly known: readonly string[];
}

interface Place {
  readonly root: JsonSchema;
  readonly path: string;
  readonly at: Range | undefined;
  readonly onSomePath: boolean;
  /** A schema may refer to itself without end. */
  readonly depth: number;
}

const DEEPEST = 64;

/** Checks a payload against the schema of a whole payload. Silent about everything that isn't known. */
export function checkPayload(payload: Payload, schema: JsonSchema): Mismatch[] {
  const place = { root: schema, path: "", at: payload.at, onSomePath: false, depth: 0 };
  return check({ kind: "object", shape: payload }, schema, place);
}

/** Checks one property against its schema. */
export function checkProperty(property: Property, schema: JsonSchema): Mismatch[] {
  const { name, at } = property;
  return check(property.value, schema, { root: schema, path: name, at, onSomePath: property.optional, depth: 0 });
}

function check(value: StaticValue, schema: JsonSchema, place: Place): Mismatch[] {
  const alternatives = alternativesOf(value);
  const onSomePath = place.onSomePath || alternatives.length > 1;
  return alternatives.flatMap((one) => checkOne(one, schema, { ...place, onSomePath }));
}

function checkOne(value: StaticValue, written: JsonSchema, around: Place): Mismatch[] {
  const place = { ...around, depth: around.depth + 1 };
  const schema = dereference(written, place.root);
  const type = typeOf(value);
  if (type === undefined || type === "undefined" || place.depth > DEEPEST) return [];
  const allowed = schemaTypes(schema);
  if (allowed !== undefined && !canBe(type, allowed)) return [mismatch(value, describeSchema(schema), schema, place)];
  const inside = [
    ...(value.kind === "object" ? checkShape(value.shape, schema, place) : []),
    ...(value.kind === "array" ? checkItems(value, schema, place) : []),
    ...checkBranches(value, schema, place),
  ];
  return [...inside, ...checkRest(value, schema, place)];
}

function checkShape(shape: Payload, schema: JsonSchema, place: Place): Mismatch[] {
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const missing = required.flatMap((name) => checkRequired(shape, name, place));
  return [...missing, ...shape.properties.flatMap((property) => checkKey(property, schema, place))];
}

function checkRequired(shape: Payload, name: string, place: Place): Mismatch[] {
  const presence = presenceOf(shape, name);
  if (presence === "present" || presence === "unknown") return [];
  const at = findProperty(shape, name)?.at ?? shape.at ?? place.at;
  return [
    {
      kind: presence === "maybe-undefined" ? "maybe-missing" : "missing",
      path: join(place.path, name),
      ...(at === undefined ? {} : { at }),
      found: presence,
      expected: name,
      onSomePath: place.onSomePath || presence !== "absent",
      known: shape.properties.map((property) => property.name),
    },
  ];
}

function checkKey(property: Property, schema: JsonSchema, place: Place): Mismatch[] {
  if (isUndefined(property.value)) return [];
  const { name, at } = property;
  const inside = { ...place, path: join(place.path, name), at, onSomePath: place.onSomePath || property.optional };
  const known = isSchema(schema.properties) ? schema.properties : {};
  const own = Object.hasOwn(known, name) ? [known[name]] : [];
  const schemas = [...own, ...patternSchemas(schema, name)];
  if (schemas.length > 0) return schemas.filter(isSchema).flatMap((one) => check(property.value, one, inside));
  if (isSchema(schema.additionalProperties)) return check(property.value, schema.additionalProperties, inside);
  if (schema.additionalProperties !== false) return [];
  const found = describeValue(property.value);
  const { path, onSomePath } = inside;
  return [{ kind: "unknown", path, at, found, expected: "", onSomePath, known: Object.keys(known) }];
}

function patternSchemas(schema: JsonSchema, name: string): unknown[] {
  const patterns = isSchema(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
  return patterns.filter(([pattern]) => validateValue({ pattern }, name).length === 0).map(([, one]) => one);
}

function checkItems(value: Extract<StaticValue, { kind: "array" }>, schema: JsonSchema, place: Place): Mismatch[] {
  // Before draft 2020-12 `items` may be a list, which `prefixItems` is now.
  const tuple = [schema.prefixItems, schema.items].find(Array.isArray) ?? [];
  const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
  const inside = { ...place, path: `${place.path}[]` };
  const known = value.items?.map((item, index) => ({ item, schema: tuple[index] ?? rest })) ?? [];
  const ofType = value.items === undefined && value.of !== undefined ? [{ item: value.of, schema: rest }] : [];
  return [...known, ...ofType].flatMap((one) => (isSchema(one.schema) ? check(one.item, one.schema, inside) : []));
}

function checkBranches(value: StaticValue, schema: JsonSchema, place: Place): Mismatch[] {
  const all = branchesOf(schema.allOf).flatMap((branch) => checkOne(value, branch, place));
  const either = [schema.anyOf, schema.oneOf].map(branchesOf).filter((branches) => branches.length > 0);
  const none = either.filter((branches) => branches.every((branch) => checkOne(value, branch, place).length > 0));
  return [...all, ...none.map((branches) => mismatch(value, describeSchema({ anyOf: branches }), schema, place))];
}

function branchesOf(keyword: unknown): JsonSchema[] {
  return Array.isArray(keyword) ? keyword.filter(isSchema) : [];
}

/** Keywords that were looked at above; what is left is the validator's, for values that are wholly known. */
const LOOKED_AT = new Set(
  "type properties patternProperties additionalProperties required items prefixItems additionalItems allOf anyOf oneOf $ref $schema $id".split(
    " ",
  ),
);

function checkRest(value: StaticValue, schema: JsonSchema, place: Place): Mismatch[] {
  const rest = Object.fromEntries(Object.entries(schema).filter(([key]) => !LOOKED_AT.has(key)));
  if (value.kind === "template") return checkTemplate(value, rest, place);
  const concrete = concreteOf(value);
  if (concrete === undefined) return [];
  // `integer` is the one type that a static type doesn't decide.
  const whole = value.kind === "literal" && schema.type !== undefined ? { ...rest, type: schema.type } : rest;
  if (Object.keys(whole).length === 0) return [];
  const [error] = validateValue({ ...definitionsOf(place.root), ...whole }, concrete.value);
  return error === undefined
    ? []
    : [mismatch(value, describeKeyword(schema, error.keyword, error.message), schema, place)];
}

function checkTemplate(
  value: Extract<StaticValue, { kind: "template" }>,
  schema: JsonSchema,
  place: Place,
): Mismatch[] {
  const literals = schema.const !== undefined ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : undefined;
  const fits =
    literals === undefined
      ? couldMatch(value.parts, schema.pattern)
      : literals.some((one) => typeof one === "string" && canRead(value.parts, one));
  const keyword = literals === undefined ? "pattern" : "enum";
  return fits ? [] : [mismatch(value, describeKeyword(schema, keyword, describeSchema(schema)), schema, place)];
}

/** Whether some text of the template could match. Decided for patterns of one class (`^[a-z_]+$`) and for fixed starts. */
function couldMatch(parts: readonly (string | null)[], pattern: unknown): boolean {
  if (typeof pattern !== "string") return true;
  const known = parts.filter((part) => part !== null);
  const ofOneClass = /^\^(\[[^\]\\]+\])[+*]\$$/.exec(pattern);
  if (ofOneClass !== null)
    return known.every((part) => validateValue({ pattern: `^${ofOneClass[1]}*$` }, part).length === 0);
  const start = /^\^([\w \-/:]*)(?![?*{|\w])/.exec(pattern.includes("|") ? "" : pattern)?.[1] ?? "";
  const first = parts[0] ?? "";
  return first.startsWith(start) || start.startsWith(first);
}

function mismatch(value: StaticValue, expected: string, schema: JsonSchema, place: Place): Mismatch {
  const { path, at, onSomePath } = place;
  const known = Array.isArray(schema.enum) ? schema.enum.filter((one) => typeof one === "string") : [];
  return {
    kind: "type",
    path,
    ...(at === undefined ? {} : { at }),
    found: describeValue(value),
    expected,
    onSomePath,
    known,
  };
}

function dereference(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let current: unknown = schema;
  for (let steps = 0; isSchema(current) && typeof current.$ref === "string" && steps < 20; steps += 1) {
    const { $ref, ...siblings } = current;
    const target = pointed(root, String($ref));
    if (target === undefined) return siblings;
    current = { ...target, ...siblings };
  }
  return isSchema(current) ? current : {};
}

function pointed(root: JsonSchema, reference: string): JsonSchema | undefined {
  if (!reference.startsWith("#")) return undefined;
  const segments = reference.slice(1).split("/").slice(1);
  const readSegment = (segment: string) =>
    segment
      .replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replaceAll("~1", "/")
      .replaceAll("~0", "~");
  const target = segments.reduce<unknown>((node, one) => (isSchema(node) ? node[readSegment(one)] : undefined), root);
  return isSchema(target) ? target : undefined;
}

function definitionsOf(root: JsonSchema): JsonSchema {
  return {
    ...(root.$defs === undefined ? {} : { $defs: root.$defs }),
    ...(root.definitions === undefined ? {} : { definitions: root.definitions }),
  };
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
