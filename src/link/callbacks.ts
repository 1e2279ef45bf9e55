import type { FunctionId } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import { asList } from "./list-methods.ts";
import { elementOf } from "./member.ts";
import type { Module } from "./module.ts";
import { alternatives, type Env, present, UNKNOWN, unionOf, type Value } from "./value.ts";

/** Keys of options under which an SDK calls back once it is there. */
const LOADED = /^(?:on)?(?:loaded|load|ready|init|initialized)$/i;
const ITERATORS = new Set(["map", "forEach", "flatMap", "filter", "some", "every", "find"]);

/** `.then((x) => …)`, `list.map((x) => …)`, `loaded: (posthog) => …`: what is handed over follows from the call. */
export function handedToCallback(
  ev: Evaluator,
  m: Module,
  param: { readonly fn: FunctionId; readonly index: number },
  env: Env | undefined,
): Value | undefined {
  const fn = m.facts.functions[param.fn];
  if (fn?.argOf === undefined || param.index !== 0) return undefined;
  const call = m.expr(fn.argOf.call);
  if (call.k !== "call") return undefined;
  const callee = m.expr(call.f);
  if (callee.k !== "mem") return undefined;
  if (fn.argOf.key !== undefined) {
    // An SDK hands itself to the callbacks of its options: `posthog.init(key, { loaded: (posthog) => … })`.
    const sdk = LOADED.test(fn.argOf.key) ? ev.value(m, callee.o) : undefined;
    return sdk?.k === "ext" ? sdk : undefined;
  }
  if (fn.argOf.index !== 0) return undefined;
  if (callee.n === "then") return ev.value(m, callee.o);
  if (!ITERATORS.has(callee.n)) return undefined;
  const collection = present(ev.value(m, callee.o, env));
  return unionOrNothing(alternatives(collection).map((v) => elementsOf(ev, v)));
}

/** What a collection hands to a callback, one by one. */
function elementsOf(ev: Evaluator, value: Value): Value | undefined {
  if (value.k === "map") return value.of;
  const list = asList(ev, value);
  return list && elementOf(ev, list, UNKNOWN);
}

function unionOrNothing(values: readonly (Value | undefined)[]): Value | undefined {
  const known = values.filter((v) => v !== undefined);
  return known.length > 0 ? unionOf(known) : undefined;
}
