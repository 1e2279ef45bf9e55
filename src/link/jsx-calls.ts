import type { Identifier, TrackingCall } from "../calls/types.ts";
import type { Discovery } from "../discover/types.ts";
import type { Sdk } from "../sdks/sdk.ts";
import { ownerOf } from "./call-graph.ts";
import { guardsOf } from "./conditions.ts";
import { propsOf } from "./elements.ts";
import type { Evaluator } from "./evaluator.ts";
import { memberOf } from "./member.ts";
import type { Module } from "./module.ts";
import { namesOf } from "./names.ts";
import { reach } from "./sdk-match.ts";
import { toPayload, toStatic } from "./static-value.ts";
import type { Value } from "./value.ts";

type Component = NonNullable<Sdk["jsx"]>[number];

/** Components of SDKs that identify or track by their props: `<IdentifyComponent profileId={id} />`. */
export function componentCalls(
  among: Evaluator,
  ev: Evaluator,
  modules: readonly Module[],
  sourceOf: Discovery["sourceOf"],
): TrackingCall[] {
  return modules.flatMap((m) =>
    m.facts.elements.flatMap((element): TrackingCall[] => {
      const tag = element.tag === undefined ? undefined : among.value(m, element.tag);
      if (tag?.k !== "ext") return [];
      for (const { sdk, as, entry, rest } of reach(tag)) {
        const component = sdk.jsx?.find((candidate) => candidate.component === entry?.symbol);
        if (as === "symbol" && rest.length === 0 && component)
          return [describe(ev, m, element, sdk, component, sourceOf)];
      }
      return [];
    }),
  );
}

function describe(
  ev: Evaluator,
  m: Module,
  element: Module["facts"]["elements"][number],
  sdk: Sdk,
  { component, kind, roles }: Component,
  sourceOf: Discovery["sourceOf"],
): TrackingCall {
  const props = propsOf(ev, m, element);
  const at = m.range(element.s, element.e);
  const source = sourceOf(m.path);
  const owner = ownerOf(m, element.fn);
  const valueAt = (role: string): Value | undefined =>
    roles[role] === undefined ? undefined : memberOf(ev, props, roles[role]);
  const names = roles.event
    ? namesOf(ev, valueAt("event"), { m, s: element.s, e: element.e }, true)
    : { events: [], patterns: [], unresolved: [], dynamic: false };
  const ids: Partial<Record<"userId" | "groupId", Identifier>> = {};
  for (const role of ["userId", "groupId"] as const) {
    const value = valueAt(role);
    if (value && value.k !== "undef")
      ids[role] = { at, value: toStatic(ev, value), text: m.text(element.s, element.e) };
  }
  return {
    id: `${at.file}:${at.line}:${at.column}:${kind}`,
    kind,
    sinks: [{ sdk: sdk.id, vendor: sdk.vendor, family: sdk.family, method: component }],
    platform: sdk.platform === "both" ? source.platform : sdk.platform,
    source: source.name,
    at,
    events: names.events,
    patterns: names.patterns,
    unresolved: names.unresolved,
    dynamic: names.dynamic,
    properties: toPayload(ev, valueAt("properties")),
    added: toPayload(ev, undefined),
    traits: toPayload(ev, valueAt("traits")),
    context: toPayload(ev, undefined),
    hasTimestamp: false,
    ids,
    guards: guardsOf(ev, m, element.ctx, undefined),
    via: [],
    ...(owner !== undefined && { enclosing: owner }),
    confidence: "resolved",
    role: "site",
    awaited: false,
  };
}
