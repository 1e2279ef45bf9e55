import {
  type Dialect,
  dialectOfUri,
  dialectUris,
  type JsonSchema,
  pointerSegments,
  subschemaForm,
} from "../schema/json-schema.ts";
import { checkPattern, checkPatternKey, reportSchemaViolations } from "./check-properties.ts";
import { subschemasOf } from "./definitions.ts";
import {
  childOf,
  type Entry,
  entriesOf,
  flagOf,
  itemsOf,
  type Place,
  type PlanNode,
  plainOf,
  type TextNode,
  textNodesOf,
  textOf,
} from "./node.ts";
import { listNames, type Problems } from "./problems.ts";

/** A property of a payload that a complete JSON Schema describes. */
export interface SchemaProperty {
  readonly key: Place;
  /** With its `$ref`s carried out; where a schema holds itself, the inner one takes anything. */
  readonly schema: JsonSchema;
  /** Its name in a `required` list. */
  readonly requiredAt?: Place;
}

/** Schemas that carrying out the `$ref`s of one property may make; beyond, a `$ref` stands for anything. */
const inlinedSchemasAtMost = 5_000;
const nestedSchemasAtMost = 200;

/** A complete JSON Schema of a payload, as it stands under `schema:`. */
export class FullSchema {
  readonly dialect: Dialect;
  readonly plain: JsonSchema;
  readonly #entry: Entry;

  /** `planDialect` holds where the schema doesn't name one by `$schema`. */
  constructor(entry: Entry, planDialect: Dialect) {
    this.#entry = entry;
    this.plain = entry.value.kind === "map" ? (plainOf(entry.value) as JsonSchema) : {};
    const uri = textOf(childOf(entry.value, "$schema"));
    this.dialect = (uri === undefined ? undefined : dialectOfUri(uri)) ?? planDialect;
  }

  /** Reports what is not valid in it, `$ref`s that leave it, and patterns that can't be run in linear time. */
  check(problems: Problems): void {
    const [uri] = textNodesOf(childOf(this.#entry.value, "$schema"));
    if (uri !== undefined && dialectOfUri(uri.value) === undefined) {
      problems.add(uri, `The JSON Schema dialect \`${uri.value}\` is not supported`, {
        help: `Supported: ${listNames(Object.values(dialectUris))}`,
      });
      return;
    }
    this.#checkNode(this.#entry.value, problems);
    reportSchemaViolations(this.#entry, this.plain, this.dialect, problems);
  }

  #checkNode(node: PlanNode, problems: Problems): void {
    for (const entry of entriesOf(node)) {
      if (entry.name === "$ref") this.#checkRef(entry, problems);
      else if (entry.name === "pattern") checkPattern(entry, problems);
      else if (entry.name === "patternProperties") {
        for (const child of entriesOf(entry.value)) checkPatternKey(child, problems);
      }
    }
    for (const child of subschemasOf(node)) this.#checkNode(child, problems);
  }

  #checkRef({ value }: Entry, problems: Problems): void {
    for (const ref of textNodesOf(value)) {
      if (this.#resolve(ref.value) !== undefined) continue;
      problems.add(
        ref,
        ref.value.startsWith("#")
          ? `\`$ref\` \`${ref.value}\` leads nowhere in this schema`
          : `\`$ref\` \`${ref.value}\` leads out of this schema, which is never followed`,
        { help: "A `$ref` begins with `#` and names a part of the same `schema:`, such as `#/$defs/name`" },
      );
    }
  }

  /** The properties that hold whatever the payload: those of the schema, and of what it includes by `$ref` and `allOf`. */
  properties(): ReadonlyMap<string, SchemaProperty> {
    this.#properties ??= this.#gather();
    return this.#properties;
  }

  #properties: ReadonlyMap<string, SchemaProperty> | undefined;

  #gather(): ReadonlyMap<string, SchemaProperty> {
    const properties = new Map<string, SchemaProperty>();
    const required = new Map<string, TextNode>();
    for (const part of this.#parts()) {
      for (const { name, key, value } of entriesOf(childOf(part, "properties"))) {
        if (!properties.has(name)) properties.set(name, { key, schema: this.#inline(value) });
      }
      for (const name of itemsOf(childOf(part, "required")).flatMap(textNodesOf)) required.set(name.value, name);
    }
    for (const [name, at] of required) {
      const property = properties.get(name);
      properties.set(
        name,
        property === undefined ? { key: at, schema: {}, requiredAt: at } : { ...property, requiredAt: at },
      );
    }
    return properties;
  }

  /** Whether a property that `properties` doesn't list is certainly refused. */
  isClosed(): boolean {
    return [...this.#parts()].some((part) => {
      const hasPatterns = entriesOf(childOf(part, "patternProperties")).length > 0;
      if (flagOf(childOf(part, "additionalProperties")) === false) return !hasPatterns;
      const isOpenEnded = hasPatterns || branching.some((keyword) => childOf(part, keyword) !== undefined);
      return flagOf(childOf(part, "unevaluatedProperties")) === false && !isOpenEnded;
    });
  }

  /** The schema itself and all that it includes unconditionally. */
  #parts(): ReadonlySet<PlanNode> {
    const parts = new Set<PlanNode>([this.#entry.value]);
    // A set's iteration takes in what is added on the way.
    for (const node of parts) {
      const ref = textOf(childOf(node, "$ref"));
      const target = ref === undefined ? undefined : this.#resolve(ref);
      if (target !== undefined) parts.add(target);
      for (const part of itemsOf(childOf(node, "allOf"))) parts.add(part);
    }
    return parts;
  }

  #inline(node: PlanNode): JsonSchema {
    let budget = inlinedSchemasAtMost;
    const inline = (part: PlanNode, active: ReadonlySet<PlanNode>): unknown => {
      if (part.kind !== "map") return plainOf(part);
      if (active.has(part) || active.size > nestedSchemasAtMost || budget-- <= 0) return {};
      const below = new Set(active).add(part);
      const ref = textOf(childOf(part, "$ref"));
      const target = ref === undefined ? undefined : this.#resolve(ref);
      const own = entriesOf(part)
        .filter(({ name }) => target === undefined || name !== "$ref")
        .map(({ name, value }) => [name, inlineKeyword(name, value, (child) => inline(child, below))]);
      const included = target === undefined ? {} : (inline(target, below) as object);
      return { ...included, ...Object.fromEntries(own) };
    };
    const schema = inline(node, new Set());
    return typeof schema === "object" && schema !== null ? (schema as JsonSchema) : schema === false ? { not: {} } : {};
  }

  /** The part of this schema that a `$ref` names; undefined where it leads nowhere, or out of it. */
  #resolve(ref: string): PlanNode | undefined {
    const hash = ref.indexOf("#");
    const base = hash < 0 ? ref : ref.slice(0, hash);
    const fragment = hash < 0 ? "" : ref.slice(hash + 1);
    const resource = base === "" ? this.#entry.value : this.#findById(base);
    if (resource === undefined || fragment === "") return resource;
    if (!fragment.startsWith("/")) return this.#findById(`#${fragment}`);
    return pointerSegments(decodeFragment(fragment)).reduce<PlanNode | undefined>(
      (node, segment) => childOf(node, segment) ?? itemsOf(node)[Number(segment)],
      resource,
    );
  }

  #ids: ReadonlyMap<string, PlanNode> | undefined;

  #findById(id: string): PlanNode | undefined {
    this.#ids ??= new Map(collectIds(this.#entry.value));
    return this.#ids.get(id);
  }
}

/** Keywords that evaluate properties on some payloads only. */
const branching = ["anyOf", "oneOf", "if", "dependentSchemas"] as const;

function* collectIds(node: PlanNode): Generator<[string, PlanNode]> {
  for (const keyword of ["$id", "id"]) {
    const id = textOf(childOf(node, keyword));
    if (id !== undefined) yield [id.replace(/(.)#$/, "$1"), node];
  }
  for (const keyword of ["$anchor", "$dynamicAnchor"]) {
    const anchor = textOf(childOf(node, keyword));
    if (anchor !== undefined) yield [`#${anchor}`, node];
  }
  for (const child of subschemasOf(node)) yield* collectIds(child);
}

function inlineKeyword(keyword: string, value: PlanNode, inline: (node: PlanNode) => unknown): unknown {
  const form = subschemaForm(keyword);
  if (form === undefined) return plainOf(value);
  if (value.kind === "list") return value.items.map(inline);
  if (form !== "map") return inline(value);
  return Object.fromEntries(entriesOf(value).map((entry) => [entry.name, inline(entry.value)]));
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch (error) {
    // A stray per cent sign stands for itself.
    if (error instanceof URIError) return fragment;
    throw error;
  }
}
