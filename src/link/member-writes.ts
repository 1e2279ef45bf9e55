import type { BindingId, ExprId, MemberWrite } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import { placeOf, sharedLoop } from "./flow.ts";
import { fieldOf, restOf } from "./member.ts";
import type { Module } from "./module.ts";
import {
  alternatives,
  type Env,
  type ObjectValue,
  objectOf,
  UNDEFINED,
  UNKNOWN,
  unionOf,
  type Value,
} from "./value.ts";

type Entries = ObjectValue["entries"];

/**
 * `data.plan = "pro"` adds a key to the object that `data` names: surely, where the write dominates the read. So do
 * `data[key] = …`, `Object.assign(data, …)`; `delete data.plan` takes one away.
 */
export function withMemberWrites(
  ev: Evaluator,
  m: Module,
  id: BindingId,
  value: Value,
  env: Env | undefined,
  use: ExprId | undefined,
): Value {
  const writes = m.memberWritesOf(id);
  if (writes.length === 0) return value;
  if (value.k === "union") return unionOf(value.of.map((v) => withMemberWrites(ev, m, id, v, env, use)));
  if (value.k !== "obj" && value.k !== "param") return value;
  const read = use === undefined ? undefined : placeOf(m, use);
  let object = value.k === "obj" ? value : objectOf([{ spread: value }]);
  let added: Entries[number][] = [];
  let isWritten = false;
  for (const { write, path } of writes) {
    const isLater = read !== undefined && m.context(write.ctx)?.fn === read.fn && write.pos > read.pos;
    if (isLater && sharedLoop(m, write.ctx, read.ctx) === undefined) continue;
    const isSure = read !== undefined && write.pos < read.pos && m.encloses(write.ctx, read.ctx);
    isWritten = true;
    if (path.length === 0 && write.op !== "delete") added.push(...written(ev, m, write, env, isSure));
    else {
      object = writeTo(ev, m, objectOf([...object.entries, ...added], object.at), path, write, env, isSure);
      added = [];
    }
  }
  return isWritten ? objectOf([...object.entries, ...added], object.at) : value;
}

/** Writes to an object, or to what its members name: `data.cart.total = 5`. */
function writeTo(
  ev: Evaluator,
  m: Module,
  object: ObjectValue,
  path: readonly string[],
  write: MemberWrite,
  env: Env | undefined,
  isSure: boolean,
): ObjectValue {
  const [name, ...rest] = path;
  if (name === undefined) {
    const entries =
      write.op === "delete"
        ? without(object, write.n, isSure)
        : [...object.entries, ...written(ev, m, write, env, isSure)];
    return objectOf(entries, object.at);
  }
  const inner = fieldOf(ev, object, name);
  const field = object.entries.findLast((entry) => "n" in entry && entry.n === name);
  if (inner.k !== "obj" || field === undefined || !("n" in field)) return object;
  return objectOf([...object.entries, { ...field, v: writeTo(ev, m, inner, rest, write, env, isSure) }], object.at);
}

function written(ev: Evaluator, m: Module, write: MemberWrite, env: Env | undefined, isSure: boolean): Entries {
  const v = write.op === "=" || write.op === "assign" ? ev.value(m, write.x, env) : UNKNOWN;
  if (write.op === "assign") return [{ spread: isSure ? v : unionOf([v, UNDEFINED]) }];
  const at = { m, s: write.pos, e: write.pos + m.text(write.pos, write.pos + 200, 200).search(/[\s=]|$/) };
  const names = write.key === undefined ? [write.n] : literalNames(ev.value(m, write.key, env));
  if (names === undefined) return [{ spread: { k: "dict", of: v } }];
  const isOptional = !isSure || names.length > 1;
  return names.map((n) => ({ n, v, at, ...(isOptional && { optional: true as const }) }));
}

/** The texts that a computed key may be; undefined where it may be others. */
export function literalNames(key: Value): string[] | undefined {
  const names = alternatives(key).map((v) => (v.k === "lit" ? String(v.v) : undefined));
  return names.every((name) => name !== undefined) ? names : undefined;
}

function without(object: ObjectValue, name: string, isSure: boolean): Entries {
  const rest = restOf(object, [name]);
  if (isSure) return rest.k === "obj" ? rest.entries : object.entries;
  return object.entries.map((entry) => ("n" in entry && entry.n === name ? { ...entry, optional: true } : entry));
}
