import type { Binding, BindingId, ClassId, ExprId, FunctionId, PathStep, PropFact } from "../facts/types.ts";
import { assignedValue, withMemberWrites } from "./assignments.ts";
import { callResult, construct } from "./call-result.ts";
import { COMPONENT, exportOf } from "./exports.ts";
import { elementOf, memberOf, restOf } from "./member.ts";
import type { Module } from "./module.ts";
import { typeValue } from "./type-value.ts";
import {
  alternatives,
  type CallRef,
  type Env,
  type Field,
  objectOf,
  present,
  UNDEFINED,
  UNKNOWN,
  unionOf,
  type Value,
} from "./value.ts";
import type { Target, World } from "./world.ts";

/** How deep expressions may lead into each other. */
const MAX_DEPTH = 120;
/** How many calls of functions of the repository may be nested. */
export const MAX_CALLS = 8;

/** Names that are the global object. */
const GLOBAL_OBJECTS = new Set(["window", "globalThis", "self", "global", "top", "parent"]);

/** Works out what expressions may be, across files, without running anything. Bounded, and stops at cycles. */
export class Evaluator {
  readonly world: World;
  /** Values of expressions, by the environment that they were worked out in; `null` while that is under way. */
  readonly #memo = new WeakMap<object, Map<Module, Map<ExprId, Value | null>>>();
  readonly exportMemo = new Map<Module, Map<string, Value | null>>();
  /** What the names of types stand for, by the module and the name as written there. */
  readonly typeMemo = new Map<Module, Map<string, Value>>();
  readonly #enums = new Map<Module, Map<BindingId, Value>>();
  readonly #mayRead: (name: string, specifier: string) => boolean;
  #depth = 0;

  /**
   * @param mayRead whether a file that was not read yet is read for the sake of a name that is imported from it
   */
  constructor(world: World, mayRead: (name: string, specifier: string) => boolean) {
    this.world = world;
    this.#mayRead = mayRead;
  }

  /** Where an import of a name leads. */
  target(m: Module, specifier: string, name: string): Target | undefined {
    return this.world.target(specifier, m, this.#mayRead(name, specifier));
  }

  /** Goes one step deeper; gives up where that is too deep. */
  deeper(work: () => Value): Value {
    if (this.#depth > MAX_DEPTH) return UNKNOWN;
    this.#depth += 1;
    const value = work();
    this.#depth -= 1;
    return value;
  }

  /** The value of an expression; `env` gives the arguments of the functions around it where a caller is known. */
  value(m: Module, x: ExprId, env?: Env): Value {
    const memo = this.#memoOf(env ?? this, m);
    const known = memo.get(x);
    if (known === null) return UNKNOWN;
    if (known !== undefined) return known;
    if (this.#depth > MAX_DEPTH) return UNKNOWN;
    memo.set(x, null);
    this.#depth += 1;
    const value = this.#compute(m, x, env);
    this.#depth -= 1;
    memo.set(x, value);
    return value;
  }

  #memoOf(env: object, m: Module): Map<ExprId, Value | null> {
    let byModule = this.#memo.get(env);
    if (byModule === undefined) {
      byModule = new Map();
      this.#memo.set(env, byModule);
    }
    let memo = byModule.get(m);
    if (memo === undefined) {
      memo = new Map();
      byModule.set(m, memo);
    }
    return memo;
  }

  #compute(m: Module, x: ExprId, env: Env | undefined): Value {
    const expr = m.expr(x);
    const place = () => ({ m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 });
    switch (expr.k) {
      case "lit":
        return { k: "lit", v: expr.v, at: place() };
      case "undef":
        return UNDEFINED;
      case "tpl":
        return this.#template(m, x, expr.quasis, expr.parts, env);
      case "id":
        return locate(this.binding(m, expr.b, env, x), place);
      case "glob":
        return this.#templateProp(m, expr.n, env) ?? this.#global(expr.n, m, x);
      case "mem": {
        const object = this.value(m, expr.o, env);
        return locate(memberOf(this, expr.q ? present(object) : object, expr.n), place);
      }
      case "idx": {
        const object = this.value(m, expr.o, env);
        return locate(elementOf(this, object, this.value(m, expr.i, env)), place);
      }
      case "call":
      case "new": {
        const ref: CallRef = { m, x, env };
        const callee = this.value(m, expr.f, env);
        return locate(expr.k === "new" ? construct(this, callee, ref) : callResult(this, callee, ref), place);
      }
      case "spread":
        return this.value(m, expr.x, env);
      case "obj":
        return this.#object(m, x, expr.p, env);
      case "arr":
        return this.#list(m, expr.i, env);
      case "fn":
        return { k: "fn", m, fn: expr.fn, env };
      case "cls":
        return { k: "cls", m, c: expr.c, env };
      case "cond":
        return unionOf([this.value(m, expr.a, env), this.value(m, expr.b, env)]);
      case "log":
        return this.#logical(m, expr.op, expr.l, expr.r, env);
      case "bin":
        return this.#binary(m, x, expr.op, expr.l, expr.r, env);
      case "un":
        if (expr.op === "typeof") return { k: "typed", t: "string", at: place() };
        if (expr.op === "void") return UNDEFINED;
        return { k: "typed", t: expr.op === "!" || expr.op === "delete" ? "boolean" : "number", at: place() };
      case "await":
        return this.value(m, expr.x, env);
      case "asg":
        return expr.op === "=" || expr.op.length === 3
          ? expr.op === "="
            ? this.value(m, expr.v, env)
            : unionOf([this.value(m, expr.t, env), this.value(m, expr.v, env)])
          : { k: "unknown", at: place() };
      case "this":
        return this.#self(m, expr, env, x);
      case "super":
        return expr.c === undefined ? UNKNOWN : this.parentOf(m, expr.c);
      case "import": {
        const specifier = m.expr(expr.s);
        return specifier.k === "lit" && typeof specifier.v === "string" ? this.imported(m, specifier.v, "*") : UNKNOWN;
      }
      case "as": {
        const value = this.value(m, expr.x, env);
        if (value.k !== "unknown" && value.k !== "typed") return value;
        const declared = typeValue(this, m, expr.t);
        return declared.k === "unknown" ? value : locate(declared, place);
      }
      case "jsx":
        return { k: "typed", t: "object", at: place() };
      case "seq":
        return this.value(m, expr.i.at(-1) ?? -1, env);
      case "other":
        return expr.what === "number" || expr.what === "update"
          ? { k: "typed", t: "number", at: place() }
          : { k: "unknown", at: place() };
    }
  }

  /** The value of a name. `use` is the expression that reads it: for a name that is written to, it decides which writes reach it. */
  binding(m: Module, id: BindingId, env?: Env, use?: ExprId): Value {
    const binding = m.facts.bindings[id];
    if (binding === undefined) return UNKNOWN;
    const value =
      binding.writes.length > 0 ? assignedValue(this, m, binding, env, use) : this.declared(m, id, binding, env);
    return withMemberWrites(this, m, id, value, env, use);
  }

  /** What a declaration gives its name, before anything is assigned. */
  declared(m: Module, id: BindingId, binding: Binding, env: Env | undefined): Value {
    switch (binding.kind) {
      case "import":
        return binding.from
          ? this.imported(m, m.facts.imports[binding.from.import]?.specifier ?? "", binding.from.name)
          : UNKNOWN;
      case "fn":
        return binding.fn === undefined ? UNKNOWN : { k: "fn", m, fn: binding.fn, env };
      case "class":
        return binding.cls === undefined ? UNKNOWN : { k: "cls", m, c: binding.cls, env };
      case "enum":
        return this.#enum(m, id, binding);
      case "param":
        return this.#param(m, binding, env);
      case "const":
      case "let":
      case "var":
        return this.#variable(m, id, binding, env);
      default:
        return UNKNOWN;
    }
  }

  /** An import, by the name that the module exports: `default`, `*` for the whole, `=` for `import x = require()`. */
  imported(m: Module, specifier: string, name: string): Value {
    const target = this.target(m, specifier, name);
    if (target === undefined) return UNKNOWN;
    if (target.kind === "module") return exportOf(this, target.module, name);
    const steps = name === "*" || name === "=" ? [] : [name];
    return { k: "ext", pkg: target.pkg, steps };
  }

  /** The class that a class extends: of the repository, or of a package. */
  parentOf(m: Module, c: ClassId): Value {
    const parent = m.facts.classes[c]?.extends;
    return parent === undefined ? UNDEFINED : this.value(m, parent);
  }

  #variable(m: Module, id: BindingId, binding: Binding, env: Env | undefined): Value {
    // Svelte 4: `export let event` is a prop.
    if (m.facts.component === "svelte" && binding.kind === "let" && binding.owner < 0 && isExported(m, id)) {
      return this.#orDefault(m, memberOf(this, this.props(m, env), binding.name), binding.init, env);
    }
    if (binding.init === undefined) return binding.type ? this.#typed(m, binding, UNKNOWN) : UNDEFINED;
    let value = this.value(m, binding.init, env);
    if (binding.each === "in") value = { k: "typed", t: "string" };
    else if (binding.each === "of") value = elementOf(this, value, UNKNOWN);
    return this.#typed(m, binding, this.along(m, value, binding.path ?? [], env));
  }

  /** A declared type helps only where nothing better is known. */
  #typed(m: Module, binding: Binding, value: Value): Value {
    if (binding.type === undefined || binding.path || (value.k !== "unknown" && value.k !== "typed")) return value;
    const declared = typeValue(this, m, binding.type);
    return declared.k === "unknown" ? value : declared;
  }

  #param(m: Module, binding: Binding, env: Env | undefined): Value {
    const param = binding.param;
    if (param === undefined) return UNKNOWN;
    const frame = frameOf(env, m, param.fn);
    const place = { m, s: binding.s, e: binding.e };
    const base: Value = frame
      ? param.rest
        ? { k: "list", items: frame.args.slice(param.index) }
        : this.#orDefault(m, frame.args[param.index] ?? UNDEFINED, binding.or, frame.parent ?? env)
      : this.#unboundParam(m, param, place);
    return this.along(m, base, binding.path ?? [], env);
  }

  #orDefault(m: Module, value: Value, or: ExprId | undefined, env: Env | undefined): Value {
    if (or === undefined) return value;
    if (value.k === "undef") return this.value(m, or, env);
    if (value.k === "union" && value.of.some((v) => v.k === "undef")) {
      return unionOf([...value.of.filter((v) => v.k !== "undef"), this.value(m, or, env)]);
    }
    return value;
  }

  /** A parameter for which no caller is given: the argument of a callback that a package calls, or a Param. */
  #unboundParam(
    m: Module,
    param: { readonly fn: FunctionId; readonly index: number; readonly rest?: true },
    at: { m: Module; s: number; e: number },
  ): Value {
    const handed = this.#handedToCallback(m, param);
    if (handed) return handed;
    return { k: "param", m, fn: param.fn, index: param.index, path: [], rest: param.rest, at };
  }

  /** `.then((x) => …)`, `list.map((x) => …)`, `loaded: (posthog) => …`: what is handed over follows from the call. */
  #handedToCallback(m: Module, param: { readonly fn: FunctionId; readonly index: number }): Value | undefined {
    const fn = m.facts.functions[param.fn];
    if (fn?.argOf === undefined || param.index !== 0) return undefined;
    const call = m.expr(fn.argOf.call);
    if (call.k !== "call") return undefined;
    const callee = m.expr(call.f);
    if (callee.k !== "mem") return undefined;
    if (fn.argOf.key !== undefined) {
      // An SDK hands itself to the callbacks of its options: `posthog.init(key, { loaded: (posthog) => … })`.
      const sdk = LOADED.test(fn.argOf.key) ? this.value(m, callee.o) : undefined;
      return sdk?.k === "ext" ? sdk : undefined;
    }
    if (fn.argOf.index !== 0) return undefined;
    if (callee.n === "then") return this.value(m, callee.o);
    if (!ITERATORS.has(callee.n)) return undefined;
    const list = this.value(m, callee.o);
    return list.k === "list" ? elementOf(this, list, UNKNOWN) : undefined;
  }

  /** Takes the part of a value that destructuring names. */
  along(m: Module, value: Value, path: readonly PathStep[], env: Env | undefined): Value {
    let part = value;
    for (const step of path) {
      if ("key" in step) part = this.#orDefault(m, memberOf(this, present(part), step.key), step.or, env);
      else if ("index" in step)
        part = this.#orDefault(m, elementOf(this, part, { k: "lit", v: step.index }), step.or, env);
      else
        part =
          "rest" in step
            ? restOf(part, step.rest)
            : part.k === "list"
              ? { ...part, items: part.items.slice(step.restFrom) }
              : UNKNOWN;
    }
    return part;
  }

  #enum(m: Module, id: BindingId, binding: Binding): Value {
    const memo = this.#enums.get(m) ?? new Map<BindingId, Value>();
    this.#enums.set(m, memo);
    const known = memo.get(id);
    if (known) return known;
    const entries = (binding.members ?? []).map((member): Field => {
      const at = { m, s: member.s, e: member.e };
      const v: Value =
        member.v !== undefined
          ? this.value(m, member.v)
          : member.auto !== undefined
            ? { k: "lit", v: member.auto, at }
            : { k: "typed", t: "string" };
      return { n: member.n, v, at };
    });
    const value = objectOf(entries, { m, s: binding.s, e: binding.e });
    memo.set(id, value);
    return value;
  }

  /** A template of Vue names props as they are. */
  #templateProp(m: Module, name: string, env: Env | undefined): Value | undefined {
    const props = m.facts.component === "vue" ? frameOf(env, m, COMPONENT)?.args[0] : undefined;
    if (props?.k !== "obj" || !props.entries.some((entry) => "n" in entry && entry.n === name)) return undefined;
    return memberOf(this, props, name);
  }

  /** The props of the component that a file is. */
  props(m: Module, env: Env | undefined): Value {
    return frameOf(env, m, COMPONENT)?.args[0] ?? { k: "param", m, fn: COMPONENT, index: 0, path: [] };
  }

  #global(name: string, m: Module, x: ExprId): Value {
    if (GLOBAL_OBJECTS.has(name)) return { k: "ext", pkg: undefined, steps: [], viaWindow: true };
    if (name === "module" || name === "exports" || name === "require")
      return { k: "ext", pkg: undefined, steps: [name] };
    return { k: "ext", pkg: undefined, steps: [name], at: { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 } };
  }

  #self(m: Module, expr: { readonly c?: ClassId; readonly o?: ExprId }, env: Env | undefined, x: ExprId): Value {
    for (let frame = env; frame; frame = frame.parent) {
      if (frame.self && frame.m === m) {
        // A method that a subclass inherits runs with the subclass as `this`.
        if (frame.self.k === "inst" || frame.self.k === "obj" || frame.self.k === "cls") return frame.self;
      }
    }
    if (expr.o !== undefined) return this.value(m, expr.o, env);
    if (expr.c === undefined) return UNKNOWN;
    const fn = m.facts.functions[enclosingMethod(m, x, expr.c)];
    return fn?.static ? { k: "cls", m, c: expr.c } : { k: "inst", m, c: expr.c };
  }

  #object(m: Module, x: ExprId, props: readonly PropFact[], env: Env | undefined): Value {
    const entries: (Field | { spread: Value })[] = [];
    for (const prop of props) {
      if (prop.k === "spread") {
        entries.push({ spread: this.value(m, prop.x, env) });
        continue;
      }
      if (prop.k === "prop") {
        entries.push({
          n: prop.n,
          v: this.value(m, prop.v, env),
          at: { m, s: prop.s, e: prop.e },
          ...(prop.get && { get: true }),
        });
        continue;
      }
      const key = this.value(m, prop.key, env);
      const names = alternatives(key);
      const at = { m, s: m.facts.starts[prop.key] ?? 0, e: m.facts.ends[prop.key] ?? 0 };
      if (!names.every((n) => n.k === "lit")) {
        entries.push({ spread: UNKNOWN });
        continue;
      }
      const v = this.value(m, prop.v, env);
      const optional = names.length > 1 ? ({ optional: true } as const) : {};
      for (const name of names) if (name.k === "lit") entries.push({ n: String(name.v), v, at, ...optional });
    }
    return objectOf(entries, { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 });
  }

  #list(m: Module, items: readonly ExprId[], env: Env | undefined): Value {
    const values: Value[] = [];
    let more: Value | undefined;
    for (const item of items) {
      const value = this.value(m, item, env);
      if (m.expr(item).k !== "spread") {
        if (more) more = unionOf([more, value]);
        else values.push(value);
      } else if (value.k === "list" && !value.more) values.push(...value.items);
      else more = value.k === "list" ? unionOf([...value.items, value.more ?? UNKNOWN]) : UNKNOWN;
    }
    return { k: "list", items: values, ...(more && { more }) };
  }

  #template(m: Module, x: ExprId, quasis: readonly string[], parts: readonly ExprId[], env: Env | undefined): Value {
    const list: (string | Value)[] = [quasis[0] ?? ""];
    parts.forEach((part, index) => {
      list.push(this.value(m, part, env), quasis[index + 1] ?? "");
    });
    return concatenate(list, { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 });
  }

  #logical(m: Module, op: "&&" | "||" | "??", l: ExprId, r: ExprId, env: Env | undefined): Value {
    const left = this.value(m, l, env);
    const right = this.value(m, r, env);
    if (op === "&&") {
      // The left side shows only where it is falsy: what it could be then says nothing of the result's use.
      const falsy = alternatives(left).filter((v) => v.k === "undef" || (v.k === "lit" && !v.v));
      if (falsy.length === alternatives(left).length) return left;
      return unionOf([right, falsy.length > 0 ? unionOf(falsy) : UNDEFINED]);
    }
    const kept = alternatives(left).filter(
      (v) => !(v.k === "undef" || (v.k === "lit" && (v.v === null || (op === "||" && !v.v)))),
    );
    const certain = kept.length > 0 && kept.length === alternatives(left).length && kept.every((v) => isCertain(v));
    return certain ? left : unionOf([...kept, right]);
  }

  #binary(m: Module, x: ExprId, op: string, l: ExprId, r: ExprId, env: Env | undefined): Value {
    const at = { m, s: m.facts.starts[x] ?? 0, e: m.facts.ends[x] ?? 0 };
    if (op !== "+") return { k: "typed", t: /^[-*/%&|^]|<<|>>/.test(op) ? "number" : "boolean", at };
    const left = this.value(m, l, env);
    const right = this.value(m, r, env);
    const isText = (v: Value) =>
      alternatives(v).every(
        (a) => (a.k === "lit" && typeof a.v === "string") || a.k === "tpl" || (a.k === "typed" && a.t === "string"),
      );
    if (isText(left) || isText(right)) return concatenate([left, right], at);
    const isNumber = (v: Value) => (v.k === "lit" && typeof v.v === "number") || (v.k === "typed" && v.t === "number");
    return isNumber(left) && isNumber(right) ? { k: "typed", t: "number", at } : { k: "unknown", at };
  }
}

const LOADED = /^(?:on)?(?:loaded|load|ready|init|initialized)$/i;
const ITERATORS = new Set(["map", "forEach", "flatMap", "filter", "some", "every", "find"]);

function isExported(m: Module, id: BindingId): boolean {
  return m.facts.exports.some((fact) => "b" in fact && fact.b === id);
}

function isCertain(value: Value): boolean {
  return value.k !== "unknown" && value.k !== "typed" && value.k !== "param" && value.k !== "tpl" && value.k !== "ext";
}

function frameOf(env: Env | undefined, m: Module, fn: FunctionId): Env | undefined {
  for (let frame = env; frame; frame = frame.parent) if (frame.fn === fn && frame.m === m) return frame;
  return undefined;
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

/** Joins parts of a string: a literal once all parts are, else a template; few alternatives are multiplied out. */
export function concatenate(parts: readonly (string | Value)[], at: { m: Module; s: number; e: number }): Value {
  let variants: (string | Value)[][] = [[]];
  for (const part of parts) {
    const options = typeof part === "string" ? [part] : expand(part);
    if (variants.length * options.length > 64) {
      variants = variants.map((variant) => append(variant, { k: "typed", t: "string", at }));
      continue;
    }
    variants = variants.flatMap((variant) => options.map((option) => append(variant, option)));
  }
  return unionOf(
    variants.map((variant): Value => {
      if (variant.length === 0) return { k: "lit", v: "", at };
      const [only] = variant;
      if (variant.length === 1 && typeof only === "string") return { k: "lit", v: only, at };
      return { k: "tpl", parts: variant, at };
    }),
  );
}

function append(variant: readonly (string | Value)[], option: string | Value): (string | Value)[] {
  const last = variant.at(-1);
  if (typeof option === "string" && option === "") return [...variant];
  if (typeof option === "string" && typeof last === "string") return [...variant.slice(0, -1), last + option];
  if (typeof option !== "string" && option.k === "tpl")
    return option.parts.reduce<(string | Value)[]>((all, part) => append(all, part), [...variant]);
  return [...variant, option];
}

function expand(part: Value): (string | Value)[] {
  // What may be missing is guarded against, or it would not be part of a text.
  return alternatives(present(part)).map((v) => (v.k === "lit" ? String(v.v) : v.k === "undef" ? "undefined" : v));
}
