import { argumentsOf } from "./call-result.ts";
import { componentProps } from "./declaration-value.ts";
import type { Evaluator } from "./evaluator.ts";
import { alternatives, type CallRef, type ObjectValue, objectOf, UNKNOWN, unionOf, type Value } from "./value.ts";

/** Functions that the compilers of Vue and Svelte know without an import; undefined for any other name. */
export function macroCall(ev: Evaluator, name: string, ref: CallRef): Value | undefined {
  switch (name) {
    case "$props":
    case "defineProps":
      return componentProps(ref.m, ref.env);
    case "withDefaults": {
      const [props = UNKNOWN, defaults = UNKNOWN] = argumentsOf(ev, ref);
      return props.k === "obj" && defaults.k === "obj" ? withDefaults(props, defaults) : props;
    }
    case "$state":
    case "$state.raw":
    case "$derived":
      return argumentsOf(ev, ref)[0] ?? UNKNOWN;
    default:
      return undefined;
  }
}

/** What Vue fills in where a usage leaves a prop out. */
function withDefaults(props: ObjectValue, defaults: ObjectValue): ObjectValue {
  const fallback = new Map(defaults.entries.flatMap((entry) => ("n" in entry ? [[entry.n, entry] as const] : [])));
  const entries = props.entries.map((entry) => {
    const other = "n" in entry ? fallback.get(entry.n) : undefined;
    if (other === undefined || !("n" in entry)) return entry;
    fallback.delete(entry.n);
    const missing = alternatives(entry.v).some((v) => v.k === "undef");
    return missing
      ? { ...entry, v: unionOf([...alternatives(entry.v).filter((v) => v.k !== "undef"), other.v]) }
      : entry;
  });
  return objectOf([...fallback.values(), ...entries], props.at);
}
