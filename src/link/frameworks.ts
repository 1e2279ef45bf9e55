import { argumentsOf, invoke } from "./call-result.ts";
import { refValue, stateValue, typeArgumentOf } from "./component-state.ts";
import { contextValue, injected } from "./contexts.ts";
import type { Evaluator } from "./evaluator.ts";
import { memberOf, pickOf, restOf } from "./member.ts";
import { literalNames } from "./member-writes.ts";
import { parsed } from "./schema-values.ts";
import { type CallRef, type External, objectOf, UNKNOWN, type Value } from "./value.ts";

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

/** Functions that take or leave keys of an object. */
const PICKS =
  /^(?:(?:lodash|lodash-es|es-toolkit|es-toolkit\/compat|radash|underscore):(?:pick|omit)|lodash[./](?:pick|omit):default)$/;

/** Functions that give what was provided for their argument. */
const INJECTS: ReadonlySet<string> = new Set(["@angular/core:inject", "vue:inject", "svelte/store:get"]);

/** Calls of frameworks whose result follows from their arguments; undefined where it is none. */
export function frameworkCall(ev: Evaluator, callee: Value, ref: CallRef): Value | undefined {
  if (callee.k !== "ext" || callee.pkg === undefined) return undefined;
  const name = frameworkName(callee);
  if (name === undefined) return parsed(ev, callee, []);
  if (name.endsWith(":parse")) return parsed(ev, callee, argumentsOf(ev, ref));
  if (MUTATIONS.has(name)) return mutation(ev, ref);
  if (TRANSPARENT.has(name)) return argumentsOf(ev, ref)[0] ?? UNKNOWN;
  if (CALLED.has(name)) {
    const [factory] = argumentsOf(ev, ref);
    return factory?.k === "fn" ? invoke(ev, factory, [], ref.env) : UNKNOWN;
  }
  const box = BOXED.get(name);
  if (box) return refValue(ev, box, ref);
  if (name === "react:useState" || name === "preact/hooks:useState")
    return { k: "list", items: [stateValue(ev, ref), UNKNOWN] };
  if (name === "react:useContext" || name === "react:use" || name === "preact/hooks:useContext") {
    return orTyped(ev, ref, contextValue(ev, argumentsOf(ev, ref)[0] ?? UNKNOWN));
  }
  if (PICKS.test(name)) return picked(ev, ref, name.includes("omit"));
  if (INJECTS.has(name)) return orTyped(ev, ref, injected(ev, ref));
  return undefined;
}

/** Where nothing is known of a value, the type argument of the call speaks. */
function orTyped(ev: Evaluator, ref: CallRef, value: Value | undefined): Value | undefined {
  if (value && value.k !== "unknown") return value;
  const typed = typeArgumentOf(ev, ref);
  return typed.k === "unknown" ? value : typed;
}

/** `pick(object, ["a", "b"])`, `omit(object, "a")`. */
function picked(ev: Evaluator, ref: CallRef, omits: boolean): Value {
  const [object = UNKNOWN, ...keys] = argumentsOf(ev, ref);
  const names = keys.flatMap((key) =>
    key.k === "list" && !key.more ? key.items.map(literalNames) : [literalNames(key)],
  );
  if (!names.every((list) => list !== undefined)) return UNKNOWN;
  return omits ? restOf(object, names.flat()) : pickOf(ev, object, names.flat());
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
