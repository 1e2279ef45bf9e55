import type { Expr, ExprId, PropFact } from "../facts/types.ts";
import { functionKey } from "./call-index.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { alternatives, present, type Value } from "./value.ts";

/** A call, a construction or an element that hands something over by its name. */
export interface Handing {
  readonly m: Module;
  readonly callee: ExprId;
  /** The names: arguments, or values of an object literal or of props. */
  readonly names: readonly ExprId[];
}

/** Whether a value leads to an SDK. */
export type Leads = (value: Value) => boolean;

export function handingsIn(modules: readonly Module[]): Handing[] {
  return modules
    .flatMap((m) => [
      ...m.facts.calls.flatMap(({ x }) => {
        const call = m.expr(x);
        if (call.k !== "call" && call.k !== "new") return [];
        return { m, callee: call.f, names: call.a.flatMap((a) => namesIn(m, a)) };
      }),
      ...m.facts.elements.flatMap(({ tag, attributes }) =>
        tag === undefined ? [] : { m, callee: tag, names: attributes.flatMap((prop) => namesInProp(m, prop)) },
      ),
    ])
    .filter(({ names }) => names.length > 0);
}

/** The names that an argument hands over: itself, or as a value of an object literal. */
function namesIn(m: Module, x: ExprId): ExprId[] {
  const expr = m.expr(x);
  if (expr.k === "obj") return expr.p.flatMap((prop) => namesInProp(m, prop));
  return isName(expr) ? [x] : [];
}

function namesInProp(m: Module, prop: PropFact): ExprId[] {
  if (prop.k === "spread") return [];

  return isName(m.expr(prop.v)) ? [prop.v] : [];
}

/** `posthog`, `this.client`, `new SegmentDestination()`. */
function isName({ k }: Expr): boolean {
  return k === "id" || k === "mem" || k === "this" || k === "new";
}

/**
 * The functions that are handed a tracker, by `functionKey`, and the code that isn't searched for calls but is handed
 * one. What is only handed on counts as what the function around it is handed.
 *
 * @param among evaluates without reading further files
 */
export function carriersOf(
  among: Evaluator,
  handings: readonly Handing[],
  leads: Leads,
  searched: readonly Module[],
): { readonly carriers: ReadonlySet<string>; readonly outside: readonly Handing[] } {
  const known = new Set(searched);
  const carriers = new Set<string>();
  const outside: Handing[] = [];
  const carries = (v: Value) => (v.k === "param" ? carriers.has(functionKey(v.m, v.fn)) : leads(v));
  let open = handings.filter(({ m, callee }) => {
    const target = present(among.value(m, callee));
    return target.k !== "ext" && target.k !== "undef";
  });
  for (let before = -1; before !== open.length; ) {
    before = open.length;
    open = open.filter((handing) => {
      const { m, callee, names } = handing;
      if (!names.some((x) => alternatives(among.value(m, x)).some(carries))) return true;
      for (const target of alternatives(present(among.value(m, callee)))) {
        const fn =
          target.k === "fn" ? target.fn : target.k === "cls" ? target.m.facts.classes[target.c]?.ctor : undefined;
        const isSearched = (target.k === "fn" || target.k === "cls") && known.has(target.m);
        if (fn !== undefined && (target.k === "fn" || target.k === "cls")) carriers.add(functionKey(target.m, fn));
        if (!isSearched && (target.k === "unknown" || target.k === "fn" || target.k === "cls")) outside.push(handing);
      }
      return false;
    });
  }
  return { carriers, outside };
}

/** The files of functions, classes and components that are handed a tracker without naming one. Only these are read. */
export function handedFiles(ev: Evaluator, outside: readonly Handing[]): string[] {
  const paths = outside.flatMap(({ m, callee }) =>
    alternatives(present(ev.value(m, callee))).flatMap((v) => (v.k === "fn" || v.k === "cls" ? [v.m.path] : [])),
  );
  return [...new Set(paths)].sort();
}
