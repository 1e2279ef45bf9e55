import { argumentsOf, invoke } from "./call-result.ts";
import { withDeclaredType } from "./declared-type.ts";
import type { Evaluator } from "./evaluator.ts";
import { type CallRef, objectOf, UNDEFINED, UNKNOWN, unionOf, type Value } from "./value.ts";

/** `inject<Analytics>(key)`: what the type argument of a call says; unknown where it has none. */
export function typeArgumentOf(ev: Evaluator, { m, x }: CallRef): Value {
  const call = m.expr(x);
  return withDeclaredType(ev, m, UNKNOWN, call.k === "call" || call.k === "new" ? call.t?.[0] : undefined);
}

/** A ref, `{ [key]: value }`, holds its initial value, and what is written to it in the file. */
export function refValue(ev: Evaluator, key: string, ref: CallRef): Value {
  const { m, x } = ref;
  const at = { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 };
  const values = [argumentsOf(ev, ref)[0] ?? UNDEFINED];
  const holder = m.facts.bindings.findIndex((binding) => binding.init === x);
  if (holder >= 0) {
    for (const { write, path } of m.memberWritesOf(holder))
      if (write.n === key && path.length === 0) values.push(ev.value(m, write.x, ref.env));
  }
  const useful = values.filter((v) => v.k !== "undef" && v.k !== "unknown" && !(v.k === "lit" && v.v === null));
  return objectOf([{ n: key, v: useful.length > 0 ? unionOf(useful) : typeArgumentOf(ev, ref), at }], at);
}

/**
 * `useState(initial)`: starts with the initial value and later holds what its setter is given; where the setter is
 * handed on, whatever its type allows.
 */
export function stateValue(ev: Evaluator, ref: CallRef): Value {
  const { m } = ref;
  const typed = typeArgumentOf(ev, ref);
  const [initial] = argumentsOf(ev, ref);
  const values = [initial?.k === "fn" ? invoke(ev, initial, [], ref.env) : (initial ?? UNDEFINED)];
  for (const use of m.readsOf(setterOf(ref))) {
    const call = m.facts.calls.find((candidate) => {
      const expr = m.expr(candidate.x);
      return expr.k === "call" && expr.f === use;
    });
    const expr = call && m.expr(call.x);
    const [x] = expr?.k === "call" ? expr.a : [];
    const given = x === undefined ? typed : ev.value(m, x);
    values.push(given.k === "fn" ? invoke(ev, given, [typed], ref.env) : given);
  }
  return unionOf(values.map((value) => (value.k === "unknown" ? typed : value)));
}

/** The name of the setter: `const [state, setState] = useState()`; -1 where it has none. */
function setterOf({ m, x }: CallRef): number {
  return m.facts.bindings.findIndex(({ init, path }) => {
    const [step, ...more] = path ?? [];
    return init === x && more.length === 0 && step !== undefined && "index" in step && step.index === 1;
  });
}
