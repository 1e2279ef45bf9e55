import { argumentsOf, invoke } from "./call-result.ts";
import { contextValue, injected } from "./contexts.ts";
import { withDeclaredType } from "./declared-type.ts";
import type { Evaluator } from "./evaluator.ts";
import { memberOf } from "./member.ts";
import { type CallRef, type External, objectOf, UNKNOWN, unionOf, type Value } from "./value.ts";

/** Functions that give back what they are given: `useCallback(f)` is `f`. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  "react:useCallback",
  "react:memo",
  "react:forwardRef",
  "react:cache",
  "react:useEffectEvent",
  "react:useDeferredValue",
  "react:lazy",
  "preact/hooks:useCallback",
  "preact/compat:memo",
  "vue:markRaw",
  "vue:toRaw",
  "vue:shallowReactive",
  "vue:reactive",
  "vue:readonly",
  "vue:defineComponent",
  "mobx-react:observer",
  "mobx-react-lite:observer",
  "lodash:debounce",
  "lodash:throttle",
  "lodash:once",
  "lodash:memoize",
  "lodash-es:debounce",
  "lodash-es:throttle",
  "lodash-es:once",
  "lodash/debounce:default",
  "lodash/throttle:default",
  "lodash/once:default",
  "lodash.debounce:default",
  "lodash.throttle:default",
  "lodash.once:default",
  "use-debounce:useDebouncedCallback",
  "use-event-callback:default",
  "ahooks:useMemoizedFn",
]);

/** Functions that give what their argument returns: `useMemo(() => x)` is `x`. */
const CALLED: ReadonlySet<string> = new Set([
  "react:useMemo",
  "preact/hooks:useMemo",
  "vue:computed",
  "vue:shallowRef",
]);

const MUTATIONS: ReadonlySet<string> = new Set([
  "@tanstack/react-query:useMutation",
  "react-query:useMutation",
  "@tanstack/vue-query:useMutation",
  "@tanstack/svelte-query:createMutation",
]);

/** `useRef(x)` is `{ current: x }`, `ref(x)` is `{ value: x }`. */
const BOXED: ReadonlyMap<string, string> = new Map([
  ["react:useRef", "current"],
  ["react:createRef", "current"],
  ["preact/hooks:useRef", "current"],
  ["vue:ref", "value"],
]);

/** Functions that give what was provided for their argument. */
const INJECTS: ReadonlySet<string> = new Set(["@angular/core:inject", "vue:inject", "svelte/store:get"]);

/** Calls of frameworks whose result follows from their arguments; undefined where it is none. */
export function frameworkCall(ev: Evaluator, callee: Value, ref: CallRef): Value | undefined {
  if (callee.k !== "ext" || callee.pkg === undefined) return undefined;
  const name = frameworkName(callee);
  if (name === undefined) return undefined;
  if (MUTATIONS.has(name)) return mutation(ev, ref);
  if (TRANSPARENT.has(name)) return argumentsOf(ev, ref)[0] ?? UNKNOWN;
  if (CALLED.has(name)) {
    const [factory] = argumentsOf(ev, ref);
    return factory?.k === "fn" ? invoke(ev, factory, [], ref.env) : UNKNOWN;
  }
  const box = BOXED.get(name);
  if (box) return boxed(ev, box, ref);
  if (name === "react:useState") {
    const [initial] = argumentsOf(ev, ref);
    const value = initial?.k === "fn" ? invoke(ev, initial, [], ref.env) : initial;
    return { k: "list", items: [withTypeArgument(ev, ref, stateOf(ev, ref, value)) ?? UNKNOWN, UNKNOWN] };
  }
  if (name === "react:useContext" || name === "react:use" || name === "preact/hooks:useContext") {
    return withTypeArgument(ev, ref, contextValue(ev, argumentsOf(ev, ref)[0] ?? UNKNOWN));
  }
  if (INJECTS.has(name)) return withTypeArgument(ev, ref, injected(ev, ref));
  return undefined;
}

/** `inject<Analytics>(key)`: the type argument speaks where nothing better is known. */
function withTypeArgument(ev: Evaluator, { m, x }: CallRef, value: Value | undefined): Value | undefined {
  const call = m.expr(x);
  const type = call.k === "call" ? call.t?.[0] : undefined;
  if (type === undefined) return value;
  const typed = withDeclaredType(ev, m, value ?? UNKNOWN, type);
  return typed.k === "unknown" ? value : typed;
}

/** `useMutation(f)`, `useMutation({ mutationFn: f })`: what is mutated with goes to `f`. */
function mutation(ev: Evaluator, ref: CallRef): Value | undefined {
  const [first] = argumentsOf(ev, ref);
  const fn = first?.k === "obj" ? memberOf(ev, first, "mutationFn") : first;
  if (fn?.k !== "fn") return undefined;
  const { m, x } = ref;
  const at = { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 };
  return objectOf(
    [
      { n: "mutate", v: fn, at },
      { n: "mutateAsync", v: fn, at },
    ],
    at,
  );
}

function frameworkName(callee: External): string | undefined {
  const [first, second] = callee.steps;
  if (callee.steps.length === 2 && first === "default" && typeof second === "string") return `${callee.pkg}:${second}`;
  return callee.steps.length === 1 && typeof first === "string" ? `${callee.pkg}:${first}` : undefined;
}

/** A ref holds its initial value, and what is written to it in the file. */
function boxed(ev: Evaluator, key: string, ref: CallRef): Value {
  const { m, x } = ref;
  const at = { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 };
  const values = [withTypeArgument(ev, ref, argumentsOf(ev, ref)[0]) ?? UNKNOWN];
  const holder = m.facts.bindings.findIndex((binding) => binding.init === x);
  if (holder >= 0) {
    for (const write of m.memberWritesOf(holder)) if (write.n === key) values.push(ev.value(m, write.x, ref.env));
  }
  const useful = values.filter((v) => v.k !== "undef" && v.k !== "unknown" && !(v.k === "lit" && v.v === null));
  return objectOf([{ n: key, v: unionOf(useful.length > 0 ? useful : values), at }], at);
}

/** State starts with the initial value and later holds what its setter is given. */
function stateOf(ev: Evaluator, ref: CallRef, initial: Value | undefined): Value {
  const { m, x } = ref;
  const setter = m.facts.bindings.findIndex((binding) => {
    const step = binding.path?.[0];
    return (
      binding.init === x && binding.path?.length === 1 && step !== undefined && "index" in step && step.index === 1
    );
  });
  const values: Value[] = initial ? [initial] : [];
  if (setter < 0) return unionOf(values);
  for (const call of m.facts.calls) {
    const expr = m.expr(call.x);
    const callee = expr.k === "call" ? m.expr(expr.f) : undefined;
    if (expr.k !== "call" || callee?.k !== "id" || callee.b !== setter) continue;
    const given = expr.a[0] === undefined ? UNKNOWN : ev.value(m, expr.a[0]);
    values.push(given.k === "fn" ? invoke(ev, given, [UNKNOWN], ref.env) : given);
  }
  return unionOf(values);
}
