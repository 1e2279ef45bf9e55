import type { CallKind } from "../calls/types.ts";
import { collectorAddresses, sdkById } from "../sdks/index.ts";
import type { RolePlace, Sdk, SdkEndpoint, SdkMethod } from "../sdks/sdk.ts";
import type { Evaluator } from "./evaluator.ts";
import type { HttpRequest } from "./http-requests.ts";
import { memberOf } from "./member.ts";
import { typeOfParam } from "./param-type.ts";
import { descend } from "./roles.ts";
import type { Sending } from "./senders.ts";
import { objectOfType } from "./type-value.ts";
import { alternatives, present, type Value } from "./value.ts";

const KINDS: ReadonlySet<string> = new Set<CallKind>(["track", "identify", "alias", "group", "page", "screen"]);
/** Roles that say who: without any of them a message to a stranger's host is not known to be one of the vendor's. */
const IDENTITY = ["userId", "anonymousId", "apiKey", "groupId", "previousId", "userData"];
/** Roles that only some kinds have. */
const ROLE_KINDS: Readonly<Record<string, readonly CallKind[]>> = {
  event: ["track"],
  properties: ["track", "page", "screen"],
  traits: ["identify", "group"],
  groupId: ["group"],
  groupType: ["group"],
  previousId: ["alias"],
};

interface Collector {
  readonly sdk: string;
  readonly index: number;
  /** The whole address, and its path behind any host. */
  readonly exact: RegExp;
  readonly proxied: RegExp;
  /** How many segments of the path are given. */
  readonly segments: number;
}

const COLLECTORS: readonly Collector[] = collectorAddresses.map(({ sdk, index, url }) => {
  const path = pathOf(url);
  return {
    sdk,
    index,
    exact: new RegExp(`^${url.startsWith("*") ? "(?!)" : patternOf(url)}$`),
    proxied: new RegExp(`(?:^|[^/:])${patternOf(path)}$`),
    segments: path.split("/").filter((part) => part !== "" && part !== "*").length,
  };
});

function pathOf(url: string): string {
  return url.replace(/^https:\/\/[^/]*|^\*/, "");
}

/** A last segment that may be anything names the kind of call. */
function patternOf(url: string): string {
  return url
    .replace(/[.+?()[\]{}|\\^$]/g, "\\$&")
    .replace(/\/\*$/, "/(?:track|identify|alias|group|page|screen)")
    .replace(/\/$/, "/?")
    .replaceAll("*", "[^/]+");
}

/** A text that may hold such an address: one of a vendor's host, or its path in a file that has a word of its messages. */
export const COLLECTOR_TEXT = new RegExp(
  distinct(({ url }) => /^https:\/\/(?:[^/]*\*)?\.?([^/*]+)/.exec(url)?.[1]?.replaceAll(".", "\\.")),
);
export const PROXIED_TEXT = new RegExp(`(?:${distinct(({ url }) => patternOf(pathOf(url)))})["'\`?]`);

function distinct(part: (endpoint: (typeof collectorAddresses)[number]) => string | undefined): string {
  return [...new Set(collectorAddresses.flatMap((endpoint) => part(endpoint) ?? []))].join("|");
}

export const MESSAGE_WORD =
  /\b(?:distinct_id|anonymousId|anonymous_id|api_key|writeKey|client_id|device_id|user_id|userId|external_id|event_name|user_data)\b/;

/** The messages of a request to a vendor's collector, or to a proxy of one with messages of its shape. */
export function collectedBy(ev: Evaluator, requests: readonly HttpRequest[]): Sending[] {
  for (const { address, written, bodies } of requests) {
    const text = address.replace(/[?#].*$/s, "");
    if (text === "") continue;
    const matching = COLLECTORS.filter(({ exact, proxied }) => exact.test(text) || proxied.test(text));
    const ranked = matching.sort((a, b) => rank(b, text, written) - rank(a, text, written));
    for (const collector of ranked) {
      const sdk = sdkById(collector.sdk);
      const endpoint = sdk?.http?.[collector.index];
      if (sdk === undefined || endpoint === undefined) continue;
      for (const body of bodies) {
        const found = messagesIn(ev, sdk, endpoint, body, text, collector.exact.test(text), collector.segments);
        if (found.length > 0) return found;
      }
    }
  }
  return [];
}

/** A vendor's own address before a path, and of equal paths that of the vendor whose name is written. */
function rank({ exact, sdk, segments }: Collector, text: string, written: string): number {
  const word = sdk.split("-")[0]?.replace("stack", "") ?? sdk;
  return (exact.test(text) ? 1000 : 0) + (written.toLowerCase().includes(word) ? 100 : 0) + segments;
}

function messagesIn(
  ev: Evaluator,
  sdk: Sdk,
  endpoint: SdkEndpoint,
  body: Value,
  address: string,
  isKnown: boolean,
  segments: number,
): Sending[] {
  const list = listPath(endpoint);
  const isWhole = list === undefined;
  const inside = isWhole ? body : list === "" ? body : descend(ev, body, list);
  return itemsOf(inside).flatMap((item): Sending[] => {
    const method = methodFor(ev, endpoint, item, body, address);
    if (method === undefined || (!isKnown && !isShaped(ev, endpoint, method, [item, body], segments))) return [];
    const part = itemsOf(inside).length > 1 && "at" in item ? item.at : undefined;
    const match = { sdk, methods: [method], skip: 0, receiver: [] };
    return [{ match, values: [item, body], ...(part && { part }), ...(isKnown && { isKnown }) }];
  });
}

/** The path of the list that an endpoint takes messages in; empty where the body itself is it. */
function listPath({ roles }: SdkEndpoint): string | undefined {
  const path = Object.values(roles).find((role) => role.includes("[*]"));
  return path === undefined ? undefined : path.slice(0, path.indexOf("[*]"));
}

function itemsOf(value: Value): readonly Value[] {
  if (value.k === "list") return value.items.length > 0 ? value.items : value.more ? [value.more] : [];
  return value.k === "union" ? value.of.flatMap(itemsOf) : [value];
}

/** The kind of a message and where its roles stand: argument 0 is the message, argument 1 the whole body. */
function methodFor(
  ev: Evaluator,
  endpoint: SdkEndpoint,
  item: Value,
  body: Value,
  address: string,
): SdkMethod | undefined {
  if (item.k !== "obj" && item.k !== "param") return undefined;
  const kind = endpoint.kind ?? kindOf(ev, item, address);
  const roles: Record<string, RolePlace> = {};
  for (const [role, path] of Object.entries(endpoint.roles)) {
    if (!(ROLE_KINDS[role]?.includes(kind) ?? true)) continue;
    const at = path.indexOf("[*]");
    roles[role] =
      at < 0 && listPath(endpoint) !== undefined
        ? { arg: 1, path }
        : { arg: 0, path: path.slice(at < 0 ? 0 : at + 3).replace(/^\./, "") };
  }
  if (kind === "page" || kind === "screen") roles.pageName = { arg: 0, path: "name" };
  const { event } = roles;
  if (kind === "track" && (event === undefined || !mayBeThere(ev, [item, body][event.arg], event.path)))
    return undefined;
  return { name: "send", kind, call: "method", verified: "memory", layouts: [{ roles }] };
}

/** The last segment of the path, or `type` in the message. */
function kindOf(ev: Evaluator, item: Value, address: string): CallKind {
  const last = address.split("/").at(-1) ?? "";
  if (KINDS.has(last)) return last as CallKind;
  const type = memberOf(ev, item, "type");
  return type.k === "lit" && KINDS.has(String(type.v)) ? (type.v as CallKind) : "track";
}

/** Whether a message has what the vendor's messages have: its name and who, or its name and properties behind a long path. */
function isShaped(
  ev: Evaluator,
  endpoint: SdkEndpoint,
  method: SdkMethod,
  values: readonly Value[],
  segments: number,
): boolean {
  const roles = method.layouts[0]?.roles ?? {};
  const has = (role: string) => roles[role] !== undefined && isThere(ev, values[roles[role].arg], roles[role].path);
  if (method.kind === "track" && !has("event")) return false;
  // A tag server's path says nothing by itself.
  if (endpoint.container) return IDENTITY.filter(has).length > 1;
  return IDENTITY.some(has) || (method.kind === "track" && segments > 1 && has("properties"));
}

function mayBeThere(ev: Evaluator, value: Value | undefined, path: string): boolean {
  return value !== undefined && (value.k === "param" || hasPath(ev, value, path));
}

/** Whether the value, or the type that it is declared to have, has something at this path. */
function isThere(ev: Evaluator, value: Value | undefined, path: string): boolean {
  const known = value?.k === "param" ? objectOfType(ev, typeOfParam(ev, value)) : value;
  return known !== undefined && hasPath(ev, known, path);
}

function hasPath(ev: Evaluator, value: Value, path: string): boolean {
  let part = value;
  for (const step of path === "" ? [] : path.split(".")) {
    part = descend(ev, part, step);
    if (alternatives(present(part)).every((v) => v.k === "undef")) return false;
  }
  return true;
}
