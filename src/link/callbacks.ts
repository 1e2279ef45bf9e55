import type { FunctionId } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import { elementOf } from "./member.ts";
import type { Module } from "./module.ts";
import { UNKNOWN, type Value } from "./value.ts";

/** Keys of options under which an SDK calls back once it is there. */
const LOADED = /^(?:on)?(?:loaded|load|ready|init|initialized)$/i;
const ITERATORS = new Set(["map", "forEach", "flatMap", "filter", "some", "every", "find"]);

/** `.then((x) => …)`, `list.map((x) => …)`, `loaded: (posthog) => …`: what is handed over follows from the call. */
export function handedToCallback(
  ev: Evaluator,
  m: Module,
  param: { readonly fn: FunctionId; readonly index: number },
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
  const list = ev.value(m, callee.o);
  return list.k === "list" ? elementOf(ev, list, UNKNOWN) : undefined;
}
