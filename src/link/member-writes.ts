import type { BindingId, ClassId, ExprId, MemberWrite } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import { placeOf, type ReadPlace, sharedLoop } from "./flow.ts";
import { elementOf, fieldOf, restOf } from "./member.ts";
import type { Module, NamedWrite } from "./module.ts";
import { passedIn } from "./passed.ts";
import {
  alternatives,
  type Env,
  type ListValue,
  type MapValue,
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
  const read = use === undefined ? undefined : placeOf(m, use);
  if (value.k === "list" || value.k === "map") return filled(ev, m, value, writes, env, read);
  if (value.k !== "obj" && value.k !== "param") return value;
  let object = value.k === "obj" ? value : objectOf([{ spread: value }]);
  let added: Entries[number][] = [];
  let isWritten = false;
  for (const { write, path } of writes) {
    if (write.op === "push" || isTooLate(m, write, read)) continue;
    const isSure = read !== undefined && write.pos < read.pos && m.encloses(write.ctx, read.ctx);
    isWritten = true;
    if (path.length === 0 && write.op !== "delete") added.push(...written(ev, m, write, env, isSure, read));
    else {
      object = writeTo(ev, m, objectOf([...object.entries, ...added], object.at), path, write, env, isSure, read);
      added = [];
    }
  }
  return isWritten ? objectOf([...object.entries, ...added], object.at) : value;
}

/** A write takes effect at the end of its value: `data.x = { ...data.x }` reads what was there before. */
function isTooLate(m: Module, write: MemberWrite, read: ReadPlace | undefined): boolean {
  const effect = Math.max(write.pos, (m.facts.ends[write.x] ?? 0) - 1);
  const isLater = read !== undefined && m.context(write.ctx)?.fn === read.fn && effect >= read.pos;
  return isLater && sharedLoop(m, write.ctx, read.ctx) === undefined;
}

/** `list.push(item)`, `map.set(key, item)`: how many there are, and under which key, is not followed. */
function filled(
  ev: Evaluator,
  m: Module,
  collection: ListValue | MapValue,
  writes: readonly NamedWrite[],
  env: Env | undefined,
  read: ReadPlace | undefined,
): Value {
  const added = writes
    .filter(({ write, path }) => write.op === "push" && path.length === 0 && !isTooLate(m, write, read))
    .map(({ write }) => {
      const value = kept(ev, write, ev.value(m, write.x, env), read);
      return m.expr(write.x).k === "spread" ? elementOf(ev, value, UNKNOWN) : value;
    });
  if (added.length === 0) return collection;
  if (collection.k === "map") {
    const before = alternatives(collection.of).filter((v) => v.k !== "unknown");
    return { k: "map", of: unionOf([...before, ...added]) };
  }
  const before = [...collection.items, ...(collection.more ? [collection.more] : [])];
  return { k: "list", items: [], more: unionOf([...before, ...added]) };
}

/** What a function was given and put away for others to read. */
function kept(ev: Evaluator, write: MemberWrite, value: Value, read: ReadPlace | undefined): Value {
  const isGiven = alternatives(value).some((v) => v.k === "param" && v.fn === write.fn);
  return isGiven && read?.fn !== write.fn ? passedIn(ev, value) : value;
}

/** What is written to members of `this.name` anywhere in the class: `this.data.plan = "pro"`. */
export function withFieldWrites(ev: Evaluator, m: Module, c: ClassId, name: string, value: Value): Value {
  if (value.k === "union") return unionOf(value.of.map((v) => withFieldWrites(ev, m, c, name, v)));
  if (value.k !== "obj" && value.k !== "list" && value.k !== "map") return value;
  const writes = m.facts.memberWrites.filter((write) => {
    const field = write.o < 0 ? undefined : m.expr(write.o);
    const owner = field?.k === "mem" && field.n === name ? m.expr(field.o) : undefined;
    return owner?.k === "this" && owner.c === c;
  });
  if (writes.length === 0) return value;
  const named = writes.map((write) => ({ write, path: [] }));
  if (value.k !== "obj") return filled(ev, m, value, named, undefined, undefined);
  return objectOf(
    [
      ...value.entries,
      ...writes.flatMap((write) =>
        write.op === "push" || write.op === "delete" ? [] : written(ev, m, write, undefined, false, undefined),
      ),
    ],
    value.at,
  );
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
  read: ReadPlace | undefined,
): ObjectValue {
  const [name, ...rest] = path;
  if (name === undefined) {
    const entries =
      write.op === "delete"
        ? without(object, write.n, isSure)
        : [...object.entries, ...written(ev, m, write, env, isSure, read)];
    return objectOf(entries, object.at);
  }
  const inner = fieldOf(ev, object, name);
  const field = object.entries.findLast((entry) => "n" in entry && entry.n === name);
  if (inner.k !== "obj" || field === undefined || !("n" in field)) return object;
  return objectOf(
    [...object.entries, { ...field, v: writeTo(ev, m, inner, rest, write, env, isSure, read) }],
    object.at,
  );
}

function written(
  ev: Evaluator,
  m: Module,
  write: MemberWrite,
  env: Env | undefined,
  isSure: boolean,
  read: ReadPlace | undefined,
): Entries {
  const v = write.op === "=" || write.op === "assign" ? kept(ev, write, ev.value(m, write.x, env), read) : UNKNOWN;
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
