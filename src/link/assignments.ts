import type { Binding, BindingId, ExprId, Write } from "../facts/types.ts";
import { declared } from "./declaration-value.ts";
import type { Evaluator } from "./evaluator.ts";
import { Coverage, isInLoop, placeOf, type ReadPlace, sharedLoop } from "./flow.ts";
import type { Module } from "./module.ts";
import { sumOf } from "./text-value.ts";
import { alternatives, type Env, present, UNDEFINED, unionOf, type Value } from "./value.ts";

/** How many `+=` and the like are worked out one after the other. */
const MAX_COMPOUND = 6;

/**
 * The value of a name that is written to, where it is read: the last writes that surely come before, and every later
 * one that may. A write in another function, or a read inside a loop or another function, may come at any time.
 */
export function assignedValue(
  ev: Evaluator,
  m: Module,
  id: BindingId,
  binding: Binding,
  env: Env | undefined,
  use: ExprId | undefined,
): Value {
  const read = use === undefined ? undefined : placeOf(m, use);
  const { writes, isReplaced } = reachingWrites(m, binding, read);
  const values = writes.map((write) => writtenValue(ev, m, id, binding, env, write));
  if (isReplaced) return unionOf(values);
  const initial = declared(ev, m, id, binding, env);
  const isDeclaredOnly = binding.init === undefined && binding.kind !== "param";
  if (!isDeclaredOnly || values.length === 0) return unionOf([...values, initial]);
  // Whether it is still undefined is known only inside the function that has it.
  const isLocal = read?.fn === binding.owner && binding.writes.every((w) => m.context(w.ctx)?.fn === read.fn);
  const mayBeMissing = binding.type === undefined || alternatives(initial).some((v) => v.k === "undef");
  return unionOf(isLocal && mayBeMissing ? [...values, UNDEFINED] : values);
}

/** The writes that may be the last before a read; `isReplaced`: one of them surely is. */
function reachingWrites(
  m: Module,
  binding: Binding,
  read: ReadPlace | undefined,
): { readonly writes: readonly Write[]; readonly isReplaced: boolean } {
  const earlier: Write[] = [];
  const anytime: Write[] = [];
  const covered = new Coverage(m);
  for (const write of [...binding.writes].sort((a, b) => b.pos - a.pos)) {
    if (read === undefined || m.context(write.ctx)?.fn !== read.fn) {
      anytime.push(write);
      continue;
    }
    // A write takes effect after its value was worked out: `data = { ...data }` reads what was there before.
    if ((m.facts.ends[write.x] ?? write.pos) > read.pos) {
      if (sharedLoop(m, write.ctx, read.ctx) !== undefined) anytime.push(write);
      continue;
    }
    if (covered.has(read.ctx) || covered.has(write.ctx)) continue;
    earlier.push(write);
    covered.add(write.ctx);
  }
  const isReplaced = read !== undefined && covered.has(read.ctx);
  // What a loop writes later is replaced too, if the sure write stands in the loop.
  const reaches = (write: Write) => {
    const loop = read && isReplaced ? sharedLoop(m, write.ctx, read.ctx) : undefined;
    return (
      loop === undefined || !earlier.some((sure) => m.encloses(loop, sure.ctx) && m.encloses(sure.ctx, read?.ctx ?? -1))
    );
  };
  return { writes: [...anytime.filter(reaches), ...earlier], isReplaced };
}

/** What a write leaves in the name. */
function writtenValue(
  ev: Evaluator,
  m: Module,
  id: BindingId,
  binding: Binding,
  env: Env | undefined,
  { x, op, ctx }: Write,
): Value {
  const value = ev.value(m, x, env);
  if (op === "=") return value;
  const fn = m.context(ctx)?.fn;
  const compound = binding.writes.filter((write) => write.op !== "=");
  const isOrderly =
    compound.length <= MAX_COMPOUND && !isInLoop(m, ctx) && binding.writes.every((w) => m.context(w.ctx)?.fn === fn);
  const before = isOrderly ? ev.binding(m, id, env, x) : undefined;
  switch (op) {
    case "??=":
    case "||=":
      return before ? unionOf([present(before), value]) : value;
    case "&&=":
      return before ? unionOf([before, value]) : value;
    case "+=": {
      const at = { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 };
      return sumOf(before ?? { k: "unknown" }, value, at);
    }
    default:
      return { k: "typed", t: "number" };
  }
}
