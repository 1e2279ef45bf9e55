import type { Binding, BindingId, ExprId } from "../facts/types.ts";
import { declared } from "./declaration-value.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { type Env, type Field, type ObjectValue, objectOf, UNKNOWN, unionOf, type Value } from "./value.ts";

/**
 * The value of a name that is written to, where it is read: the last write that surely comes before, and every later
 * one that may. A write in another function, or a read inside a loop or another function, may come at any time.
 */
export function assignedValue(
  ev: Evaluator,
  m: Module,
  binding: Binding,
  env: Env | undefined,
  use: ExprId | undefined,
): Value {
  const id = m.facts.bindings.indexOf(binding);
  const initial = declared(ev, m, id, binding, env);
  const read = use === undefined ? undefined : placeOf(m, use);
  const values: Value[] = [];
  let hidden = false;
  const writes = [...binding.writes].sort((a, b) => b.pos - a.pos);
  for (const write of writes) {
    const ctx = m.context(write.ctx);
    const sameFunction = read !== undefined && ctx?.fn === read.fn;
    // A write takes effect after its value was worked out: `data = { ...data }` reads what was there before.
    const before = read !== undefined && (m.facts.ends[write.x] ?? write.pos) <= read.pos;
    if (sameFunction && !before && !inLoop(m, write.ctx)) continue;
    if (sameFunction && before && hidden) continue;
    values.push(write.op === "=" ? ev.value(m, write.x, env) : combined(write.op, ev.value(m, write.x, env)));
    if (sameFunction && before && write.op === "=" && m.encloses(write.ctx, read.ctx)) hidden = true;
  }
  if (!hidden && !(binding.init === undefined && binding.kind !== "param" && values.length > 0)) values.push(initial);
  return unionOf(values);
}

/** `x += …` and the like give something that isn't followed; `x ??= …` gives its right side. */
function combined(op: string, value: Value): Value {
  return op === "??=" || op === "||=" || op === "&&=" ? value : UNKNOWN;
}

function placeOf(m: Module, x: ExprId): { pos: number; fn: number; ctx: number } {
  const ctx = m.facts.ctxs[x] ?? 0;
  return { pos: m.facts.starts[x] ?? 0, ctx, fn: m.context(ctx)?.fn ?? -1 };
}

function inLoop(m: Module, ctx: number): boolean {
  for (let id = ctx; id >= 0; id = m.context(id)?.parent ?? -1) if (m.context(id)?.loop) return true;
  return false;
}

/** `data.plan = "pro"` adds a key to the object that `data` names: surely, where the write dominates the read. */
export function withMemberWrites(
  ev: Evaluator,
  m: Module,
  id: BindingId,
  value: Value,
  env: Env | undefined,
  use: ExprId | undefined,
): Value {
  if (value.k !== "obj" && value.k !== "fn") return value;
  const writes = m.memberWritesOf(id);
  if (writes.length === 0 || value.k === "fn") return value;
  const read = use === undefined ? undefined : placeOf(m, use);
  const entries: ObjectValue["entries"][number][] = [...value.entries];
  for (const write of writes) {
    if (read && m.context(write.ctx)?.fn === read.fn && write.pos > read.pos && !inLoop(m, write.ctx)) continue;
    const sure = read !== undefined && write.pos < read.pos && m.encloses(write.ctx, read.ctx);
    const field: Field = {
      n: write.n,
      v: write.op === "=" ? ev.value(m, write.x, env) : UNKNOWN,
      at: { m, s: write.pos, e: write.pos + m.text(write.pos, write.pos + 200, 200).search(/[\s=]|$/) },
      ...(!sure &&
        !entries.some((entry) => "n" in entry && entry.n === write.n && !entry.optional) && { optional: true }),
    };
    entries.push(field);
  }
  return objectOf(entries, value.at);
}
