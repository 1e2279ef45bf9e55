import type { Evaluator } from "./evaluator.ts";
import { type Channel, channelsOf, META, WRITES } from "./metadata.ts";
import { roleOf, type Traced } from "./trace.ts";
import type { Trigger } from "./triggers.ts";

/** What stands in files that only write metadata from which a name is read: its method and its key. */
export function metadataTriggers(
  ev: Evaluator,
  { sites, forwarders }: Pick<Traced, "sites" | "forwarders">,
): Trigger[] {
  const channels = [...sites, ...forwarders].flatMap((arrival) => channelsOf(ev, roleOf(ev, arrival, "event")));
  return channels.flatMap(triggersOf);
}

function triggersOf({ kind, text, made }: Channel): Trigger[] {
  if (text !== undefined) {
    if (kind === "decorator") return [{ name: text, members: WRITES, anywhere: true }];
    return [...META].map((name) => ({ name, members: new Set([text]), anywhere: true }));
  }
  // A decorator of its own is known by its name.
  if (made === undefined) return [];
  const { facts } = made.m;
  return facts.exports.flatMap((fact) =>
    "b" in fact && facts.bindings[fact.b]?.init === made.x ? [{ name: fact.n }] : [],
  );
}
