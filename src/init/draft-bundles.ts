import type { Hop, TrackingCall } from "../calls/types.ts";
import { groupBy } from "../util/group-by.ts";
import type { BundleDraft, EventDraft, PropertyDraft } from "./draft.ts";

/** What all of fewer events carry isn't worth a name of its own. */
const FEWEST_EVENTS = 4;

export interface Bundled {
  readonly bundles: readonly BundleDraft[];
  readonly events: readonly EventDraft[];
}

/** An event with the wrapper that all its calls pass last, and the keys that wrappers add to each of them. */
interface Wrapped {
  readonly event: EventDraft;
  readonly wrapper: Hop | undefined;
  readonly added: ReadonlySet<string>;
}

/** Says once what a wrapper adds to many events: in a bundle with the wrapper's name. */
export function bundleEvents(
  events: readonly { readonly event: EventDraft; readonly calls: readonly TrackingCall[] }[],
): Bundled {
  const all = events.map(toWrapped);
  const bundles = new Map<string, BundleDraft>();
  const result = new Map(all.map(({ event }) => [event, event]));
  for (const group of groupBy(all, ({ wrapper }) => wrapper && JSON.stringify(wrapper.at)).values()) {
    const wrapper = group[0]?.wrapper;
    if (wrapper === undefined || group.length < FEWEST_EVENTS) continue;
    const properties = sharedProperties(group);
    if (properties.length === 0) continue;
    const name = freeName(wrapper.name, bundles);
    bundles.set(name, { name, properties });
    const shared = new Set(properties.map(keyOf));
    for (const { event } of group) {
      const own = event.properties.filter((property) => !shared.has(keyOf(property)));
      result.set(event, { ...event, bundles: [name], properties: own });
    }
  }
  return { bundles: [...bundles.values()], events: events.map(({ event }) => result.get(event)!) };
}

function toWrapped({ event, calls }: { readonly event: EventDraft; readonly calls: readonly TrackingCall[] }): Wrapped {
  const last = calls.map((call) => call.via.at(-1));
  const isShared = new Set(last.map((hop) => JSON.stringify(hop?.at))).size === 1;
  const names = calls[0]?.added.properties.map(({ name }) => name) ?? [];
  const isAdded = (name: string) => calls.every((call) => call.added.properties.some((one) => one.name === name));
  return { event, wrapper: isShared ? last[0] : undefined, added: new Set(names.filter(isAdded)) };
}

/**
 * What every event of the group carries in the same way. A property of which nothing is said in most of them belongs
 * too: an event that says more says it over the bundle.
 */
function sharedProperties(group: readonly Wrapped[]): PropertyDraft[] {
  const names = new Set(group.flatMap(({ added }) => [...added]));
  return [...names].flatMap((name): PropertyDraft[] => {
    const found = group.map(({ event }) => event.properties.find((property) => property.name === name));
    const present = found.filter((property) => property !== undefined);
    if (present.length < group.length) return [];
    const alike = [...groupBy(present, keyOf).values()].sort((a, b) => b.length - a.length);
    const usual = alike[0]?.[0];
    const saysNothing = usual?.required === false && usual.schema?.types.length === 0;
    return usual !== undefined && (alike.length === 1 || saysNothing) ? [usual] : [];
  });
}

function keyOf(property: PropertyDraft): string {
  return JSON.stringify(property);
}

function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name} ${number}`;
  return free;
}
