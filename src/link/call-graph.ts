import type { CallGraph, FunctionNode, TrackingCall } from "../calls/types.ts";
import type { Discovery } from "../discover/types.ts";
import type { FunctionId } from "../facts/types.ts";
import { qualifiedName } from "./build-calls.ts";
import { type CallIndex, functionKey } from "./call-index.ts";
import type { Module } from "./module.ts";

/** How many calls around a tracking call are kept. */
const REACH = 4;

/** The function that a place belongs to: callbacks without a name are part of the function around them. Undefined at module level. */
export function ownerOf(m: Module, fn: FunctionId): string | undefined {
  for (let id = fn; id >= 0; id = m.facts.functions[id]?.parent ?? -1) {
    const fact = m.facts.functions[id];
    if (fact && (fact.name !== "" || fact.kind === "constructor")) return functionKey(m, id);
  }
  return undefined;
}

/** The functions around tracking calls, and who calls whom. */
export function buildGraph(
  index: CallIndex,
  calls: readonly TrackingCall[],
  modules: readonly Module[],
  sourceOf: Discovery["sourceOf"],
): CallGraph {
  const callees = new Map<string, Set<string>>();
  const callers = new Map<string, Set<string>>();
  for (const [target, places] of index.callers) {
    for (const place of places) {
      const owner = ownerOf(place.m, place.call.fn);
      if (owner === undefined || owner === target) continue;
      link(callees, owner, target);
      link(callers, target, owner);
    }
  }
  const byPath = new Map(modules.map((m) => [m.path, m]));
  const nodes = new Map<string, FunctionNode>();
  let edge = new Set(calls.flatMap((call) => (call.enclosing === undefined ? [] : [call.enclosing])));
  for (let step = 0; step <= REACH && edge.size > 0; step += 1) {
    const next = new Set<string>();
    for (const id of [...edge].sort()) {
      if (nodes.has(id)) continue;
      const node = nodeOf(id, byPath, callees, callers, sourceOf);
      if (node === undefined) continue;
      nodes.set(id, node);
      for (const neighbour of [...node.callees, ...node.callers]) next.add(neighbour);
    }
    edge = next;
  }
  return nodes;
}

function link(map: Map<string, Set<string>>, from: string, to: string): void {
  const set = map.get(from);
  if (set) set.add(to);
  else map.set(from, new Set([to]));
}

function nodeOf(
  id: string,
  modules: ReadonlyMap<string, Module>,
  callees: Map<string, Set<string>>,
  callers: Map<string, Set<string>>,
  sourceOf: Discovery["sourceOf"],
): FunctionNode | undefined {
  const split = id.lastIndexOf("#");
  const m = modules.get(id.slice(0, split));
  const fn = Number(id.slice(split + 1));
  const fact = m?.facts.functions[fn];
  if (m === undefined || fact === undefined) return undefined;
  return {
    id,
    name: qualifiedName(m, fn),
    at: m.range(fact.s, fact.e),
    source: sourceOf(m.path).name,
    callees: [...(callees.get(id) ?? [])].sort(),
    callers: [...(callers.get(id) ?? [])].sort(),
  };
}
