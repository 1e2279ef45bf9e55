import type { AskedPlace } from "../../calls/explanation.ts";
import { compareRanges, type Range } from "../../diagnostics/range.ts";
import type { CallFact } from "../../facts/types.ts";
import type { Module } from "../module.ts";

/**
 * The calls that are meant by a place: with a column the innermost around it; without one those that begin or are
 * named on the line; where there are none, the innermost one that spans it.
 */
export function callsAt(m: Module, { line, column }: AskedPlace): CallFact[] {
  const spanning = m.facts.calls.filter((call) => {
    const at = m.rangeOf(call.x);
    return at.line <= line && line <= at.endLine && (column === undefined || covers(at, line, column));
  });
  const smallestFirst = [...spanning].sort((a, b) => sizeOf(m, a) - sizeOf(m, b));
  if (column !== undefined) return smallestFirst.slice(0, 1);
  const here = spanning.filter((call) => m.rangeOf(call.x).line === line || calleeLine(m, call) === line);
  const list = here.length > 0 ? here : smallestFirst.slice(0, 1);
  return [...list].sort((a, b) => compareRanges(m.rangeOf(a.x), m.rangeOf(b.x)));
}

function covers(at: Range, line: number, column: number): boolean {
  const isAfterStart = line > at.line || column >= at.column;
  return isAfterStart && (line < at.endLine || column < at.endColumn);
}

function sizeOf(m: Module, { x }: CallFact): number {
  return (m.facts.ends[x] ?? 0) - (m.facts.starts[x] ?? 0);
}

function calleeLine(m: Module, call: CallFact): number {
  const expr = m.expr(call.x);
  return expr.k === "call" ? m.rangeOf(expr.f).endLine : -1;
}

/** What is called, as written. */
export function calleeText(m: Module, call: CallFact): string {
  const expr = m.expr(call.x);
  const callee = expr.k === "call" || expr.k === "new" ? m.textOf(expr.f, 60) : m.textOf(call.x, 60);
  return expr.k === "new" ? `new ${callee}` : callee;
}

/** Of calls on one line those that are no arguments of others, and what `then` and its like wait for. */
export function mainCalls(m: Module, calls: readonly CallFact[]): CallFact[] {
  const outer = calls.filter((call) => !calls.some((other) => other !== call && isInside(m, call, other)));
  return [...new Set(outer.map((call) => awaitedBy(m, call, calls)))];
}

function isInside(m: Module, inner: CallFact, outer: CallFact): boolean {
  const [s = 0, e = 0] = [m.facts.starts[inner.x], m.facts.ends[inner.x]];
  return (m.facts.starts[outer.x] ?? 0) <= s && e <= (m.facts.ends[outer.x] ?? 0);
}

function awaitedBy(m: Module, call: CallFact, calls: readonly CallFact[]): CallFact {
  const expr = m.expr(call.x);
  const callee = expr.k === "call" ? m.expr(expr.f) : undefined;
  if (callee?.k !== "mem" || !/^(?:then|catch|finally)$/.test(callee.n)) return call;
  const before = calls.find((other) => other.x === callee.o);
  return before === undefined ? call : awaitedBy(m, before, calls);
}
