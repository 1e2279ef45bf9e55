import type { ExprId, FunctionFact, FunctionId } from "../facts/types.ts";
import { COMPONENT } from "./exports.ts";
import { ANY_MEMBER } from "./member.ts";
import type { Module } from "./module.ts";
import type { ParamValue } from "./value.ts";

/** A function as people call it: `trackEvent`, `AnalyticsService.track`, `useTelemetry → captureEvent`, `analytics.track`. */
export function spokenName(m: Module, id: FunctionId): string {
  if (id === COMPONENT) return m.path.slice(m.path.lastIndexOf("/") + 1);
  const fn = m.facts.functions[id];
  if (fn === undefined) return "(anonymous)";
  if (fn.cls !== undefined) {
    const cls = m.facts.classes[fn.cls]?.name || "(class)";
    return fn.kind === "constructor" ? `new ${cls}` : `${cls}.${fn.name || "(anonymous)"}`;
  }
  const parent = namedAround(m, fn.parent);
  const around = parent === undefined ? undefined : spokenName(m, parent);
  if (fn.name === "" && around !== undefined && isReturned(m, id)) return `${around}()`;
  const own = fn.name === "" ? anonymous(m, fn) : fn.name;
  const holder = holderOf(m, id);
  const named = holder === undefined || holder === fn.name ? own : `${holder}.${own}`;
  return around === undefined ? named : `${around} → ${named}`;
}

function anonymous(m: Module, { argOf }: FunctionFact): string {
  const call = argOf && m.expr(argOf.call);
  return call?.k === "call" ? `callback of ${m.textOf(call.f, 40)}` : "(anonymous)";
}

/** What a hook or factory returns, through `useCallback` and its like: `useTrack()`. */
function isReturned(m: Module, id: FunctionId): boolean {
  const fn = m.facts.functions[id];
  const around = fn === undefined ? undefined : m.facts.functions[fn.parent];
  const returned = (around?.returns ?? []).map(({ x }) => x);
  return returned.some((x) => {
    const expr = m.expr(x);
    return (expr.k === "fn" && expr.fn === id) || (fn?.argOf?.index === 0 && fn.argOf.call === x && expr.k === "call");
  });
}

function namedAround(m: Module, id: FunctionId): FunctionId | undefined {
  for (let at = id; at >= 0; at = m.facts.functions[at]?.parent ?? -1) {
    const fact = m.facts.functions[at];
    if (fact && (fact.name !== "" || fact.kind === "constructor")) return at;
  }
  return undefined;
}

/** The constant or field whose object has the function as a member: `analytics`, `Telemetry.project`. */
function holderOf(m: Module, id: FunctionId): string | undefined {
  for (const { name, path, init } of m.facts.bindings) {
    const way = path ? undefined : wayTo(m, init, id);
    if (way !== undefined) return [name, ...way].join(".");
  }
  for (const cls of m.facts.classes) {
    for (const member of cls.members) {
      const way = wayTo(m, member.init, id);
      if (way !== undefined) return [cls.name || "(class)", member.n, ...way].join(".");
    }
  }
  return undefined;
}

/** The keys on the way to the object of which the function is a member; undefined where it is not in there. */
function wayTo(m: Module, x: ExprId | undefined, id: FunctionId): string[] | undefined {
  const expr = x === undefined ? undefined : m.expr(x);
  if (expr?.k === "as") return wayTo(m, expr.x, id);
  if (expr?.k !== "obj") return undefined;
  for (const prop of expr.p) {
    if (prop.k !== "prop") continue;
    const value = m.expr(prop.v);
    if (value.k === "fn" && value.fn === id) return [];
    const way = wayTo(m, prop.v, id);
    if (way !== undefined) return [prop.n, ...way];
  }
  return undefined;
}

/** Whether others can call a function: it has a name, or somebody gets it as a result. */
export function isCallable(m: Module, id: FunctionId): boolean {
  if (id === COMPONENT) return false;
  return m.facts.functions[id]?.name !== "" || isReturned(m, id);
}

/** What a caller passes, as the function names it: `event`, `options.type`, `{ event }`, the third argument. */
export function paramText({ m, fn, index, path, rest }: ParamValue): string {
  const fact = m.facts.functions[fn]?.params[index];
  const own = fact && fact.b >= 0 ? m.facts.bindings[fact.b]?.name : undefined;
  if (own !== undefined) return path.reduce((text, key) => text + step(key), rest ? `...${own}` : own);
  const [first, ...further] = path;
  if (fn === COMPONENT && first !== undefined) return `prop ${path.join(".")}`;
  if (first === undefined) return `argument ${index + 1}`;
  return further.reduce((text, key) => text + step(key), `{ ${first} }`);
}

function step(key: string): string {
  if (key === ANY_MEMBER) return "[…]";
  return /^\d+$/.test(key) ? `[${key}]` : `.${key}`;
}
