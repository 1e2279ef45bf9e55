import type { ExprId } from "../facts/types.ts";
import { classKey } from "./call-index.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import type { TableKind } from "./table.ts";
import { alternatives, type Env, unionOf, type Value } from "./value.ts";

interface Provided {
  readonly m: Module;
  readonly x: ExprId;
}

/** `Layer.effect(Analytics, …)`: who provides a service, by its class. */
const LAYERS: TableKind<Provided> = {
  *entriesOf(ev, m) {
    if (!usesEffect(m)) return;
    for (const call of m.facts.calls) {
      const expr = m.expr(call.x);
      const [tag, given] = expr.k === "call" ? expr.a : [];
      if (expr.k !== "call" || tag === undefined || given === undefined || !LAYER.test(m.textOf(expr.f, 40))) continue;
      const service = ev.open.value(m, tag);
      if (!isService(ev.open, service)) continue;
      for (const x of madeBy(m, given)) yield [classKey(service.m, service.c), { m, x }];
    }
  },
};

const LAYER = /(?:^|\.)Layer\.(?:effect|succeed|sync|scoped)$/;
/** What gives what its function returns. */
const RUNS = /(?:^|\.)Effect\.(?:gen|sync|fn|suspend)$/;

/**
 * `yield* Analytics`, where that is the class of a service: what its layers provide. Undefined for anything else. Nothing
 * need have led to the class: its file is read to ask.
 */
export function serviceValue(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined): Value | undefined {
  if (m.expr(x).k !== "id" || !usesEffect(m)) return undefined;
  const value = ev.open.value(m, x, env);
  if (!isService(ev.open, value)) return undefined;
  const provided = ev.table(LAYERS).get(classKey(value.m, value.c));
  const known = provided.map((given) => ev.value(given.m, given.x)).filter((v) => v.k !== "unknown");
  return known.length > 0 ? unionOf(known) : undefined;
}

function usesEffect(m: Module): boolean {
  return m.facts.imports.some(({ specifier }) => /^effect(?:\/|$)/.test(specifier));
}

/** `class Analytics extends Context.Tag("Analytics")<Analytics, Shape>() {}` */
function isService(ev: Evaluator, value: Value): value is Value & { k: "cls" } {
  if (value.k !== "cls") return false;
  return alternatives(ev.parentOf(value.m, value.c)).some((v) => v.k === "ext" && /^effect(?:\/|$)/.test(v.pkg ?? ""));
}

/** The expressions that an effect gives: past `pipe`, into the functions that it runs, and into `Service.of(…)`. */
function madeBy(m: Module, x: ExprId, depth = 0): readonly ExprId[] {
  const expr = m.expr(x);
  if (expr.k !== "call" || depth > 6) return [x];
  const callee = m.expr(expr.f);
  const [first] = expr.a;
  if (callee.k !== "mem" || first === undefined) return [x];
  if (callee.n === "pipe") return madeBy(m, callee.o, depth + 1);
  if (callee.n === "of" || callee.n === "succeed") return madeBy(m, first, depth + 1);
  const body = m.expr(first);
  if (body.k !== "fn" || !RUNS.test(m.textOf(expr.f, 40))) return [x];
  return (m.facts.functions[body.fn]?.returns ?? []).flatMap((returned) => madeBy(m, returned.x, depth + 1));
}
