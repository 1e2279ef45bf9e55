import type { Payload, Property, StaticValue, TrackingCall } from "../../calls/types.ts";
import type { Range } from "../../diagnostics/range.ts";
import { attributionOf } from "../../sdks/attribution-keys.ts";
import { alternativesOf } from "../static-values.ts";
import { isRequestReferer } from "./attribution.ts";

/** A value of a call that comes straight out of a request. */
export interface EntryValue {
  readonly at: Range;
  /** As written: `req.query`. */
  readonly text: string;
}

/** How deep objects are looked through. */
const DEPTH = 4;

/** Keys that say what the visit came from and are filled with the Referer of the request that is answered. */
export function requestReferers(call: TrackingCall): readonly EntryValue[] {
  return propertiesIn(call)
    .filter(({ name, value }) => saysVisit(name) && isRequestReferer(value))
    .map(({ at, name }) => ({ at, text: name }));
}

/** `referer` and `http_referer` are what HTTP calls it: they claim no more than that. */
function saysVisit(name: string): boolean {
  return attributionOf(name) === "referrer" && !/referer/i.test(name);
}

/** The query of a request as a whole: whoever makes a link chooses its keys. */
export function wholeQueries(call: TrackingCall): readonly EntryValue[] {
  const spread = payloadsIn(call).flatMap(({ openReason, at }) => {
    const text = /`([^`]+)`/.exec(openReason ?? "")?.[1];
    return text !== undefined && wholeQuery.test(text) ? [{ text: shown(text), at: at ?? call.at }] : [];
  });
  return [...spread, ...valuesRead(call, wholeQuery)];
}

/** Single values of a query, as they come: of any length, and a list where the parameter stands twice. */
export function queryValues(call: TrackingCall): readonly EntryValue[] {
  return valuesRead(call, oneOfQuery);
}

/** The values of a call that come from an expression. */
function valuesRead(call: TrackingCall, read: RegExp): readonly EntryValue[] {
  return propertiesIn(call).flatMap(({ value, at }) => {
    const text = alternativesOf(value)
      .map(originOf)
      .find((origin) => read.test(origin));
    return text === undefined ? [] : [{ text: shown(text), at }];
  });
}

const wholeQuery =
  /^(?:[\w.#]*(?:req|request|ctx|context|event|router|route|nextUrl)\b[\w.#()]*\.(?:query|queryStringParameters|searchParams)|[\w.]*\.searchParams|Object\.fromEntries\(.*(?:searchParams|URLSearchParams\b.*\)|searchParams\.entries\(\))\))$/i;
const oneOfQuery =
  /^(?:[\w.#]*(?:req|request|ctx)\b[\w.#()]*\.(?:query|queryStringParameters)\.\w+|[\w.]*searchParams\.get\([^()]*\))$/i;

function originOf(value: StaticValue): string {
  return "origin" in value ? (value.origin ?? "") : "";
}

function propertiesIn(call: TrackingCall): readonly Property[] {
  return payloadsIn(call).flatMap(({ properties }) => properties);
}

/** The payloads of a call, and the objects in them. */
function payloadsIn({ properties, added, context, traits, userData }: TrackingCall): readonly Payload[] {
  const outer = [properties, added, context, traits, ...(userData === undefined ? [] : [userData])];
  return outer.flatMap((payload) => withInner(payload, 0));
}

function withInner(payload: Payload, depth: number): readonly Payload[] {
  const inner = payload.properties.flatMap(({ value }) =>
    alternativesOf(value).flatMap((one) =>
      one.kind === "object" && depth < DEPTH ? withInner(one.shape, depth + 1) : [],
    ),
  );
  return [payload, ...inner];
}

/** A request that is only known by its type (`express#Request().query`), as people write it. */
function shown(text: string): string {
  return text.replace(/^.*#\w+(?:\(\))?\./, "request.");
}
