import type { ExprId } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import { EMITS, emittersHeard, type Listening, listeningsOf } from "./listeners.ts";
import type { Module } from "./module.ts";
import type { Traced } from "./trace.ts";
import { defaultNames, type Trigger } from "./triggers.ts";
import { alternatives, type Value } from "./value.ts";

/** How many names may stand for each other between a listener and where its emitter is made. */
const MAX_NAMES = 6;

interface Found {
  /** What names the emitters whose listeners track: with them, files that only emit are found. */
  readonly triggers: readonly Trigger[];
  /** The files that make these emitters, and may emit themselves. */
  readonly homes: ReadonlySet<string>;
}

/** What leads to those who emit what is tracked. */
export function findEmitters(ev: Evaluator, { sites, forwarders }: Pick<Traced, "sites" | "forwarders">): Found {
  const listenings = new Set<Listening>();
  for (const { route } of [...sites, ...forwarders]) {
    for (const { m, call } of route.legs) {
      for (let fn = call.fn; fn >= 0; fn = m.facts.functions[fn]?.parent ?? -1)
        for (const listening of listeningsOf(ev, m, fn)) listenings.add(listening);
    }
  }
  const heard = [...listenings].flatMap((listening) => emittersHeard(ev, listening));
  return {
    triggers: [...listenings].flatMap((listening) => triggersOf(ev, listening)),
    homes: new Set(heard.flatMap(({ home }) => home ?? [])),
  };
}

function triggersOf(ev: Evaluator, { m, emitter, name, by }: Listening): Trigger[] {
  if (emitter === undefined) return [{ name: "EventEmitter2", members: EMITS }];
  if (by === "addEventListener") {
    const names = name === undefined ? [] : alternatives(ev.value(m, name));
    return names.flatMap((v): Trigger[] =>
      v.k === "lit" && typeof v.v === "string" && !NATIVE.test(v.v)
        ? [{ name: v.v, members: new Set(["dispatchEvent"]), anywhere: true }]
        : [],
    );
  }
  const names = [...carriers(ev, m, emitter, 0), ...declaredKinds(ev.value(m, emitter))];
  return names.map((carrier) => ({ ...carrier, members: EMITS }));
}

/** What a package calls an emitter that it exports, or that is only known by its type. */
function declaredKinds(value: Value): Pick<Trigger, "name">[] {
  return alternatives(value).flatMap((option) => {
    if (option.k !== "ext" || option.pkg === undefined) return [];
    if (option.steps.some((step) => typeof step !== "string" && step.call)) return [];
    const name = option.steps.find((step) => step !== "default");
    return typeof name === "string" ? [{ name }] : [];
  });
}

/** Events that the browser itself dispatches. */
const NATIVE =
  /^(?:click|dblclick|submit|change|input|load|unload|beforeunload|pagehide|pageshow|scroll|resize|message|error|unhandledrejection|visibilitychange|popstate|hashchange|focus\w*|blur|key\w+|mouse\w+|pointer\w+|touch\w+|DOMContentLoaded|online|offline|storage)$/;

/** The names under which other files may know what an expression leads to. */
function* carriers(ev: Evaluator, m: Module, x: ExprId, depth: number): Iterable<Pick<Trigger, "name" | "path">> {
  if (depth > MAX_NAMES) return;
  const expr = m.expr(x);
  switch (expr.k) {
    case "mem":
      yield* carriers(ev, m, expr.o, depth + 1);
      return;
    case "call":
    case "new":
      yield* carriers(ev, m, expr.f, depth + 1);
      return;
    case "await":
    case "as":
      yield* carriers(ev, m, expr.x, depth + 1);
      return;
    case "this": {
      const name = expr.c === undefined ? undefined : m.facts.classes[expr.c]?.name;
      if (name) yield { name };
      return;
    }
    case "id":
      yield* carriersOfName(ev, m, expr.b, depth);
      return;
    default:
      return;
  }
}

function* carriersOfName(ev: Evaluator, m: Module, b: number, depth: number): Iterable<Pick<Trigger, "name" | "path">> {
  const binding = m.facts.bindings[b];
  if (binding?.from) {
    const { name, import: index } = binding.from;
    const target = ev.target(m, m.facts.imports[index]?.specifier ?? "", name);
    if (target?.kind !== "module") return;
    if (name !== "default" && name !== "*" && name !== "=") yield { name };
    else for (const word of defaultNames(target.module)) yield { name: word, path: target.module.path };
    return;
  }
  for (const fact of m.facts.exports) {
    if (!("b" in fact) || fact.b !== b) continue;
    if (fact.n !== "default") yield { name: fact.n };
    else for (const name of defaultNames(m)) yield { name, path: m.path };
  }
  if (binding?.type?.k === "ref") yield { name: binding.type.n };
  if (binding?.init !== undefined) yield* carriers(ev, m, binding.init, depth + 1);
}
