import type { Expr, ExprId, PropFact } from "../facts/types.ts";
import { functionKey, type HandedCall } from "./call-index.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import type { Found } from "./tracking-members.ts";
import { alternatives, type ParamValue, present, type Value } from "./value.ts";

/** A call, a construction or an element that hands something over by its name. */
export interface Handing {
  readonly m: Module;
  readonly callee: ExprId;
  /** The names: arguments, or values of an object literal or of props. */
  readonly names: readonly ExprId[];
}

/** By which members a value leads to an SDK. */
export type Leads = (value: Value) => Found;

/** A handing with what is called. */
interface Open {
  readonly handing: Handing;
  readonly targets: readonly Value[];
}

/** A handing with all that may lead to an SDK of what it hands over. */
interface Handed extends Open {
  readonly values: readonly Value[];
}

const TARGETS = {};
const VALUES = {};

function openHandings(among: Evaluator, m: Module): readonly Open[] {
  const work = () =>
    handingsIn(m).flatMap((handing): Open[] => {
      const target = present(among.value(m, handing.callee));
      return target.k === "ext" || target.k === "undef" ? [] : [{ handing, targets: alternatives(target) }];
    });
  return among.keep(TARGETS, m, work, []);
}

function valuesOf(among: Evaluator, { m, callee, names }: Handing): readonly Value[] {
  const work = () => {
    among.restOn(m);
    return names.flatMap((x) => alternatives(among.value(m, x))).filter(mayLead);
  };
  return among.keep(VALUES, `${m.path}:${callee}`, work, []);
}

/**
 * What is handed to functions that call what they are handed, directly or by handing it on, and to code that isn't
 * searched. What most calls are given is never evaluated.
 */
function relevantHandings(among: Evaluator, handed: readonly HandedCall[]): Handed[] {
  const wanted = new Set(handed.map(({ param }) => functionKey(param.m, param.fn)));
  const isWanted = (target: Value) => {
    if (target.k !== "fn" && target.k !== "cls") return target.k === "unknown";
    const fn = functionOf(target);
    return !among.isSearched(target.m.path) || (fn !== undefined && wanted.has(functionKey(target.m, fn)));
  };
  const relevant: Handed[] = [];
  let open = among.searched.flatMap((m) => openHandings(among, m));
  for (let before = -1; before !== open.length; ) {
    before = open.length;
    open = open.filter(({ handing, targets }) => {
      if (!targets.some(isWanted)) return true;
      const values = valuesOf(among, handing);
      for (const v of values) if (v.k === "param") wanted.add(functionKey(v.m, v.fn));
      if (values.length > 0) relevant.push({ handing, targets, values });
      return false;
    });
  }
  return relevant;
}

function functionOf(target: Value & ({ k: "fn" } | { k: "cls" })): number | undefined {
  return target.k === "fn" ? target.fn : target.m.facts.classes[target.c]?.ctor;
}

function mayLead({ k }: Value): boolean {
  return !(k === "unknown" || k === "lit" || k === "tpl" || k === "undef" || k === "typed");
}

function handingsIn(m: Module): Handing[] {
  const calls = m.facts.calls.flatMap(({ x }): Handing[] => {
    const call = m.expr(x);
    if (call.k !== "call" && call.k !== "new") return [];
    return [{ m, callee: call.f, names: call.a.flatMap((a) => namesIn(m, a)) }];
  });
  const elements = m.facts.elements.flatMap(({ tag, attributes }): Handing[] =>
    tag === undefined ? [] : [{ m, callee: tag, names: attributes.flatMap((prop) => namesInProp(m, prop)) }],
  );
  return [...calls, ...elements].filter(({ names }) => names.length > 0);
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

/** Stands for all names: who is handed a function calls it as it likes, or by the prop that it came in. */
const ANY = "*";

/** Whether a parameter is called by a name that leads to an SDK on what the function is handed. */
export function isCarried(carriers: Carriers, { m, fn, path }: ParamValue): boolean {
  const names = carriers.get(functionKey(m, fn));
  return names !== undefined && (names.has(ANY) || names.has(path.at(-1) ?? ANY));
}

/** The functions that are handed a tracker, by `functionKey`, and the members by which it is called. */
export type Carriers = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Who is handed a tracker, and the code that isn't searched for calls but is handed one. What is only handed on counts
 * as what the function around it is handed.
 *
 * @param among evaluates without reading further files
 */
export function carriersOf(
  among: Evaluator,
  handed: readonly HandedCall[],
  leads: Leads,
): { readonly carriers: Carriers; readonly outside: readonly Handing[] } {
  const carriers = new Map<string, Set<string>>();
  const outside = new Set<Handing>();
  const relevant = relevantHandings(among, handed);
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const { handing, targets, values } of relevant) {
      const names = values.flatMap((v) => {
        if (v.k === "param") return [...(carriers.get(functionKey(v.m, v.fn)) ?? [])];
        const found = leads(v);
        return found === "itself" ? [ANY] : [...(found ?? [])];
      });
      if (names.length === 0) continue;
      for (const target of targets) {
        if (target.k === "unknown") outside.add(handing);
        if (target.k !== "fn" && target.k !== "cls") continue;
        if (!among.isSearched(target.m.path)) outside.add(handing);
        const fn = functionOf(target);
        if (fn !== undefined && addAll(carriers, functionKey(target.m, fn), names)) isNew = true;
      }
    }
  }
  return { carriers, outside: [...outside] };
}

/** Whether one of the names was not there. */
function addAll(into: Map<string, Set<string>>, key: string, names: readonly string[]): boolean {
  const known = into.get(key) ?? new Set();
  const before = known.size;
  for (const name of names) known.add(name);
  into.set(key, known);
  return known.size > before;
}

/** The files of functions, classes and components that are handed a tracker without naming one. Only these are read. */
export function handedFiles(ev: Evaluator, outside: readonly Handing[]): string[] {
  const paths = outside.flatMap(({ m, callee }) =>
    alternatives(present(ev.value(m, callee))).flatMap((v) => (v.k === "fn" || v.k === "cls" ? [v.m.path] : [])),
  );
  return [...new Set(paths)].sort();
}
