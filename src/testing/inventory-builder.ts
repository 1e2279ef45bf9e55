import type { Inventory, Payload, StaticType, StaticValue, TrackingCall } from "../calls/types.ts";
import type { Range } from "../diagnostics/range.ts";

/** A place of one column; enough where only the line matters. */
export function place(file: string, line = 1, column = 1): Range {
  return { file, line, column, endLine: line, endColumn: column + 1 };
}

export const unknown = (origin?: string): StaticValue => ({
  kind: "unknown",
  ...(origin === undefined ? {} : { origin }),
});

export const typed = (type: StaticType, origin?: string): StaticValue => ({
  kind: "type",
  type,
  ...(origin === undefined ? {} : { origin }),
});

/** Each alternative as `toValue` takes it. */
export const union = (...of: unknown[]): StaticValue => ({ kind: "union", of: of.map(toValue) });

/** A plain JavaScript value, or one that is made by `typed`, `unknown` or `union`, as a static value. */
export function toValue(value: unknown): StaticValue {
  if (value === undefined) return { kind: "undefined" };
  if (value === null || typeof value !== "object") {
    return { kind: "literal", value: value as string | number | boolean | null };
  }
  if (Array.isArray(value)) return { kind: "array", items: value.map(toValue) };
  if ("kind" in value && typeof value.kind === "string") return value as StaticValue;
  return { kind: "object", shape: payload(value as Record<string, unknown>) };
}

/** An object whose keys are all there. A key that ends in `?` is left out on some path; `open` makes it incomplete. */
export function payload(
  values: Readonly<Record<string, unknown>>,
  options: { open?: string; at?: Range } = {},
): Payload {
  const at = options.at ?? place("src/app.ts");
  return {
    properties: Object.entries(values).map(([key, value]) => ({
      name: key.replace(/\?$/, ""),
      at,
      value: toValue(value),
      optional: key.endsWith("?"),
    })),
    complete: options.open === undefined,
    at,
    ...(options.open === undefined ? {} : { openReason: options.open }),
  };
}

/** A call of `track` of a browser SDK of Segment in the source `web`, with what is given in place of that. */
export function trackingCall(given: Partial<TrackingCall> & { readonly event?: string } = {}): TrackingCall {
  const { event, ...rest } = given;
  const at = given.at ?? place("src/app.ts");
  const kind = given.kind ?? "track";
  const nothing: Payload = { properties: [], complete: true };
  return {
    id: `${at.file}:${at.line}:${at.column}:${kind}`,
    kind,
    sinks: [{ sdk: "segment-browser", vendor: "segment", family: "segment-spec", method: kind }],
    platform: "browser",
    source: "web",
    at,
    events: event === undefined ? [] : [{ value: event, at }],
    patterns: [],
    unresolved: [],
    dynamic: false,
    ...(event === undefined ? {} : { eventText: JSON.stringify(event), eventAt: at }),
    properties: nothing,
    added: nothing,
    traits: nothing,
    context: nothing,
    hasTimestamp: false,
    ids: {},
    guards: [],
    via: [],
    confidence: "resolved",
    role: "site",
    awaited: false,
    ...rest,
  };
}

/** An inventory of what is given; its sources are those of the calls. */
export function inventory(given: Partial<Inventory>): Inventory {
  const calls = given.calls ?? [];
  const sources = [...new Map(calls.map(({ source, platform }) => [source, platform]))];
  return {
    calls,
    wrappers: [],
    starts: [],
    functions: new Map(),
    consentPlatforms: [],
    logouts: [],
    attribution: [],
    sources: sources.map(([name, platform]) => ({ name, platform, tracked: true })),
    ...given,
  };
}
