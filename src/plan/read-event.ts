import type { Range } from "../diagnostics/range.ts";
import type { EventKind, EventStatus, PlanEvent, PlanPayload, PlanVersion } from "./model.ts";
import {
  childOf,
  type Entry,
  entriesOf,
  entryOf,
  flagOf,
  isStated,
  type MapNode,
  mapOf,
  optionalTexts,
  type Place,
  type PlanNode,
  rangeOf,
  textNodesOf,
  textOf,
  textsOf,
  versionOf,
  wordOf,
} from "./node.ts";
import type { Layer } from "./payload.ts";
import type { SharedParts } from "./shared-parts.ts";

export const eventKinds = ["track", "page", "screen"] as const satisfies readonly EventKind[];
const statuses = ["planned", "active", "deprecated", "removed"] as const satisfies readonly EventStatus[];

/** An event as the plan lists it. */
export interface EventEntry {
  readonly name: string;
  readonly kind: EventKind;
  /** Its name: the key, the value of `name`, or the item of a list of names. */
  readonly at: Place;
  /** Absent for an event of which only the name is said. */
  readonly node: MapNode | undefined;
}

/** The events of one `events:` section, in both its forms. */
export function listEvents(section: PlanNode): readonly EventEntry[] {
  if (section.kind === "map") {
    return entriesOf(section).map(({ name, key, value }) => toEntry(name, key, mapOf(value)));
  }
  return (section.kind === "list" ? section.items : []).flatMap((item) => {
    const name = textNodesOf(item)[0] ?? textNodesOf(childOf(item, "name"))[0];
    return name === undefined ? [] : [toEntry(name.value, name, mapOf(item))];
  });
}

function toEntry(key: string, keyPlace: Place, node: MapNode | undefined): EventEntry {
  const [name] = textNodesOf(childOf(node, "name"));
  const kind = wordOf(childOf(node, "kind"), eventKinds) ?? "track";
  return { name: name?.value ?? key, kind, at: name ?? keyPlace, node };
}

/** Builds an event. Payloads are put together when they are first asked for. */
export function readEvent(event: EventEntry, shared: SharedParts): PlanEvent {
  const { node } = event;
  const at = rangeOf(event.at);
  const reader = new PayloadReader(event, at, shared);
  const version = versionOf(childOf(node, "version"));
  const versionEntry = entryOf(node, "version");
  const variants = childOf(node, "variants");
  const by = textOf(childOf(variants, "by"));
  return {
    name: event.name,
    kind: event.kind,
    at,
    ...(version === undefined || versionEntry === undefined ? {} : { version, versionAt: rangeOf(versionEntry.value) }),
    status: wordOf(childOf(node, "status"), statuses) ?? "active",
    aliases: textNodesOf(childOf(node, "aliases")).map((alias) => ({ name: alias.value, at: rangeOf(alias) })),
    names: textMapOf(childOf(node, "names")),
    ...optionalTexts(node, ["description", "trigger", "category", "consent", "sunset"]),
    ...replacement(node),
    owner: textsOf(childOf(node, "owner")),
    tags: textsOf(childOf(node, "tags")),
    consumers: textsOf(childOf(node, "consumers")),
    ...sourcesOf(childOf(node, "sources")),
    payloadFor: (source, platform) => reader.payload(source, platform),
    ...(by === undefined ? {} : { variants: { by, cases: reader.cases(childOf(variants, "cases")) } }),
    versions: entriesOf(childOf(node, "versions")).map((entry) => readVersion(entry, reader)),
    sets: shared.payloads.properties(childOf(childOf(node, "sets"), "user"), "trait"),
    has: (key) => isStated(childOf(node, key)),
  };
}

function readVersion(entry: Entry, reader: PayloadReader): PlanVersion {
  const payloadFor = reader.ofVersion(entry);
  return {
    version: entry.name,
    status: wordOf(childOf(entry.value, "status"), statuses) ?? "active",
    ...optionalTexts(entry.value, ["sunset"]),
    ...replacement(entry.value),
    get payload() {
      return payloadFor("*", "unknown");
    },
    payloadFor,
    at: rangeOf(entry.key),
  };
}

type PayloadFor = (source: string, platform: string) => PlanPayload;

class PayloadReader {
  readonly #event: EventEntry;
  readonly #at: Range;
  readonly #shared: SharedParts;
  readonly payload: PayloadFor;

  constructor(event: EventEntry, at: Range, shared: SharedParts) {
    this.#event = event;
    this.#at = at;
    this.#shared = shared;
    this.payload = memoise((source, platform) => this.#build(source, platform, this.#layersFor(source), event.node));
  }

  cases(node: PlanNode | undefined): ReadonlyMap<string, PayloadFor> {
    return new Map(
      entriesOf(node).map(({ name, value }) => [
        name,
        memoise((source, platform) =>
          this.#build(source, platform, [...this.#layersFor(source), difference("variant", value)], this.#event.node),
        ),
      ]),
    );
  }

  /** A version that describes no payload has the event's. */
  ofVersion({ key, value }: Entry): PayloadFor {
    if (!describesPayload(value)) return this.payload;
    const at = rangeOf(key);
    return memoise((source, platform) => this.#build(source, platform, this.#ownLayers(value, "version"), value, at));
  }

  #layersFor(source: string): readonly Layer[] {
    const bySource = childOf(childOf(this.#event.node, "sources"), source);
    return [...this.#ownLayers(this.#event.node, "event"), difference("source", bySource)];
  }

  #ownLayers(node: PlanNode | undefined, origin: "event" | "version"): readonly Layer[] {
    const full = entryOf(node, "schema");
    return [
      ...textsOf(childOf(node, "bundles")).map(
        (name): Layer => ({ origin: "bundle", properties: this.#shared.bundles.get(name)?.value }),
      ),
      {
        ...difference(origin, node),
        ...(full === undefined ? {} : { full: this.#shared.fullSchema(full) }),
      },
    ];
  }

  #build(
    source: string,
    platform: string,
    layers: readonly Layer[],
    node: PlanNode | undefined,
    at?: Range,
  ): PlanPayload {
    const properties = entryOf(node, "properties") ?? entryOf(node, "schema");
    const isOpen = this.#shared.additionalProperties ?? !describesPayload(node);
    return this.#shared.payloads.build(
      at ?? (properties === undefined ? this.#at : rangeOf(properties.key)),
      [...this.#shared.commonLayers(source, platform), ...layers],
      isOpen,
    );
  }
}

function memoise(build: PayloadFor): PayloadFor {
  const known = new Map<string, PlanPayload>();
  return (source, platform) => {
    const key = JSON.stringify([source, platform]);
    const payload = known.get(key) ?? build(source, platform);
    known.set(key, payload);
    return payload;
  };
}

function difference(origin: Layer["origin"], node: PlanNode | undefined): Layer {
  return {
    origin,
    properties: childOf(node, "properties"),
    additionalProperties: flagOf(childOf(node, "additionalProperties")),
  };
}

/** A bare name, or one with remarks only, says nothing of what is sent with it. */
function describesPayload(node: PlanNode | undefined): boolean {
  return (
    ["properties", "schema", "bundles", "variants"].some((key) => childOf(node, key) !== undefined) ||
    entriesOf(childOf(node, "sources")).some(({ value }) => childOf(value, "properties") !== undefined)
  );
}

function sourcesOf(node: PlanNode | undefined): Pick<PlanEvent, "sources"> {
  if (node === undefined) return {};
  const places: [string, { readonly at: Range }][] =
    node.kind === "map"
      ? entriesOf(node).map(({ name, key }) => [name, { at: rangeOf(key) }])
      : textNodesOf(node).map((name) => [name.value, { at: rangeOf(name) }]);
  return { sources: new Map(places) };
}

function replacement(node: PlanNode | undefined): { readonly replacedBy?: string } {
  const replacedBy = versionOf(childOf(node, "replacedBy"));
  return replacedBy === undefined ? {} : { replacedBy };
}

function textMapOf(node: PlanNode | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entriesOf(node).flatMap(({ name, value }) => textNodesOf(value).map((text) => [name, text.value])),
  );
}
