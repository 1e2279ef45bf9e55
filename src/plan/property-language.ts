import { type JsonSchema, subschemaForm } from "../schema/json-schema.ts";
import {
  childOf,
  type Entry,
  flagOf,
  type MapNode,
  mapOf,
  type PlanNode,
  plainOf,
  type TextNode,
  textNodesOf,
} from "./node.ts";

/** What a `ref` names; undefined where there is no such definition, or it can't be used there. */
export type FindDefinition = (ref: TextNode) => PlanNode | undefined;

/** Keys of a property that JSON Schema doesn't have, or has with another meaning. */
const ownKeys: ReadonlySet<string> = new Set(["required", "ref", "pii"]);

/** Keywords whose schemas describe the same value as the schema around them. */
const combinators = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"] as const;

/** The language in which a plan describes properties: JSON Schema with `required: true`, `ref` and `pii`. */
export class PropertyLanguage {
  readonly #find: FindDefinition;
  readonly #isClosed: boolean;
  readonly #expanded = new WeakMap<PlanNode, MapNode>();
  readonly #closed = new WeakMap<PlanNode, JsonSchema>();
  readonly #open = new WeakMap<PlanNode, JsonSchema>();

  /** `isClosed`: whether an object with `properties` takes no others, where it doesn't say. */
  constructor(find: FindDefinition, isClosed: boolean) {
    this.#find = find;
    this.#isClosed = isClosed;
  }

  /** The property with its `ref` carried out: the definition's keys, and its own over them. */
  expand(node: PlanNode): MapNode {
    const known = this.#expanded.get(node);
    if (known !== undefined) return known;
    const [ref] = textNodesOf(childOf(node, "ref"));
    const own = ref === undefined ? toMap(node) : withoutRef(toMap(node));
    const definition = ref === undefined ? undefined : this.#find(ref);
    const expanded = definition === undefined ? own : this.merge(this.expand(definition), own);
    this.#expanded.set(node, expanded);
    return expanded;
  }

  /** Lays a later layer over an earlier: its keys win, and `properties` are merged name by name in the same way. */
  merge(base: MapNode, over: MapNode): MapNode {
    const entries = new Map(base.entries);
    for (const [name, entry] of over.entries) {
      const before = mapOf(entries.get(name)?.value);
      const after = mapOf(entry.value);
      const isDeep = name === "properties" && before !== undefined && after !== undefined;
      entries.set(name, isDeep ? { ...entry, value: this.#mergeProperties(before, after) } : entry);
    }
    return { ...over, entries };
  }

  #mergeProperties(base: MapNode, over: MapNode): MapNode {
    const entries = new Map(base.entries);
    for (const [name, entry] of over.entries) {
      const before = entries.get(name);
      const value =
        before === undefined ? entry.value : this.merge(this.expand(before.value), this.expand(entry.value));
      entries.set(name, { name, key: (before ?? entry).key, value });
    }
    return { ...over, entries };
  }

  /** The property as JSON Schema: `required: true` as lists, `ref` carried out, objects closed unless they say not. */
  toSchema(node: PlanNode): JsonSchema {
    return this.#schema(node, this.#isClosed);
  }

  #schema(node: PlanNode, isClosed: boolean): JsonSchema {
    if (flagOf(node) === false) return { not: {} };
    const schemas = isClosed ? this.#closed : this.#open;
    const known = schemas.get(node);
    if (known !== undefined) return known;
    const schema = this.#translate(this.expand(node), isClosed);
    schemas.set(node, schema);
    return schema;
  }

  #translate(map: MapNode, isClosed: boolean): JsonSchema {
    const schema: Record<string, unknown> = {};
    for (const { name, value } of map.entries.values()) {
      if (ownKeys.has(name) || name.startsWith("x-")) continue;
      const inCombinator = (combinators as readonly string[]).includes(name);
      schema[name] = translateKeyword(name, value, (child) => this.#schema(child, isClosed && !inCombinator));
    }
    const properties = mapOf(childOf(map, "properties"));
    if (properties === undefined) return schema;
    const required = [...properties.entries.values()].filter(({ value }) => this.isRequired(value));
    if (required.length > 0) schema.required = required.map(({ name }) => name);
    if (isClosed && !saysWhatElse(map)) schema.additionalProperties = false;
    return schema;
  }

  isRequired(property: PlanNode): boolean {
    return flagOf(childOf(this.expand(property), "required")) === true;
  }
}

/**
 * One property as JSON Schema exactly where it stands, for holding it against the meta-schema: a pointer into the
 * result leads to the same place in the property.
 */
export function toSchemaInPlace(node: PlanNode): JsonSchema {
  if (flagOf(node) === false) return { not: {} };
  const schema: Record<string, unknown> = {};
  for (const { name, value } of toMap(node).entries.values()) {
    if (ownKeys.has(name) || name.startsWith("x-")) continue;
    schema[name] = translateKeyword(name, value, toSchemaInPlace);
  }
  return schema;
}

/** A keyword's value with the schemas in it translated. */
function translateKeyword(keyword: string, value: PlanNode, translate: (node: PlanNode) => JsonSchema): unknown {
  const form = subschemaForm(keyword);
  if (form === undefined) return plainOf(value);
  // `additionalProperties: false` and its like: booleans are schemas that every dialect has here.
  const flag = flagOf(value);
  if (flag !== undefined && keyword.startsWith("additional")) return flag;
  if (form === "map" && value.kind === "map") {
    return Object.fromEntries([...value.entries.values()].map((entry) => [entry.name, translate(entry.value)]));
  }
  if (form !== "one" && value.kind === "list") return value.items.map(translate);
  return form === "one" || form === "one-or-list" ? translate(value) : plainOf(value);
}

/** `null`, `true` and `{}` all say that any value will do. */
function toMap(node: PlanNode): MapNode {
  return node.kind === "map" ? node : { kind: "map", ...placeOnly(node), entries: noEntries };
}

function withoutRef(map: MapNode): MapNode {
  const entries = new Map(map.entries);
  entries.delete("ref");
  return { ...map, entries };
}

const noEntries: ReadonlyMap<string, Entry> = new Map();

function placeOnly({ file, start, end }: PlanNode) {
  return { file, start, end };
}

/** An object that combines schemas can't be closed by one of them. */
function saysWhatElse(map: MapNode): boolean {
  return ["additionalProperties", "unevaluatedProperties", ...combinators].some((keyword) => map.entries.has(keyword));
}
