import type { Payload, Property, StaticType, StaticValue } from "../calls/types.ts";
import type { Range } from "../diagnostics/range.ts";
import type { Evaluator } from "./evaluator.ts";
import { membersOfType, typeOfParam } from "./type-value.ts";
import { type External, type ObjectValue, objectOf, type Place, type Value } from "./value.ts";

const MAX_DEPTH = 6;

export function rangeOfPlace(place: Place): Range {
  return place.m.range(place.s, place.e);
}

/** The expression that a value was read from, as written. */
export function originOf(value: Value): string | undefined {
  const at = "at" in value ? value.at : undefined;
  return at && at.e > at.s ? at.m.text(at.s, at.e) : undefined;
}

/** A value as rules see it. */
export function toStatic(ev: Evaluator, value: Value, depth = 0): StaticValue {
  if (depth > MAX_DEPTH) return { kind: "unknown" };
  switch (value.k) {
    case "lit":
      return { kind: "literal", value: value.v, ...(value.at && { at: rangeOfPlace(value.at) }) };
    case "undef":
      return { kind: "undefined" };
    case "union":
      return { kind: "union", of: value.of.map((v) => toStatic(ev, v, depth + 1)) };
    case "tpl":
      return { kind: "template", parts: value.parts.map((p) => (typeof p === "string" ? p : null)), ...origin(value) };
    case "obj":
      return { kind: "object", shape: toPayload(ev, value, depth + 1) };
    case "iface":
      return { kind: "object", shape: toPayload(ev, value, depth + 1) };
    case "list": {
      const of = value.more && toStatic(ev, value.more, depth + 1);
      const items = value.items.map((v) => toStatic(ev, v, depth + 1));
      if (of === undefined) return { kind: "array", items };
      return items.length > 0 ? { kind: "array", of: { kind: "union", of: [...items, of] } } : { kind: "array", of };
    }
    case "typed":
      return { kind: "type", type: value.t satisfies StaticType, ...origin(value) };
    case "fn":
      return { kind: "type", type: "function" };
    case "map":
    case "inst":
    case "cls":
    case "ns":
      return { kind: "type", type: "object" };
    case "param": {
      const declared = typeOfParam(ev, value);
      if (declared.k === "unknown" || declared.k === "param" || declared.k === "undef")
        return { kind: "unknown", ...origin(value) };
      return withOrigin(toStatic(ev, declared, depth + 1), originOf(value));
    }
    case "ext":
      return { kind: "unknown", ...(originOf(value) ? origin(value) : { origin: textOfExternal(value) }) };
    case "unknown":
      return { kind: "unknown", ...origin(value) };
  }
}

function origin(value: Value): { origin?: string } {
  const text = originOf(value);
  return text === undefined ? {} : { origin: text };
}

function withOrigin(value: StaticValue, text: string | undefined): StaticValue {
  if (text === undefined) return value;
  if (value.kind === "type" || value.kind === "template" || value.kind === "unknown") return { ...value, origin: text };
  return value;
}

/** `pkg#Symbol.member`, or the global as written. */
export function textOfExternal(value: External): string {
  const steps = value.steps
    .map((step) => (typeof step === "string" ? step : "()"))
    .join(".")
    .replaceAll(".()", "()");
  if (value.pkg === undefined) return steps;
  return `${value.pkg}#${steps}`;
}

/** An object as rules see it: its keys, what is known of each, and whether there may be more. */
export function toPayload(ev: Evaluator, value: Value | undefined, depth = 0): Payload {
  if (value === undefined || value.k === "undef") return { properties: [], complete: true };
  if (value.k === "union") return joined(ev, value.of, depth);
  if (value.k === "obj") return ofObject(ev, value, depth);
  if (value.k === "iface") return ofObject(ev, objectOf(membersOfType(ev, value)), depth);
  if (value.k === "param") {
    const declared = typeOfParam(ev, value);
    if (declared.k === "obj" || declared.k === "iface") return toPayload(ev, declared, depth);
  }
  if (value.k === "lit" && value.v === null) return { properties: [], complete: true };
  return {
    properties: [],
    complete: false,
    openReason: reason(value),
    ...("at" in value && value.at && { at: rangeOfPlace(value.at) }),
  };
}

function reason(value: Value): string {
  const text = originOf(value);
  return text === undefined ? "an unknown value" : `\`${text}\` is not known`;
}

function ofObject(ev: Evaluator, object: ObjectValue, depth: number): Payload {
  const byName = new Map<string, Property>();
  let openReason: string | undefined;
  for (const entry of object.entries) {
    if ("spread" in entry) {
      const spread = toPayload(ev, entry.spread, depth + 1);
      for (const property of spread.properties) merge(byName, property);
      if (!spread.complete)
        openReason ??= `spread of ${originOf(entry.spread) ? `\`${originOf(entry.spread)}\`` : "an unknown value"}`;
      continue;
    }
    const value = toStatic(ev, entry.v, depth + 1);
    merge(byName, { name: entry.n, at: rangeOfPlace(entry.at), value, optional: entry.optional === true });
  }
  return {
    properties: [...byName.values()],
    complete: openReason === undefined,
    ...(object.at && { at: rangeOfPlace(object.at) }),
    ...(openReason !== undefined && { openReason }),
  };
}

/** A later key hides an earlier one; an optional later one leaves the earlier value possible. */
function merge(into: Map<string, Property>, property: Property): void {
  const before = into.get(property.name);
  if (before === undefined || !property.optional) {
    into.set(property.name, property);
    return;
  }
  const value: StaticValue = { kind: "union", of: [before.value, property.value] };
  into.set(property.name, { ...property, value, optional: before.optional });
}

/** Alternatives of a payload: a key that one of them lacks is optional. */
function joined(ev: Evaluator, options: readonly Value[], depth: number): Payload {
  return joinPayloads(options.map((option) => toPayload(ev, option, depth)));
}

/** What holds of one of several payloads. */
export function joinPayloads(payloads: readonly Payload[]): Payload {
  const [first] = payloads;
  if (first !== undefined && payloads.length === 1) return first;
  const byName = new Map<string, Property[]>();
  for (const payload of payloads) {
    for (const property of payload.properties) {
      const list = byName.get(property.name);
      if (list) list.push(property);
      else byName.set(property.name, [property]);
    }
  }
  const properties = [...byName.values()].map((list): Property => {
    const [one] = list as [Property];
    const optional = list.length < payloads.length || list.some((p) => p.optional);
    return { ...one, optional, value: list.length === 1 ? one.value : { kind: "union", of: list.map((p) => p.value) } };
  });
  const open = payloads.find((payload) => !payload.complete);
  const at = payloads.find((payload) => payload.at)?.at;
  return {
    properties,
    complete: open === undefined,
    ...(at && { at }),
    ...(open?.openReason !== undefined && { openReason: open.openReason }),
  };
}
