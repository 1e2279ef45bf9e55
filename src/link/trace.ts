import type { SdkLayout, SdkMethod } from "../sdks/sdk.ts";
import { basesOf, callersOf, enterFrom } from "./bases.ts";
import { type CallIndex, type CallPlace, classKey, functionKey } from "./call-index.ts";
import { targetsOf } from "./call-targets.ts";
import { delegateAround, isOnHandedTracker } from "./delegates.ts";
import type { Evaluator } from "./evaluator.ts";
import { COMPONENT } from "./exports.ts";
import { forwardedParams, isPassedOn } from "./forwarding.ts";
import { type Carriers, carriersOf, type Handing, isCarried } from "./handed.ts";
import { heardBy } from "./listeners.ts";
import { channelsOf, filledIn, type Writing, type Written, writingsTo } from "./metadata.ts";
import type { Module } from "./module.ts";
import { mayReach } from "./reachable.ts";
import { type Arguments, chooseLayout, roleValue } from "./roles.ts";
import type { SinkMatch } from "./sdk-match.ts";
import { type FoundSoFar, TrackingMembers } from "./tracking-members.ts";
import { alternatives, type Env, type ParamValue, type Place, present, type Value } from "./value.ts";

/** How many wrappers may stand between a call and the SDK. */
const MAX_HOPS = 10;

/** A call together with the way from it to the SDK: each leg is a call inside the function that the leg before enters. */
export interface Route {
  readonly legs: readonly Leg[];
  /** The arguments of the function around the first leg, where its callers hand over the tracker or a component's props. */
  readonly base?: Env | undefined;
  /** The caller that gave `base`. */
  readonly from?: string;
}

/** A function of the repository. */
export interface Callee {
  readonly m: Module;
  readonly fn: number;
}

export interface Leg extends CallPlace {
  /** The function of the repository that this call enters; absent on the last leg, which is the SDK's. */
  readonly enters?: Callee | undefined;
  /** It writes metadata, which the function of the next leg reads. */
  readonly wrote?: Writing["wrote"];
}

/** What a route ends in: one SDK call with its arguments as seen from the first leg. */
export interface Arrival {
  readonly route: Route;
  readonly match: SinkMatch;
  readonly method: SdkMethod;
  readonly layout: SdkLayout;
  readonly args: Arguments;
  readonly confidence: "resolved" | "name";
  /** Where the message is written, of several that a lone call sends. */
  readonly part?: Place;
  /** The environment of each leg. */
  readonly envs: readonly (Env | undefined)[];
}

/** A function that forwards. */
export interface TracedWrapper {
  readonly m: Module;
  readonly fn: number;
  readonly callers: readonly CallPlace[];
  /** The calls inside it whose name, or subject, is its parameter. */
  readonly inside: readonly Arrival[];
}

export interface Traced extends FoundSoFar {
  /** Calls that are judged: the name is known here, or no caller tells it. */
  readonly sites: readonly Arrival[];
  /** Calls whose name is a parameter that callers pass. */
  readonly forwarders: readonly Arrival[];
  /** Functions that forward, by `functionKey`. */
  readonly wrappers: ReadonlyMap<string, TracedWrapper>;
  /** What leads to an SDK. */
  readonly members: TrackingMembers;
  /** What hands a tracker to code that was not searched for calls. */
  readonly outside: readonly Handing[];
}

/**
 * Follows every SDK call outwards through the functions that only pass a name on, until nothing new is found.
 *
 * @param last what the last round found
 */
export function trace(ev: Evaluator, index: CallIndex, last?: Traced): Traced {
  const sites: Arrival[] = [];
  const forwarders: Arrival[] = [];
  const wrappers = new Map<string, TracedWrapper>();
  const components = new Map<string, Set<string>>();
  const constructors = new Set<string>();
  /** Calls in wrappers that nobody calls by name, which may still be handed to somebody who does. */
  const uncalled: { readonly arrival: Arrival; readonly key: string }[] = [];
  const handed = new Set<string>();
  const seen = new Set<string>();
  const queue: Route[] = index.sinks.map((sink) => ({ legs: [{ m: sink.m, call: sink.call }] }));
  const found = { wrappers, components, constructors };
  let members = last?.members;
  let outside: readonly Handing[] = [];
  for (let round = 0; round < MAX_HOPS; round += 1) {
    for (let route = queue.shift(); route; route = queue.shift()) {
      const key = routeKey(route);
      if (seen.has(key)) continue;
      seen.add(key);
      for (const { arrival, params, next } of stepsOf(ev, index, route)) {
        for (const param of params) {
          noteComponent(components, param);
          const made = param.m.facts.functions[param.fn];
          if (made?.kind === "constructor" && made.cls !== undefined) constructors.add(classKey(param.m, made.cls));
        }
        if (next.wrapper) {
          const { m, fn } = next.wrapper;
          const wrapper = functionKey(m, fn);
          const inside = [...(wrappers.get(wrapper)?.inside ?? []), arrival];
          wrappers.set(wrapper, { m, fn, callers: index.callersOf(wrapper), inside });
        }
        if (next.routes.length === 0 && next.wrapper)
          uncalled.push({ arrival, key: functionKey(next.wrapper.m, next.wrapper.fn) });
        else if (next.routes.length === 0) sites.push(arrival);
        else if (next.wrapper || next.isTold) forwarders.push(arrival);
        queue.push(...next.routes);
      }
    }
    const known = TrackingMembers.of(ev, found, members);
    members = known;
    const carried = carriersOf(ev.among, index.handed, (value) => known.of(value));
    outside = carried.outside;
    for (const route of handedRoutes(ev, index, wrappers, carried.carriers)) {
      const [{ enters }] = route.legs as [Leg];
      if (enters) handed.add(functionKey(enters.m, enters.fn));
      queue.push(route);
    }
    if (queue.every((route) => seen.has(routeKey(route)))) break;
  }
  for (const { arrival, key } of uncalled) (handed.has(key) ? forwarders : sites).push(arrival);
  members = TrackingMembers.of(ev, found, members);
  return { sites: judged(sites), forwarders, wrappers, components, constructors, members, outside };
}

/** What a route ends in, and the ways on. */
interface Step {
  readonly arrival: Arrival;
  readonly params: readonly ParamValue[];
  readonly next: Outwards;
}

function stepsOf(ev: Evaluator, index: CallIndex, route: Route): readonly Step[] {
  return keepOf(ev, route, "steps", () =>
    arrivalsOf(ev, route).map((arrival): Step => {
      const params = forwardedParams(ev, arrival);
      return { arrival, params, next: outwards(ev, index, arrival, params) };
    }),
  );
}

/** Routes whose functions are entered with nothing of a caller's. */
const BARE = {};

/** What is known of a route is kept from round to round: most calls are not concerned by what is found in other files. */
function keepOf<T>(ev: Evaluator, route: Route, what: string, work: () => readonly T[]): readonly T[] {
  // What listeners and metadata hand over is not told by the key.
  if (route.legs.some(({ hands, wrote }) => hands || wrote)) return work();
  const resting = () => {
    for (const { m, enters } of route.legs) for (const one of enters ? [m, enters.m] : [m]) ev.restOn(one);
    return work();
  };
  return ev.keep(route.base ?? BARE, `${what} ${routeKey(route)}`, resting, []);
}

/**
 * A call that some caller's arguments resolve is not told by its name as well, and an SDK that hands its message to a
 * function of the project sends what that function sends.
 */
function judged(sites: readonly Arrival[]): Arrival[] {
  const keyOf = ({ route: { legs } }: Arrival) => `${legs[0]?.m.path}:${legs[0]?.call.x}`;
  const resolved = new Set(sites.filter(({ confidence }) => confidence === "resolved").map(keyOf));
  const handing = new Set(sites.filter(({ route }) => route.legs[0]?.hands).map(keyOf));
  return sites.filter((site) => {
    const key = keyOf(site);
    if (site.route.legs.length === 1 && handing.has(key)) return false;
    return site.confidence === "resolved" || !resolved.has(key);
  });
}

function noteComponent(into: Map<string, Set<string>>, param: ParamValue): void {
  const [prop] = param.path;
  if (prop === undefined || param.index !== 0 || !isComponent(param.m, param.fn)) return;
  const key = functionKey(param.m, param.fn);
  into.set(key, (into.get(key) ?? new Set()).add(prop));
}

/** A single-file component, or a function named like one in a file with elements. */
function isComponent(m: Module, fn: number): boolean {
  if (fn === COMPONENT) return true;
  return /^[A-Z]/.test(m.facts.functions[fn]?.name ?? "") && m.facts.elements.length > 0;
}

function routeKey(route: Route): string {
  const legs = route.legs.map((leg) => `${leg.m.path}:${leg.call.x}`).join(">");
  return route.base ? `${legs}<${route.from ?? ""}` : legs;
}

/** A tracker handed over as an argument: the callee is known only with the arguments of a caller. */
function* handedRoutes(
  ev: Evaluator,
  index: CallIndex,
  wrappers: ReadonlyMap<string, TracedWrapper>,
  carriers: Carriers,
): Iterable<Route> {
  for (const { m, call, param } of index.handed) {
    if (!isCarried(carriers, param)) continue;
    for (const { base, from } of basesOf(ev, index, param)) {
      const expr = m.expr(call.x);
      if (expr.k !== "call") continue;
      for (const target of alternatives(present(ev.value(m, expr.f, base)))) {
        if (target.k === "ext" && targetsOf(ev, m, call, base).length > 0) yield { legs: [{ m, call }], base, from };
        if (target.k !== "fn") continue;
        const enters = { m: target.m, fn: target.fn };
        for (const { route } of wrappers.get(functionKey(target.m, target.fn))?.inside ?? [])
          yield { legs: [{ m, call, enters }, ...route.legs], base, from };
      }
    }
  }
}

/** Walks a route and reads the arguments of the SDK call at its end. */
export function arrivalsOf(ev: Evaluator, route: Route): readonly Arrival[] {
  return keepOf(ev, route, "arrivals", () => walk(ev, route));
}

function walk(ev: Evaluator, route: Route): Arrival[] {
  let env = route.base;
  const envs: (Env | undefined)[] = [];
  const written: Written[] = [];
  for (const leg of route.legs) {
    envs.push(env);
    if (env && !mayReach(ev, leg.m, leg.call.ctx, env)) return [];
    if (leg.wrote) {
      written.push(leg.wrote(ev, env));
      env = undefined;
      continue;
    }
    if (leg.enters === undefined) break;
    env = enterFrom(ev, leg, leg.enters.m, leg.enters.fn, env);
    if (env === undefined) return [];
  }
  const last = route.legs.at(-1);
  if (last === undefined) return [];
  return targetsOf(ev, last.m, last.call, env).flatMap(({ match, args: given, confidence, part }) => {
    const args = { ...given, values: given.values.map((value) => filledIn(ev, value, written)) };
    const chosen = chooseLayout(ev, match.methods, args);
    return chosen
      ? [{ route, match, ...chosen, args, envs, confidence, ...(part && route.legs.length === 1 && { part }) }]
      : [];
  });
}

/** The value of a role as seen from the first leg. */
export function roleOf(ev: Evaluator, arrival: Arrival, role: string): Value | undefined {
  const place = arrival.layout.roles[role];
  return place && roleValue(ev, arrival.match.sdk, place, arrival.args);
}

interface Outwards {
  /** The calls that are next; none where this call is the site. */
  readonly routes: readonly Route[];
  /** The function that forwards, whether somebody calls it or not. Absent where the site stays and learns its arguments. */
  readonly wrapper?: Callee;
  /** The name is told elsewhere, though nobody calls a function with it. */
  readonly isTold?: true;
}

/** Where a call leads whose name is a parameter. */
function outwards(ev: Evaluator, index: CallIndex, arrival: Arrival, params: readonly ParamValue[]): Outwards {
  const { route } = arrival;
  if (route.legs.length > MAX_HOPS) return { routes: [] };
  let uncalled: Outwards["wrapper"];
  for (const param of params) {
    // What was handed in may be a parameter of who handed it.
    if (route.base && !isAround(route, param)) continue;
    // A constructor is not called for the sake of a call inside it.
    const isWrapper =
      index.propsOf(functionKey(param.m, param.fn)) === undefined &&
      param.m.facts.functions[param.fn]?.kind !== "constructor" &&
      (arrival.layout.roles.event !== undefined || !isOnHandedTracker(route.legs[0] as Leg, param)) &&
      isPassedOn(index, route, param, arrival.method.kind === "track");
    if (!isWrapper) {
      // The site stays, and what is handed in flows into it.
      const bases = route.base ? [] : basesOf(ev, index, param);
      if (bases.length > 0) return { routes: bases.map(({ base, from }) => ({ legs: route.legs, base, from })) };
      continue;
    }
    const wrapper = { m: param.m, fn: param.fn };
    const routes = routesInto(ev, index, wrapper, route);
    if (routes.length > 0) return { routes, wrapper };
    uncalled ??= wrapper;
  }
  const delegate = route.base ? undefined : delegateAround(ev, arrival);
  if (delegate) return { routes: routesInto(ev, index, delegate, route), wrapper: delegate };
  const written = writtenFor(ev, arrival);
  if (written.length > 0) return { routes: written, isTold: true };
  if (uncalled === undefined && route.base === undefined) {
    const base = heardAround(ev, route);
    if (base) return { routes: [{ legs: route.legs, base, from: "emitted" }] };
  }
  return { routes: [], ...(uncalled && { wrapper: uncalled }) };
}

/** The ways on from the callers of a function. */
function routesInto(ev: Evaluator, index: CallIndex, enters: Callee, { legs }: Route): Route[] {
  return callersOf(ev, index, enters.m, enters.fn)
    .filter((caller) => !legs.some((leg) => leg.m === caller.m && leg.call.x === caller.call.x))
    .map((caller) => ({ legs: [{ ...caller, enters }, ...legs] }));
}

/** The places that write the metadata from which a name is read. */
function writtenFor(ev: Evaluator, arrival: Arrival): Route[] {
  const { legs, base } = arrival.route;
  const channels = base ? [] : channelsOf(ev, roleOf(ev, arrival, "event"));
  const routes = channels.flatMap((channel) =>
    writingsTo(ev, channel).map((writing): Route => ({ legs: [writing, ...legs] })),
  );
  // What is under the key of others need not be a name.
  return routes.filter((route) => arrivalsOf(ev, route).some((told) => isName(roleOf(ev, told, "event"))));
}

function isName(value: Value | undefined): boolean {
  const options = value === undefined ? [] : alternatives(value);
  return options.some((v) => v.k === "tpl" || v.k === "param" || (v.k === "lit" && typeof v.v === "string"));
}

/** Whether a parameter is one of a function around the call that a route starts with. */
function isAround({ legs: [first] }: Route, { m, fn }: ParamValue): boolean {
  if (first?.m !== m) return false;
  for (let id = first.call.fn; id >= 0; id = m.facts.functions[id]?.parent ?? -1) if (id === fn) return true;
  return fn === COMPONENT;
}

/** A site inside a listener learns what is emitted. */
function heardAround(ev: Evaluator, { legs: [first] }: Route): Env | undefined {
  for (let fn = first?.call.fn ?? -1; first && fn >= 0; fn = first.m.facts.functions[fn]?.parent ?? -1) {
    const heard = heardBy(ev, first.m, fn);
    if (heard) return heard;
  }
  return undefined;
}
