import type { Payload, Property, StaticType, StaticValue } from "../calls/types.ts";
import type { Range } from "../diagnostics/range.ts";
import type { Evaluator } from "./evaluator.ts";
import { openedType } from "./installed.ts";
import { memberOf } from "./member.ts";
import { typeOfParam } from "./param-type.ts";
import { objectOfType } from "./type-value.ts";
import {
  alternatives,
  type External,
  type Field,
  type InstanceValue,
  type InterfaceValue,
  type ObjectValue,
  objectOf,
  type Place,
  type Value,
} from "./value.ts";

const MAX_DEPTH = 6;
/** How many declared types are opened inside each other: they refer to one another without end. */
const MAX_TYPES = 3;

/** Where in a value something stands. */
interface Inside {
  readonly depth: number;
  /** The declared types around it. */
  readonly types: readonly string[];
}

const OUTERMOST: Inside = { depth: 0, types: [] };

function deeper({ depth, types }: Inside): Inside {
  return { depth: depth + 1, types };
}

export function rangeOfPlace(place: Place): Range {
  return place.m.range(place.s, place.e);
}

/** The expression that a value was read from, as written. */
export function originOf(value: Value): string | undefined {
  const at = "at" in value ? value.at : undefined;
  return at && at.e > at.s ? at.m.text(at.s, at.e) : undefined;
}

/** A value as rules see it; `depth` tells how deep it already stands in another one. */
export function toStatic(ev: Evaluator, value: Value, depth = 0): StaticValue {
  return staticOf(ev, value, { ...OUTERMOST, depth });
}

function staticOf(ev: Evaluator, value: Value, at: Inside): StaticValue {
  if (at.depth > MAX_DEPTH) return { kind: "unknown" };
  const inner = (v: Value) => staticOf(ev, v, deeper(at));
  switch (value.k) {
    case "lit":
      return { kind: "literal", value: value.v, ...(value.at && { at: rangeOfPlace(value.at) }) };
    case "undef":
      return { kind: "undefined" };
    case "union":
      return { kind: "union", of: value.of.map(inner) };
    case "tpl":
      return { kind: "template", parts: value.parts.map((p) => (typeof p === "string" ? p : null)), ...origin(value) };
    case "obj":
      return { kind: "object", shape: ofObject(ev, value, deeper(at)) };
    case "iface": {
      const opened = openType(value, at);
      if (opened === undefined) return { kind: "type", type: "object" };
      return { kind: "object", shape: ofObject(ev, objectOfType(ev, value), deeper(opened)) };
    }
    case "list": {
      const of = value.more && inner(value.more);
      const items = value.items.map(inner);
      if (of === undefined) return { kind: "array", items };
      return items.length > 0 ? { kind: "array", of: { kind: "union", of: [...items, of] } } : { kind: "array", of };
    }
    case "typed":
      return { kind: "type", type: value.t satisfies StaticType, ...origin(value) };
    case "fn":
      return { kind: "type", type: "function" };
    case "map":
    case "dict":
    case "inst":
    case "cls":
    case "ns":
      return { kind: "type", type: "object" };
    case "param": {
      const declared = typeOfParam(ev, value);
      if (declared.k === "unknown" || declared.k === "param" || declared.k === "undef")
        return { kind: "unknown", ...origin(value) };
      return withOrigin(staticOf(ev, declared, deeper(at)), originOf(value));
    }
    case "ext": {
      const known = openedType(ev, value);
      if (known !== value) return withOrigin(staticOf(ev, known, deeper(at)), originOf(value));
      return { kind: "unknown", origin: writtenAs(value) };
    }
    case "unknown":
      return { kind: "unknown", ...origin(value) };
  }
}

/** Steps into a declared type; undefined where it stands in itself, or in too many others. */
function openType(type: InterfaceValue | InstanceValue, { depth, types }: Inside): Inside | undefined {
  const key = `${type.m.path}:${type.k === "iface" ? type.b : `class ${type.c}`}`;
  return types.includes(key) || types.length >= MAX_TYPES ? undefined : { depth, types: [...types, key] };
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

function writtenAs(value: External): string {
  return originOf(value) ?? callOf(value) ?? textOfExternal(value);
}

/** The call that gives the value, as written: `req.get("referer")`. */
function callOf({ steps }: External): string | undefined {
  const last = steps.at(-1);
  const call = typeof last === "object" && last.created !== true ? last.call : undefined;
  return call?.m.textOf(call.x);
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
export function toPayload(ev: Evaluator, value: Value | undefined): Payload {
  return payloadOf(ev, value, OUTERMOST);
}

function payloadOf(ev: Evaluator, value: Value | undefined, at: Inside): Payload {
  if (value === undefined || value.k === "undef") return { properties: [], complete: true };
  if (value.k === "union") return joinPayloads(value.of.map((option) => payloadOf(ev, option, at)));
  if (value.k === "obj") return ofObject(ev, value, at);
  if (value.k === "iface" || value.k === "inst") {
    const opened = openType(value, at);
    if (opened) return ofObject(ev, value.k === "iface" ? objectOfType(ev, value) : fieldsOf(ev, value), opened);
  }
  if (value.k === "param") {
    const declared = typeOfParam(ev, value);
    if (alternatives(declared).some((v) => v.k === "obj" || v.k === "iface" || v.k === "inst"))
      return payloadOf(ev, declared, at);
  }
  if (value.k === "lit" && value.v === null) return { properties: [], complete: true };
  const known = openedType(ev, value);
  if (known !== value) return payloadOf(ev, known, at);
  return {
    properties: [],
    complete: false,
    openReason: reason(value),
    ...("at" in value && value.at && { at: rangeOfPlace(value.at) }),
  };
}

/** What an object of a class carries: its fields and those that it inherits. */
function fieldsOf(ev: Evaluator, value: InstanceValue): ObjectValue {
  const { m, c } = value;
  const fields = (m.facts.classes[c]?.members ?? []).filter((member) => member.kind === "field" && !member.static);
  const parent = ev.parentOf(m, c);
  const inherited = parent.k === "cls" ? [{ spread: fieldsOf(ev, { ...value, m: parent.m, c: parent.c }) }] : [];
  const own = fields.map(({ n, s, e }): Field => ({ n, v: memberOf(ev, value, n), at: { m, s, e } }));
  return objectOf([...inherited, ...own]);
}

function reason(value: Value): string {
  const text = quoted(value);
  return text === undefined ? "an unknown value" : `${text} is not known`;
}

function quoted(value: Value): string | undefined {
  const text = value.k === "ext" ? writtenAs(value) : originOf(value);
  return text === undefined || text === "" ? undefined : `\`${text}\``;
}

function ofObject(ev: Evaluator, object: ObjectValue | undefined, at: Inside): Payload {
  const byName = new Map<string, Property>();
  let openReason: string | undefined;
  for (const entry of object?.entries ?? []) {
    if ("spread" in entry) {
      const spread = payloadOf(ev, entry.spread, deeper(at));
      for (const property of spread.properties) merge(byName, property);
      if (!spread.complete) openReason ??= `spread of ${quoted(entry.spread) ?? "an unknown value"}`;
      continue;
    }
    const given = entry.get && object ? memberOf(ev, object, entry.n) : entry.v;
    const value = staticOf(ev, given, deeper(at));
    merge(byName, { name: entry.n, at: rangeOfPlace(entry.at), value, optional: entry.optional === true });
  }
  return {
    properties: [...byName.values()],
    complete: openReason === undefined,
    ...(object?.at && { at: rangeOfPlace(object.at) }),
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
