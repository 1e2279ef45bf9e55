import type { CallGraph, FunctionNode, Inventory, TrackingCall } from "../../calls/types.ts";
import { contains } from "../../diagnostics/range.ts";
import { groupBy } from "../../util/group-by.ts";

/** How far a flow is followed. Beyond, everything is connected to everything through routers and containers. */
const maxCallers = 4;
const maxCallees = 5;

/**
 * Finds the tracking calls that run on the same way as a call: in its function, in those who call it, and in what these
 * call. A wrapper that is called on the way is left out: what it sends is said by its callers.
 */
export function callsOnTheWay(code: Inventory): (call: TrackingCall) => readonly TrackingCall[] {
  const byFunction = groupBy(
    code.calls.filter(({ role }) => role !== "tenant"),
    (call) => call.enclosing,
  );
  const sites = (calls: readonly TrackingCall[]) => calls.filter(({ role }) => role !== "forwarder");
  const outerOf = outerFunctions(code.functions);
  return (call) => {
    if (call.enclosing === undefined) {
      return sites(byFunction.get(undefined) ?? []).filter(({ at }) => at.file === call.at.file);
    }
    const callers = reach([call.enclosing], maxCallers, (id) => [
      ...(code.functions.get(id)?.callers ?? []),
      ...outerOf(id),
    ]);
    const all = reach(callers, maxCallees, (id) => code.functions.get(id)?.callees ?? []);
    return [...all].flatMap((id) => {
      const calls = byFunction.get(id) ?? [];
      return callers.has(id) ? calls : sites(calls);
    });
  };
}

/** The sources of the functions that reach a call: code of a shared package is sent by those who call it. */
export function callerSources(code: Inventory, call: TrackingCall): ReadonlySet<string> {
  if (call.enclosing === undefined) return new Set();
  const callers = reach([call.enclosing], maxCallers, (id) => code.functions.get(id)?.callers ?? []);
  const sources = [...callers].map((id) => code.functions.get(id)?.source);
  return new Set(sources.filter((source) => source !== undefined));
}

/** Ids that are reached in at most `depth` steps, the first ones included. */
function reach(from: Iterable<string>, depth: number, next: (id: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set(from);
  let edge = [...seen];
  for (let step = 0; step < depth && edge.length > 0; step++) {
    edge = [...new Set(edge.flatMap(next))].filter((id) => !seen.has(id));
    for (const id of edge) seen.add(id);
  }
  return seen;
}

/** The functions around a function: an inline callback runs on the way of the one that it is written in. */
function outerFunctions(functions: CallGraph): (id: string) => readonly string[] {
  const byFile = groupBy(functions.values(), (node) => node.at.file);
  const isAround = (outer: FunctionNode, inner: FunctionNode) => outer.id !== inner.id && contains(outer.at, inner.at);
  return (id) => {
    const inner = functions.get(id);
    if (inner === undefined) return [];
    return (byFile.get(inner.at.file) ?? []).filter((node) => isAround(node, inner)).map((node) => node.id);
  };
}
