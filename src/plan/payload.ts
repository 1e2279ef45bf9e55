import type { Range } from "../diagnostics/range.ts";
import { type Dialect, dialectUris, type JsonSchema } from "../schema/json-schema.ts";
import type { FullSchema } from "./full-schema.ts";
import type { PlanPayload, PlanProperty } from "./model.ts";
import {
  childOf,
  type Entry,
  entriesOf,
  flagOf,
  isStated,
  type MapNode,
  type Place,
  type PlanNode,
  rangeOf,
  textOf,
} from "./node.ts";
import type { PropertyLanguage } from "./property-language.ts";

/** What one part of the plan says of a payload; later layers win over earlier ones. */
export interface Layer {
  readonly origin: PlanProperty["origin"];
  readonly properties?: PlanNode | undefined;
  readonly full?: FullSchema | undefined;
  readonly additionalProperties?: boolean | undefined;
}

/** A property while layers are laid over it. */
interface Draft {
  readonly name: string;
  readonly key: Place;
  readonly origin: PlanProperty["origin"];
  /** As the plan's language has it; absent where a complete JSON Schema has a part in it. */
  readonly node?: MapNode;
  readonly schema: JsonSchema;
  /** Where the property is made required, or stops being so. */
  readonly required?: { readonly value: boolean; readonly at: Place };
  readonly pii?: string | false;
  readonly deprecated: boolean;
  readonly ref?: string;
}

/** Puts payloads together from layers. */
export class PayloadBuilder {
  readonly #language: PropertyLanguage;
  readonly #dialect: Dialect;

  constructor(language: PropertyLanguage, dialect: Dialect) {
    this.#language = language;
    this.#dialect = dialect;
  }

  /** `isOpen`: whether names that no layer lists may be sent, where no layer says. */
  build(at: Range, layers: readonly Layer[], isOpen: boolean): PlanPayload {
    const drafts = new Map<string, Draft>();
    let full: FullSchema | undefined;
    let additionalProperties: boolean | undefined;
    for (const layer of layers) {
      full = layer.full ?? full;
      additionalProperties = layer.additionalProperties ?? additionalProperties;
      for (const draft of this.#draftsOf(layer)) {
        const before = drafts.get(draft.name);
        drafts.set(draft.name, before === undefined ? draft : this.#layOver(before, draft, layer));
      }
    }
    const all = [...drafts.values()];
    const open = additionalProperties ?? (full === undefined ? isOpen : !full.isClosed());
    const schema = this.#payloadSchema(all, full, additionalProperties ?? (full === undefined ? isOpen : undefined));
    return {
      properties: new Map(all.map((draft) => [draft.name, toProperty(draft)])),
      additionalProperties: open,
      schema,
      at,
    };
  }

  /** Properties outside of payloads, such as traits. */
  properties(node: PlanNode | undefined, origin: PlanProperty["origin"]): ReadonlyMap<string, PlanProperty> {
    return new Map(entriesOf(node).map((entry) => [entry.name, toProperty(this.#draftOf(entry, origin))]));
  }

  #draftsOf({ origin, properties, full }: Layer): readonly Draft[] {
    if (full === undefined) return entriesOf(properties).map((entry) => this.#draftOf(entry, origin));
    return [...full.properties()].map(([name, { key, schema, requiredAt }]) => ({
      name,
      key,
      origin,
      schema,
      deprecated: schema.deprecated === true,
      ...(requiredAt === undefined ? {} : { required: { value: true, at: requiredAt } }),
    }));
  }

  #draftOf({ name, key, value }: Entry, origin: PlanProperty["origin"]): Draft {
    const node = this.#language.expand(value);
    const required = node.entries.get("required")?.value;
    const requiredFlag = flagOf(required);
    const pii = node.entries.get("pii")?.value;
    const ref = textOf(childOf(value, "ref"));
    const piiValue = flagOf(pii) === false ? false : textOf(pii);
    return {
      name,
      key,
      origin,
      node,
      schema: this.#language.toSchema(value),
      deprecated: flagOf(node.entries.get("deprecated")?.value) === true,
      ...(required !== undefined && requiredFlag !== undefined
        ? { required: { value: requiredFlag, at: required } }
        : {}),
      ...(piiValue === undefined ? {} : { pii: piiValue }),
      ...(ref === undefined ? {} : { ref }),
    };
  }

  #layOver(before: Draft, over: Draft, layer: Layer): Draft {
    const { node: lower, ...base } = before;
    const { node: upper, ...above } = over;
    // A complete schema says all there is to say of its properties.
    if (layer.full !== undefined) return { ...base, ...above };
    const { key, origin } = describesValue(upper) ? over : before;
    if (lower === undefined || upper === undefined) {
      const schema = { ...base.schema, ...above.schema };
      return { ...base, ...above, key, origin, schema, deprecated: base.deprecated || above.deprecated };
    }
    return this.#draftOf({ name: before.name, key, value: this.#language.merge(lower, upper) }, origin);
  }

  #payloadSchema(drafts: readonly Draft[], full: FullSchema | undefined, additionalProperties: boolean | undefined) {
    const {
      required: _,
      properties: untouched,
      ...own
    }: JsonSchema = full === undefined ? { type: "object" } : full.plain;
    const properties: Record<string, unknown> = { ...(untouched as JsonSchema | undefined) };
    // What only the complete schema describes stays as it stands there, its `$ref`s included.
    const described = full?.properties();
    for (const { name, key, schema } of drafts) if (described?.get(name)?.key !== key) properties[name] = schema;
    const required = drafts.filter((draft) => draft.required?.value === true).map(({ name }) => name);
    return {
      ...own,
      $schema: dialectUris[full?.dialect ?? this.#dialect],
      properties,
      ...(required.length > 0 ? { required } : {}),
      ...(additionalProperties === undefined ? {} : { additionalProperties }),
    };
  }
}

/** Keys that say something about a property, but not what its value is. */
const remarks: ReadonlySet<string> = new Set(["required", "pii", "deprecated", "description", "title"]);

function describesValue(node: MapNode | undefined): boolean {
  return node === undefined || [...node.entries.keys()].some((name) => !remarks.has(name) && !name.startsWith("x-"));
}

function toProperty({ name, key, origin, node, schema, required, pii, deprecated, ref }: Draft): PlanProperty {
  const { description } = schema;
  const isRequired = required?.value === true;
  return {
    name,
    required: isRequired,
    schema,
    deprecated,
    at: rangeOf(key),
    origin,
    has: (asked) => (node === undefined ? schema[asked] !== undefined : isStated(childOf(node, asked))),
    ...(ref === undefined ? {} : { ref }),
    ...(isRequired ? { requiredAt: rangeOf(required.at) } : {}),
    ...(pii === undefined ? {} : { pii }),
    ...(typeof description === "string" ? { description } : {}),
  };
}
