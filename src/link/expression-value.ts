import type { ClassId, Expr, ExprId, FunctionId, PropFact } from "../facts/types.ts";
import { callResult, construct } from "./call-result.ts";
import { enumMember, templateProp } from "./declaration-value.ts";
import { withCast } from "./declared-type.ts";
import { serviceValue } from "./effect-services.ts";
import type { Evaluator } from "./evaluator.ts";
import { opened } from "./installed.ts";
import { asList } from "./list-methods.ts";
import { chosenFrom } from "./lookup.ts";
import { elementOf, memberOf } from "./member.ts";
import type { Module } from "./module.ts";
import { mayBeMissing, narrowed } from "./narrow.ts";
import { typeOfParam } from "./param-type.ts";
import { concatenate, sumOf } from "./text-value.ts";
import {
  alternatives,
  type CallRef,
  type Env,
  type Field,
  objectOf,
  type Place,
  present,
  stepFrom,
  UNDEFINED,
  UNKNOWN,
  unionOf,
  type Value,
} from "./value.ts";

/** Names that are the global object. */
const GLOBAL_OBJECTS = new Set(["window", "globalThis", "self", "global", "top", "parent"]);

/** The value of an expression, worked out anew. */
export function compute(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined): Value {
  const expr = m.expr(x);
  const place = () => ({ m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 });
  switch (expr.k) {
    case "lit":
      return { k: "lit", v: expr.v, at: place() };
    case "undef":
      return UNDEFINED;
    case "tpl":
      return template(ev, m, x, expr.quasis, expr.parts, env);
    case "id":
      return narrowed(m, x, locate(named(ev, m, x, ev.binding(m, expr.b, env, x)), place));
    case "glob":
      return templateProp(ev, m, expr.n, env) ?? globalValue(ev, m, expr, x);
    case "mem": {
      const member = enumMember(ev, m, expr.o, expr.n) ?? memberOf(ev, present(ev.value(m, expr.o, env)), expr.n);
      const chosen = chosenMember(ev, m, expr.o, env, expr.n, member);
      return narrowed(m, x, locate(chained(ev, m, x, env, named(ev, m, x, chosen)), place));
    }
    case "idx": {
      const element = elementOf(ev, present(ev.value(m, expr.o, env)), ev.value(m, expr.i, env));
      return locate(chained(ev, m, x, env, element), place);
    }
    case "call":
    case "new": {
      const ref: CallRef = { m, x, env };
      if (expr.k === "new" && isFarAway(ev, m, expr.f)) return { k: "unknown", at: place() };
      const callee = ev.value(m, expr.f, env);
      const result = expr.k === "new" ? construct(ev, callee, ref) : callResult(ev, callee, ref);
      return locate(chained(ev, m, x, env, result), place);
    }
    case "spread":
      return ev.value(m, expr.x, env);
    case "obj":
      return object(ev, m, x, expr.p, env);
    case "arr":
      return list(ev, m, expr.i, env);
    case "fn":
      return { k: "fn", m, fn: expr.fn, env };
    case "cls":
      return { k: "cls", m, c: expr.c, env };
    case "cond": {
      const outcome = comparison(ev, m, expr.t, env);
      if (outcome !== undefined) return ev.value(m, outcome ? expr.a : expr.b, env);
      return unionOf([ev.value(m, expr.a, env), ev.value(m, expr.b, env)]);
    }
    case "log":
      return logical(ev, m, expr.op, expr.l, expr.r, env);
    case "bin":
      return binary(ev, m, x, expr.op, expr.l, expr.r, env);
    case "un":
      if (expr.op === "typeof") return { k: "typed", t: "string", at: place() };
      if (expr.op === "void") return UNDEFINED;
      return { k: "typed", t: expr.op === "!" || expr.op === "delete" ? "boolean" : "number", at: place() };
    case "await":
      return serviceValue(ev, m, expr.x, env) ?? ev.value(m, expr.x, env);
    case "asg":
      return assigned(ev, m, expr, env, place());
    case "this":
      return self(ev, m, expr, env, x);
    case "super":
      return parent(ev, m, expr, env, x);
    case "import": {
      const specifier = m.expr(expr.s);
      return specifier.k === "lit" && typeof specifier.v === "string" ? ev.imported(m, specifier.v, "*") : UNKNOWN;
    }
    case "as": {
      return locate(withCast(ev, m, ev.value(m, expr.x, env), expr.t), place);
    }
    case "jsx":
      return { k: "typed", t: "object", at: place() };
    case "seq":
      return ev.value(m, expr.i.at(-1) ?? -1, env);
    case "other":
      return expr.what === "number" || expr.what === "update"
        ? { k: "typed", t: "number", at: place() }
        : { k: "unknown", at: place() };
  }
}

/**
 * A class that only files read on demand know: neither holds a tracker, else they would be searched. Factories that
 * make one of forty such classes would have all forty read for the type of a property.
 */
function isFarAway(ev: Evaluator, m: Module, callee: ExprId): boolean {
  if (ev.isSearched(m.path)) return false;
  const expr = m.expr(callee);
  const binding = expr.k === "id" ? m.facts.bindings[expr.b] : undefined;
  if (binding?.from === undefined) return false;
  const path = ev.world.pathOf(m.facts.imports[binding.from.import]?.specifier ?? "", m);
  return path !== undefined && !ev.isSearched(path);
}

/** `EVENTS[key].name`, where a caller passes the key. */
function chosenMember(ev: Evaluator, m: Module, object: ExprId, env: Env | undefined, n: string, found: Value): Value {
  const entry = m.expr(object);
  return entry.k === "idx" ? chosenFrom(ev.value(m, entry.o, env), ev.value(m, entry.i, env), found, n) : found;
}

/** Constants of installed packages are opened where a value is asked for, not on the way to a member or a call. */
function named(ev: Evaluator, m: Module, x: ExprId, value: Value): Value {
  return m.isOnTheWay(x) ? value : opened(ev, value);
}

/** What an assignment gives, used as a value. */
function assigned(ev: Evaluator, m: Module, expr: Expr & { k: "asg" }, env: Env | undefined, at: Place): Value {
  const value = ev.value(m, expr.v, env);
  if (expr.op === "=") return value;
  const before = ev.value(m, expr.t, env);
  if (expr.op === "+=") return sumOf(before, value, at);
  return expr.op.length === 3
    ? unionOf([expr.op === "&&=" ? before : present(before), value])
    : { k: "typed", t: "number", at };
}

/** `a?.b.c` is undefined where `a` is missing. */
function chained(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined, value: Value): Value {
  if (!isCutShort(ev, m, x, env)) return value;
  return value.k === "param" ? { ...value, chained: true } : unionOf([value, UNDEFINED]);
}

function isCutShort(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined): boolean {
  const expr = m.expr(x);
  if (expr.k !== "mem" && expr.k !== "idx" && expr.k !== "call") return false;
  const object = expr.k === "call" ? expr.f : expr.o;
  if (expr.q) {
    const value = ev.value(m, object, env);
    if (mayBeMissing(value.k === "param" ? typeOfParam(ev, value) : value)) return true;
  }
  return isCutShort(ev, m, object, env);
}

function template(
  ev: Evaluator,
  m: Module,
  x: ExprId,
  quasis: readonly string[],
  parts: readonly ExprId[],
  env: Env | undefined,
): Value {
  const list: (string | Value)[] = [quasis[0] ?? ""];
  parts.forEach((part, index) => {
    list.push(ev.value(m, part, env), quasis[index + 1] ?? "");
  });
  return concatenate(list, { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 });
}

function globalValue(ev: Evaluator, m: Module, { n, b }: Expr & { k: "glob" }, x: ExprId): Value {
  if (GLOBAL_OBJECTS.has(n)) return { k: "ext", pkg: undefined, steps: [], viaWindow: true };
  if (n === "module" || n === "exports" || n === "require") return { k: "ext", pkg: undefined, steps: [n] };
  if (b !== undefined) return ev.binding(m, b, undefined, x);
  return { k: "ext", pkg: undefined, steps: [n], at: { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 } };
}

function self(
  ev: Evaluator,
  m: Module,
  expr: { readonly c?: ClassId; readonly o?: ExprId },
  env: Env | undefined,
  x: ExprId,
): Value {
  for (let frame = env; frame; frame = frame.parent) {
    if (frame.self && frame.m === m) {
      // A method that a subclass inherits runs with the subclass as `this`.
      if (frame.self.k === "inst" || frame.self.k === "obj" || frame.self.k === "cls") return frame.self;
    }
  }
  if (expr.o !== undefined) return ev.value(m, expr.o, env);
  if (expr.c === undefined) return UNKNOWN;
  const fn = m.facts.functions[enclosingMethod(m, x, expr.c)];
  return fn?.static ? { k: "cls", m, c: expr.c } : { k: "inst", m, c: expr.c };
}

/** `super`: the parent class in what is static, else the object seen as one of its parent. */
function parent(ev: Evaluator, m: Module, expr: { readonly c?: ClassId }, env: Env | undefined, x: ExprId): Value {
  if (expr.c === undefined) return UNKNOWN;
  const cls = ev.parentOf(m, expr.c);
  const own = self(ev, m, expr, env, x);
  if (own.k !== "inst") return cls;
  if (cls.k === "ext") return stepFrom(cls, { call: undefined, created: true });
  return cls.k === "cls" ? { k: "inst", m: cls.m, c: cls.c, self: own } : UNKNOWN;
}

function object(ev: Evaluator, m: Module, x: ExprId, props: readonly PropFact[], env: Env | undefined): Value {
  const entries: (Field | { spread: Value })[] = [];
  for (const prop of props) {
    if (prop.k === "spread") {
      entries.push({ spread: ev.value(m, prop.x, env) });
      continue;
    }
    if (prop.k === "prop") {
      entries.push({
        n: prop.n,
        // Worked out when it is asked for: of a table of translations one entry is read.
        get v() {
          return ev.value(m, prop.v, env);
        },
        at: { m, s: prop.s, e: prop.e },
        ...(prop.get && { get: true }),
      });
      continue;
    }
    const key = ev.value(m, prop.key, env);
    const names = alternatives(key);
    const at = { m, s: m.facts.starts[prop.key] ?? 0, e: m.facts.ends[prop.key] ?? 0 };
    if (!names.every((n) => n.k === "lit")) {
      // `[Kind.Service]: …` in a table: the constant isn't known, what stands under it is.
      const isConstant = m.expr(prop.key).k === "mem";
      entries.push({ spread: isConstant ? { k: "dict", of: ev.value(m, prop.v, env) } : UNKNOWN });
      continue;
    }
    const v = ev.value(m, prop.v, env);
    const optional = names.length > 1 ? ({ optional: true } as const) : {};
    for (const name of names) if (name.k === "lit") entries.push({ n: String(name.v), v, at, ...optional });
  }
  return objectOf(entries, { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 });
}

function list(ev: Evaluator, m: Module, items: readonly ExprId[], env: Env | undefined): Value {
  const values: Value[] = [];
  let more: Value | undefined;
  for (const item of items) {
    const value = ev.value(m, item, env);
    if (m.expr(item).k !== "spread") {
      if (more) more = unionOf([more, value]);
      else values.push(value);
    } else if (value.k === "list" && !value.more && !more) values.push(...value.items);
    else more = unionOf([...(more ? [more] : []), elementOf(ev, asList(ev, value) ?? value, UNKNOWN)]);
  }
  return { k: "list", items: values, ...(more && { more }) };
}

function logical(ev: Evaluator, m: Module, op: "&&" | "||" | "??", l: ExprId, r: ExprId, env: Env | undefined): Value {
  const left = ev.value(m, l, env);
  const right = ev.value(m, r, env);
  if (op === "&&") {
    const options = alternatives(left);
    const falsy = options.flatMap((v) => falsyPart(ev, v) ?? []);
    const isNever = options.every((v) => v.k === "undef" || (v.k === "lit" && !v.v));
    return isNever ? left : unionOf([right, ...falsy]);
  }
  const kept = alternatives(left).filter(
    (v) => !(v.k === "undef" || (v.k === "lit" && (v.v === null || (op === "||" && !v.v)))),
  );
  const certain = kept.length > 0 && kept.length === alternatives(left).length && kept.every((v) => isCertain(v));
  return certain
    ? left
    : unionOf([...kept.map((v) => (v.k === "param" ? { ...v, present: true as const } : v)), right]);
}

/** What a value is where it is falsy; undefined where it never is. An empty text or zero is not what `&&` is about. */
function falsyPart(ev: Evaluator, value: Value): Value | undefined {
  switch (value.k) {
    case "lit":
      return value.v ? undefined : value;
    case "typed":
      if (value.t === "boolean") return { k: "lit", v: false, at: value.at };
      return value.t === "string" || value.t === "number" ? UNDEFINED : undefined;
    case "param": {
      const parts = alternatives(typeOfParam(ev, value)).flatMap((v) =>
        v.k === "param" ? [] : (falsyPart(ev, v) ?? []),
      );
      return parts.length > 0 ? unionOf(parts) : undefined;
    }
    case "undef":
    case "unknown":
    case "tpl":
    case "ext":
      return UNDEFINED;
    default:
      return undefined;
  }
}

function binary(ev: Evaluator, m: Module, x: ExprId, op: string, l: ExprId, r: ExprId, env: Env | undefined): Value {
  const at = { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 };
  if (op !== "+") return { k: "typed", t: /^[-*/%&|^]|<<|>>/.test(op) ? "number" : "boolean", at };
  return sumOf(ev.value(m, l, env), ev.value(m, r, env), at);
}

/** How a test for equality comes out, where both sides are known: `event === PAGE_VIEW`, for a caller that sends `Signed Up`. */
function comparison(ev: Evaluator, m: Module, test: ExprId, env: Env | undefined): boolean | undefined {
  const expr = m.expr(test);
  if (expr.k !== "bin" || !/^[=!]==?$/.test(expr.op)) return undefined;
  const right = ev.value(m, expr.r, env);
  if (right.k !== "lit") return undefined;
  const outcomes = new Set(alternatives(ev.value(m, expr.l, env)).map((left) => isEqual(left, right.v)));
  const [outcome] = outcomes;
  return outcomes.size > 1 || outcome === undefined ? undefined : outcome === expr.op.startsWith("=");
}

function isEqual(value: Value, to: string | number | boolean | null): boolean | undefined {
  if (value.k === "lit") return value.v === to;
  const start = value.k === "tpl" ? value.parts[0] : undefined;
  return typeof start === "string" && !String(to).startsWith(start) ? false : undefined;
}

function isCertain(value: Value): boolean {
  return value.k !== "unknown" && value.k !== "typed" && value.k !== "param" && value.k !== "tpl" && value.k !== "ext";
}

/** Gives a value that has no place the place where it was read, so that messages can quote it. */
function locate(value: Value, place: () => { m: Module; s: number; e: number }): Value {
  if ((value.k === "unknown" || value.k === "typed" || value.k === "param") && value.at === undefined)
    return { ...value, at: place() };
  if (value.k === "param" || value.k === "typed" || value.k === "unknown") return { ...value, at: place() };
  return value;
}

/** The method of the class that an expression stands in; functions inside it are passed over. */
function enclosingMethod(m: Module, x: ExprId, c: ClassId): FunctionId {
  for (let id = m.facts.ctxs[x] ?? -1; id >= 0; id = m.context(id)?.parent ?? -1) {
    const fn = m.context(id)?.fn ?? -1;
    if (m.facts.functions[fn]?.cls === c) return fn;
  }
  return -1;
}
