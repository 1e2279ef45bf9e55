import type { Inventory, Sink, TrackingCall, Wrapper, WrapperCaller } from "../calls/types.ts";
import { compareRanges, type Range } from "../diagnostics/range.ts";
import type { Discovery } from "../discover/types.ts";
import { sinkOf } from "./build-calls.ts";
import { type CallPlace, functionKey } from "./call-index.ts";
import type { Evaluator } from "./evaluator.ts";
import { forwardedParams } from "./forwarding.ts";
import { isCallable, paramText, spokenName } from "./function-name.ts";
import type { Module } from "./module.ts";
import { type Arrival, roleOf, type Traced, type TracedWrapper } from "./trace.ts";
import { alternatives } from "./value.ts";

/**
 * The functions that forward, as plain data, most called first. One that nobody can call by name, such as a callback
 * that a library gets, counts only where it has callers.
 */
export function buildWrappers(
  ev: Evaluator,
  traced: Traced,
  calls: readonly TrackingCall[],
  sourceOf: Discovery["sourceOf"],
): Wrapper[] {
  const atPlace = callsByPlace(calls);
  const handed = handedCallers(traced);
  return [...traced.wrappers.entries()]
    .map(([key, wrapper]): Wrapper | undefined => {
      const { m, fn, inside } = wrapper;
      const callers = callersOf([...wrapper.callers, ...(handed.get(key) ?? [])], atPlace);
      if (callers.length === 0 && !isCallable(m, fn)) return undefined;
      const own = inside.flatMap((arrival) => atPlace.get(placeKey(rangeOf(arrival))) ?? []);
      return {
        name: spokenName(m, fn),
        at: functionRange(m, fn),
        source: sourceOf(m.path).name,
        kinds: [...new Set(inside.map(({ method }) => method.kind))],
        sinks: distinctSinks(inside.map(sinkOf)),
        feeds: feedsOf(ev, wrapper),
        adds: [...new Set(inside.flatMap((arrival) => addedNames(ev, arrival)))],
        guards: distinctGuards(own),
        callers,
      };
    })
    .filter((wrapper): wrapper is Wrapper => wrapper !== undefined)
    .sort((a, b) => b.callers.length - a.callers.length || compareRanges(a.at, b.at));
}

/** Where a function's name is written, else where it starts; a component is its whole file. */
export function functionRange(m: Module, id: number): Range {
  const fn = m.facts.functions[id];
  return fn ? m.range(fn.nameAt, fn.nameAt + Math.max(fn.name.length, 1)) : m.range(0, 0);
}

/** The calls of a wrapper, as the inventory lists them. */
export function callersOfWrapper({ wrappers }: Pick<Inventory, "wrappers">, m: Module, fn: number): Wrapper["callers"] {
  const at = placeKey(functionRange(m, fn));
  return wrappers.find((wrapper) => placeKey(wrapper.at) === at)?.callers ?? [];
}

/** What feeds the name of the calls inside a wrapper, as the wrapper calls it. */
export function feedsOf(ev: Evaluator, { m, fn, inside }: TracedWrapper): string[] {
  const params = inside.flatMap((arrival) => forwardedParams(ev, arrival));
  return [...new Set(params.filter((param) => param.m === m && param.fn === fn).map(paramText))];
}

/** Calls by the place where they stand; several kinds may stand at one. */
export function callsByPlace(calls: readonly TrackingCall[]): ReadonlyMap<string, readonly TrackingCall[]> {
  const map = new Map<string, TrackingCall[]>();
  for (const call of calls) {
    const key = placeKey(call.at);
    const list = map.get(key);
    if (list) list.push(call);
    else map.set(key, [call]);
  }
  return map;
}

export function placeKey({ file, line, column, endLine, endColumn }: Range): string {
  return `${file}:${line}:${column}:${endLine}:${endColumn}`;
}

function callersOf(places: readonly CallPlace[], calls: ReadonlyMap<string, readonly TrackingCall[]>): WrapperCaller[] {
  const callers = places.map(({ m, call }): WrapperCaller => {
    const at = m.rangeOf(call.x);
    return { at, role: calls.get(placeKey(at))?.[0]?.role ?? "unread" };
  });
  return [...new Map(callers.map((caller) => [placeKey(caller.at), caller])).values()].sort((a, b) =>
    compareRanges(a.at, b.at),
  );
}

/** Calls that enter a wrapper by another name than its own: it was handed to them. */
function handedCallers({ sites, forwarders }: Traced): ReadonlyMap<string, readonly CallPlace[]> {
  const map = new Map<string, CallPlace[]>();
  for (const { route } of [...sites, ...forwarders]) {
    for (const { m, call, enters } of route.legs) {
      if (enters === undefined) continue;
      const key = functionKey(enters.m, enters.fn);
      const list = map.get(key);
      if (list) list.push({ m, call });
      else map.set(key, [{ m, call }]);
    }
  }
  return map;
}

function rangeOf({ route }: Arrival): Range {
  const [first] = route.legs;
  return first!.m.rangeOf(first!.call.x);
}

/** The keys that are written between a wrapper's parameters and the SDK. */
export function addedNames(ev: Evaluator, arrival: Arrival): string[] {
  return ["properties", "traits"].flatMap((role) => {
    const value = roleOf(ev, arrival, role);
    return (value ? alternatives(value) : []).flatMap((option) =>
      option.k === "obj" ? option.entries.flatMap((entry) => ("n" in entry ? [entry.n] : [])) : [],
    );
  });
}

function distinctSinks(sinks: readonly Sink[]): Sink[] {
  return [...new Map(sinks.map((sink) => [`${sink.sdk} ${sink.method}`, sink])).values()];
}

function distinctGuards(calls: readonly TrackingCall[]): Wrapper["guards"] {
  // What stands around its only call is not inside it.
  const guards = [...new Set(calls)].flatMap((call) => call.guards.filter(({ how }) => how !== "only-caller"));
  return [...new Map(guards.map((guard) => [`${placeKey(guard.at)} ${guard.holds}`, guard])).values()];
}
