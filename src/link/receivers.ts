import type { CallKind } from "../calls/types.ts";
import type { ExprId } from "../facts/types.ts";
import type { RolePlace, SdkMethod } from "../sdks/sdk.ts";
import { transport } from "./by-name.ts";
import { argumentsOf } from "./call-result.ts";
import { type Entrance, entrancesOf } from "./entrances.ts";
import type { Evaluator } from "./evaluator.ts";
import { eventMessage, mayBeName, sending } from "./event-message.ts";
import { HOLE, type HttpRequest } from "./http-requests.ts";
import { messagePath } from "./message-path.ts";
import type { Module } from "./module.ts";
import { typeOfParam } from "./param-type.ts";
import { isRelay } from "./relays.ts";
import { descend } from "./roles.ts";
import type { Sending } from "./senders.ts";
import type { Arrival, Traced } from "./trace.ts";
import { objectOfType } from "./type-value.ts";
import { alternatives, type Env, present, type Value } from "./value.ts";
import { roleOfName, writtenAt } from "./written-at.ts";

/** A way into this repository whose messages are tracked: who sends there, tracks. */
export interface Receiver {
  readonly entrance: Entrance;
  readonly kind: CallKind;
  /** Where the message says what its handler reads; undefined where the handler takes it as a whole. */
  readonly roles: Readonly<Record<string, RolePlace>> | undefined;
}

const FIRST_PARTY = transport("first-party", "a handler of this repository");
const ROLES = ["event", "properties", "userId", "anonymousId", "groupId", "previousId", "traits", "pageName"];

/** The entrances of the repository that lead to relays, each once, in a steady order. */
export function findReceivers(ev: Evaluator, traced: Pick<Traced, "sites">): Receiver[] {
  const found = new Map<string, Receiver>();
  for (const arrival of traced.sites) {
    const [first] = arrival.route.legs;
    const entrances = first === undefined ? [] : entrancesOf(ev, first.m, first.call.fn);
    if (entrances.length === 0 || !isRelay(arrival, writtenAt(ev, arrival, roleOfName(arrival.layout)))) continue;
    for (const entrance of entrances) {
      const receiver = { entrance, kind: arrival.method.kind, roles: rolesOf(ev, arrival) };
      const key = JSON.stringify(receiver);
      if (!found.has(key)) found.set(key, receiver);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, receiver]) => receiver);
}

/** Where a relay's call finds its roles in the message. */
function rolesOf(ev: Evaluator, arrival: Arrival): Receiver["roles"] {
  const [first] = arrival.route.legs;
  const roles: Record<string, RolePlace> = {};
  for (const role of ROLES) {
    const x = writtenAt(ev, arrival, role);
    if (x === undefined || first === undefined) continue;
    // What a relay builds around a part of the message adds to it: `{ ...body.data, source }`.
    const written = first.m.expr(x);
    const parts = written.k === "obj" ? written.p.flatMap((part) => (part.k === "spread" ? [part.x] : [])) : [x];
    const read = parts.map((part) => messagePath(first.m, part)).find((path) => path !== undefined);
    if (read) roles[role] = { arg: read.arg, path: read.path.join(".") };
  }
  const name = roleOfName(arrival.layout);
  return name !== undefined && roles[name] === undefined ? undefined : roles;
}

/** A text that may send to one of these entrances. */
export function textSendingTo(receivers: readonly Receiver[]): RegExp | undefined {
  const patterns = receivers.flatMap(({ entrance }): string[] => {
    if (entrance.kind === "channel") return [`["'\`]${escaped(entrance.name)}["'\`]`];
    if (entrance.kind === "procedure") return [`\\.${escaped(entrance.name)}\\.(?:mutate|useMutation|query)`];
    const known = entrance.segments.slice(entrance.segments.findIndex((part) => part !== "*"));
    return [`["'\`/]${known.map((part) => (part === "*" ? "[^/\\n]+" : escaped(part))).join("/")}/?["'\`?$]`];
  });
  return patterns.length === 0 ? undefined : new RegExp([...new Set(patterns)].join("|"));
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}/-]/g, "\\$&");
}

/** What a call sends to an entrance of the repository that tracks it. */
export function receivedFrom(
  ev: Evaluator,
  m: Module,
  x: ExprId,
  env: Env | undefined,
  requests: readonly HttpRequest[],
): Sending | undefined {
  if (requests.length === 0 && procedureCalled(m, x) === undefined && !sendsOnChannel(m, x)) return undefined;
  for (const { entrance, ...receiver } of ev.receivers) {
    for (const values of sentTo(ev, m, x, env, entrance, requests)) {
      const method = methodFor(ev, receiver, values, isWeak(entrance));
      if (method) return { match: { sdk: FIRST_PARTY, methods: [method], skip: 0, receiver: [] }, values };
    }
  }
  return undefined;
}

/** An entrance whose name others may have too: the message itself must tell. */
function isWeak(entrance: Entrance): boolean {
  return entrance.kind !== "route" || entrance.segments.filter((part) => part !== "*").length < 2;
}

function sentTo(
  ev: Evaluator,
  m: Module,
  x: ExprId,
  env: Env | undefined,
  entrance: Entrance,
  requests: readonly HttpRequest[],
): (readonly Value[])[] {
  if (entrance.kind === "route")
    return requests
      .filter(({ address }) => leadsTo(address, entrance.segments))
      .flatMap(({ bodies }) => bodies.map((body) => [body]));
  if (entrance.kind === "procedure")
    return procedureCalled(m, x) === entrance.name ? [argumentsOf(ev, { m, x, env })] : [];
  if (!sendsOnChannel(m, x)) return [];
  const [channel, ...values] = argumentsOf(ev, { m, x, env });
  return channel?.k === "lit" && channel.v === entrance.name ? [values] : [];
}

function sendsOnChannel(m: Module, x: ExprId): boolean {
  const call = m.expr(x);
  const isMethod = call.k === "call" && m.expr(call.f).k === "mem";
  return isMethod && /^(?:send\w*|invoke|emit|notify)$/.test(m.calleeName(x) ?? "");
}

/** Whether the last segments of an address are those of a route. */
function leadsTo(address: string, segments: readonly string[]): boolean {
  const parts = address
    .replace(/[?#].*$/s, "")
    .replace(/^https?:\/\/[^/]*/, "")
    .split("/")
    .filter((part) => part !== "");
  if (parts.length < segments.length) return false;
  const tail = parts.slice(parts.length - segments.length);
  return segments.every(
    (part, index) => part === "*" || tail[index] === part || (index === 0 && tail[0] === `${HOLE}${part}`),
  );
}

/** The procedure that `trpc.analytics.track.mutate(…)` calls, or `mutate` of `trpc.analytics.track.useMutation()`. */
function procedureCalled(m: Module, x: ExprId): string | undefined {
  const call = m.expr(x);
  if (call.k !== "call") return undefined;
  const expr = m.expr(call.f);
  if (expr.k === "id") {
    const binding = m.facts.bindings[expr.b];
    const [step] = binding?.path ?? [];
    const isMutate = step !== undefined && "key" in step && /^mutate(?:Async)?$/.test(step.key);
    return isMutate && binding?.init !== undefined ? hookOf(m, binding.init) : undefined;
  }
  if (expr.k !== "mem" || !/^(?:mutate(?:Async)?|query)$/.test(expr.n)) return undefined;
  const owner = m.expr(expr.o);
  if (owner.k === "mem") return owner.n;
  const init = owner.k === "id" ? m.facts.bindings[owner.b]?.init : undefined;
  return init === undefined ? undefined : hookOf(m, init);
}

function hookOf(m: Module, x: ExprId): string | undefined {
  const call = m.expr(x);
  const hook = call.k === "call" ? m.expr(call.f) : undefined;
  const owner = hook?.k === "mem" && hook.n === "useMutation" ? m.expr(hook.o) : undefined;
  return owner?.k === "mem" ? owner.n : undefined;
}

/** The method that a handler makes of what is sent; undefined where the message lacks what the handler reads. */
function methodFor(
  ev: Evaluator,
  { kind, roles }: Pick<Receiver, "kind" | "roles">,
  values: readonly Value[],
  isStrict: boolean,
): SdkMethod | undefined {
  const [first] = values;
  if (first === undefined) return undefined;
  if (roles === undefined) return first.k === "obj" || first.k === "param" ? eventMessage(ev, first, kind) : undefined;
  const name = roles.event ?? roles.pageName ?? Object.values(roles)[0];
  const message = name && values[name.arg];
  if (name === undefined || message === undefined) return undefined;
  const known = message.k === "param" && name.path !== "" ? declared(ev, message) : message;
  if (known === undefined) return isStrict ? undefined : sending(kind, roles);
  if (name.path !== "" && known.k !== "obj") return undefined;
  const value = name.path === "" ? known : descend(ev, known, name.path);
  if (alternatives(present(value)).every((v) => v.k === "undef" || (isStrict && v.k === "unknown"))) return undefined;
  return kind !== "track" || mayBeName(ev, value) ? sending(kind, roles) : undefined;
}

function declared(ev: Evaluator, param: Value & { k: "param" }): Value | undefined {
  const type = typeOfParam(ev, param);
  return type.k === "unknown" ? undefined : (objectOfType(ev, type) ?? type);
}
