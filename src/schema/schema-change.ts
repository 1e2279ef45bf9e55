import type { JsonSchema } from "./json-schema.ts";

/**
 * What a change of a schema does to those who rely on it. `breaking`: something that was valid is refused now, or what
 * was promised is gone. `additive`: all that was valid stays so, and more is. `annotation`: nothing is valid otherwise.
 */
export type ChangeClass = "breaking" | "additive" | "annotation";

export interface SchemaChange {
  readonly is: ChangeClass;
  /** Where in the payload: `products[].price`; empty for the whole of it. */
  readonly path: string;
  /** In words, about what stands at the path: `is required now`. */
  readonly what: string;
}

const ANNOTATIONS: ReadonlySet<string> = new Set(
  "title description $comment examples example default deprecated readOnly writeOnly $schema $id id".split(" "),
);

/** Bounds, and in which direction they admit more. */
const BOUNDS: Readonly<Record<string, "up" | "down">> = {
  maximum: "up",
  exclusiveMaximum: "up",
  maxLength: "up",
  maxItems: "up",
  maxProperties: "up",
  minimum: "down",
  exclusiveMinimum: "down",
  minLength: "down",
  minItems: "down",
  minProperties: "down",
};

const MAX_DEPTH = 40;

/** The changes from one schema of a payload to another, over the keywords that plans use; any other change is breaking. */
export function schemaChanges(before: JsonSchema, after: JsonSchema): readonly SchemaChange[] {
  return [...changesAt(before, after, "", 0)];
}

/** The heaviest class among changes; undefined where there is none. */
export function heaviest(changes: readonly SchemaChange[]): ChangeClass | undefined {
  return (["breaking", "additive", "annotation"] as const).find((one) => changes.some(({ is }) => is === one));
}

function* changesAt(before: unknown, after: unknown, path: string, depth: number): Iterable<SchemaChange> {
  if (isSame(before, after)) return;
  if (!isSchema(before) || !isSchema(after) || depth > MAX_DEPTH) {
    const widens = after === true || (isSchema(after) && Object.keys(after).length === 0) || before === false;
    yield {
      is: widens ? "additive" : "breaking",
      path,
      what: widens ? "takes anything now" : "is described otherwise",
    };
    return;
  }
  for (const keyword of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[keyword], after[keyword]];
    if (isSame(was, is)) continue;
    if (keyword === "properties") yield* propertyChanges(before, after, path, depth);
    else if (keyword === "items") yield* itemChanges(was, is, path, depth);
    else yield keywordChange(keyword, was, is, path);
  }
}

function* propertyChanges(before: JsonSchema, after: JsonSchema, path: string, depth: number): Iterable<SchemaChange> {
  const [had, has] = [mapOf(before.properties), mapOf(after.properties)];
  for (const name of new Set([...Object.keys(had), ...Object.keys(has)])) {
    const inner = path === "" ? name : `${path}.${name}`;
    if (!Object.hasOwn(has, name)) yield { is: "breaking", path: inner, what: "was removed" };
    else if (Object.hasOwn(had, name)) yield* changesAt(had[name], has[name], inner, depth + 1);
    // What an open object took as anything is held to a schema from now on.
    else if (before.additionalProperties === false || isOpen(has[name]))
      yield { is: "additive", path: inner, what: "was added" };
    else yield { is: "breaking", path: inner, what: "was added to an object that took it as anything" };
  }
}

function* itemChanges(was: unknown, is: unknown, path: string, depth: number): Iterable<SchemaChange> {
  const inner = `${path}[]`;
  if (was === undefined)
    yield { is: isOpen(is) ? "additive" : "breaking", path: inner, what: "took anything, and is described now" };
  else if (is === undefined) yield { is: "additive", path: inner, what: "takes anything now" };
  else yield* changesAt(was, is, inner, depth + 1);
}

function keywordChange(keyword: string, was: unknown, is: unknown, path: string): SchemaChange {
  const of = (what: string, kind: ChangeClass): SchemaChange => ({ is: kind, path, what });
  if (ANNOTATIONS.has(keyword) || keyword.startsWith("x-")) return of(`has another \`${keyword}\``, "annotation");
  const direction = BOUNDS[keyword];
  if (direction !== undefined) return boundChange(keyword, direction, was, is, of);
  switch (keyword) {
    case "required":
      return requiredChange(was, is, path);
    case "type":
      return valuesChange("type", typesOf(was), typesOf(is), of);
    case "enum":
      return valuesChange("value", listOrNone(was), listOrNone(is), of);
    case "additionalProperties":
      return isOpen(is) || was === false
        ? of("takes further properties now", "additive")
        : of("takes fewer further properties", "breaking");
    case "uniqueItems":
      return was === true
        ? of("may repeat items now", "additive")
        : is === true
          ? of("may not repeat items", "breaking")
          : of("says the same otherwise", "annotation");
    default:
      // A constraint that is gone admits more; one that came or changed is not followed further.
      return is === undefined && CONSTRAINTS.has(keyword)
        ? of(`has no \`${keyword}\` any more`, "additive")
        : of(was === undefined ? `has a \`${keyword}\` now` : `has another \`${keyword}\``, "breaking");
  }
}

/** Keywords that only ever refuse, each by itself. */
const CONSTRAINTS: ReadonlySet<string> = new Set(
  "pattern format const multipleOf propertyNames not allOf anyOf oneOf dependentRequired dependentSchemas".split(" "),
);

type Of = (what: string, kind: ChangeClass) => SchemaChange;

function boundChange(keyword: string, direction: "up" | "down", was: unknown, is: unknown, of: Of): SchemaChange {
  if (is === undefined) return of(`has no \`${keyword}\` any more`, "additive");
  const isWider = typeof was === "number" && typeof is === "number" && (direction === "up" ? is > was : is < was);
  return of(
    was === undefined
      ? `has the \`${keyword}\` ${String(is)} now`
      : `has the \`${keyword}\` ${String(is)} instead of ${String(was)}`,
    isWider ? "additive" : "breaking",
  );
}

function requiredChange(was: unknown, is: unknown, path: string): SchemaChange {
  const [before, after] = [listOrNone(was) ?? [], listOrNone(is) ?? []];
  const added = after.filter((name) => !before.includes(name)).map((name) => `\`${String(name)}\``);
  const dropped = before.filter((name) => !after.includes(name)).map((name) => `\`${String(name)}\``);
  if (added.length > 0) return { is: "breaking", path, what: `requires ${added.join(", ")} now` };
  return dropped.length > 0
    ? { is: "additive", path, what: `requires ${dropped.join(", ")} no more` }
    : { is: "annotation", path, what: "lists what it requires in another order" };
}

/** Undefined stands for any value. */
function valuesChange(
  what: string,
  was: readonly unknown[] | undefined,
  is: readonly unknown[] | undefined,
  of: Of,
): SchemaChange {
  const admits = (list: readonly unknown[] | undefined, value: unknown) =>
    list === undefined ||
    list.some((one) => isSame(one, value) || (one === "number" && value === "integer" && what === "type"));
  if (is === undefined) return of(`takes any ${what} now`, "additive");
  const gone = was === undefined ? undefined : was.filter((value) => !admits(is, value));
  if (gone === undefined) return of(`takes no longer any ${what}`, "breaking");
  if (gone.length > 0)
    return of(`takes the ${what} ${gone.map((one) => `\`${String(one)}\``).join(", ")} no more`, "breaking");
  const more = is.filter((value) => !admits(was, value));
  return more.length > 0
    ? of(`takes the ${what} ${more.map((one) => `\`${String(one)}\``).join(", ")} too`, "additive")
    : of(`lists each ${what} in another order`, "annotation");
}

function typesOf(type: unknown): readonly unknown[] | undefined {
  return type === undefined ? undefined : Array.isArray(type) ? type : [type];
}

function listOrNone(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function isOpen(schema: unknown): boolean {
  return (
    schema === undefined ||
    schema === true ||
    (isSchema(schema) && Object.keys(schema).every((key) => ANNOTATIONS.has(key)))
  );
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mapOf(value: unknown): JsonSchema {
  return isSchema(value) ? value : {};
}

/** Equal as JSON; the order of keys makes no difference. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, index) => isSame(one, b[index]));
  if (!isSchema(a) || !isSchema(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}
