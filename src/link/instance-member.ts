import type { ClassId, ClassMember, FunctionId } from "../facts/types.ts";
import { argumentsOf, invoke } from "./call-result.ts";
import { type Evaluator, MAX_CALLS } from "./evaluator.ts";
import { memberOf } from "./member.ts";
import { withFieldWrites } from "./member-writes.ts";
import type { Module } from "./module.ts";
import { widened } from "./param-type.ts";
import { passedIn } from "./passed.ts";
import { typeValue } from "./type-value.ts";
import {
  alternatives,
  type Env,
  type External,
  type InstanceValue,
  stepFrom,
  UNDEFINED,
  UNKNOWN,
  unionOf,
  type Value,
} from "./value.ts";

/** How many classes may inherit from each other. */
const MAX_PARENTS = 12;

/** A member of an object of a class: its own, or inherited. */
export function memberOfInstance(ev: Evaluator, value: InstanceValue, name: string): Value {
  return inherited(ev, value, name, value.self ?? value, 0);
}

function inherited(ev: Evaluator, value: InstanceValue, name: string, self: InstanceValue, depth: number): Value {
  const { m } = value;
  const cls = m.facts.classes[value.c];
  if (cls === undefined || depth > MAX_PARENTS) return UNKNOWN;
  const found = cls.members.filter((member) => member.n === name && !member.static);
  const method = found.find((member) => member.kind === "method" && member.fn !== undefined);
  if (method?.fn !== undefined && m.facts.functions[method.fn]?.body) return { k: "fn", m, fn: method.fn, self };
  const getter = found.find((member) => member.kind === "getter");
  if (getter?.fn !== undefined) return invoke(ev, { k: "fn", m, fn: getter.fn, self }, [], insideOf(value, self, -1));
  const parent = ev.parentOf(m, value.c);
  const handed = parent.k === "ext" ? componentMember(ev, value, parent, name) : undefined;
  if (handed) return handed;
  const field = found.find((member) => member.kind === "field");
  if (field) return withFieldWrites(ev, m, value.c, name, fieldValue(ev, value, field, self));
  const assigned = thisWrites(ev, value, name, self);
  if (assigned.length > 0) return withFieldWrites(ev, m, value.c, name, unionOf(assigned));
  if (parent.k === "cls") {
    const args = argumentsOfParent(ev, value, self);
    return inherited(
      ev,
      { k: "inst", m: parent.m, c: parent.c, args, calls: value.calls, declared: value.declared },
      name,
      self,
      depth + 1,
    );
  }
  if (parent.k === "ext") return memberOf(ev, stepFrom(parent, { call: undefined, created: true }), name);
  // Of an object that is only declared to be of the class, more may be there.
  return parent.k === "undef" && value.args ? UNDEFINED : UNKNOWN;
}

/** Props and state of a React component: others set them too, so that only their types say what they are. */
function componentMember(ev: Evaluator, { m, c }: InstanceValue, parent: External, name: string): Value | undefined {
  if (!/^(?:Pure)?Component$/.test(String(parent.steps.at(-1)))) return undefined;
  const index = ["props", "state"].indexOf(name);
  const type = m.facts.classes[c]?.extendsArgs?.[index];
  if (type) return typeValue(ev, m, type);
  return index < 0 ? undefined : UNKNOWN;
}

/** What the constructor of the parent is given: by `super(…)`, or all where the class has no constructor. */
function argumentsOfParent(ev: Evaluator, value: InstanceValue, self: InstanceValue): readonly Value[] | undefined {
  const { m, c, args } = value;
  const ctor = m.facts.classes[c]?.ctor;
  if (ctor === undefined) return args;
  const call = m.facts.calls.find(({ x, fn }) => {
    const expr = m.expr(x);
    return fn === ctor && expr.k === "call" && m.expr(expr.f).k === "super";
  });
  return call && argumentsOf(ev, { m, x: call.x, env: insideOf(value, self, ctor) });
}

const INSIDES = new WeakMap<InstanceValue, Map<string, Env>>();

/**
 * The environment of a constructor, or of the initialisers of fields, of an object: the same one each time. None where
 * nothing is known but the class.
 */
function insideOf(value: InstanceValue, self: InstanceValue, fn: FunctionId): Env | undefined {
  const { m, c, args } = value;
  if (!args && self === value) return undefined;
  const envs = INSIDES.get(self) ?? new Map<string, Env>();
  INSIDES.set(self, envs);
  const key = `${m.path}:${c}:${fn}`;
  const known = envs.get(key);
  if (known) return known;
  const env: Env = { m, fn, args: fn < 0 ? [] : (args ?? []), self, depth: (self.calls ?? 0) + 1 };
  envs.set(key, env);
  return env;
}

/**
 * What the code of a class sees of an object of it, or of a class that extends it: `this`, and what its constructor was
 * given. Undefined where nothing is known of that.
 */
export function envOfInstance(ev: Evaluator, self: InstanceValue, m: Module, c: ClassId): Env | undefined {
  let value = self;
  for (let depth = 0; depth < MAX_PARENTS && !(value.m === m && value.c === c); depth += 1) {
    const parent = ev.parentOf(value.m, value.c);
    if (parent.k !== "cls") return undefined;
    value = { ...self, m: parent.m, c: parent.c, args: argumentsOfParent(ev, value, self) };
  }
  const { args } = value;
  return args && { m, fn: m.facts.classes[c]?.ctor ?? -1, args, self, depth: self.calls ?? 0 };
}

/** A field: its initialiser, what methods assign to it, what the constructor was given, else its declared type. */
function fieldValue(ev: Evaluator, value: InstanceValue, field: ClassMember, self: InstanceValue): Value {
  const { m } = value;
  if (!mayOpen(ev, value, self)) return ev.giveUp();
  const known: Value[] = [];
  if (field.init !== undefined) known.push(ev.value(m, field.init, insideOf(value, self, -1)));
  if (field.param !== undefined && value.args) known.push(value.args[field.param] ?? UNDEFINED);
  known.push(...thisWrites(ev, value, field.n, self));
  if (self.declared && !field.readonly) return loose(ev, m, field, known);
  const useful = known.filter((v) => v.k !== "undef" && !(v.k === "lit" && v.v === null));
  if (useful.length > 0 && useful.every((v) => v.k !== "unknown" && v.k !== "typed" && v.k !== "param"))
    return unionOf(known);
  // A service is not read for the sake of its type, unless it is known to track.
  const declared = field.type ? typeValue(ev.among, m, field.type) : UNKNOWN;
  const given = alternatives(declared).some(isCode) ? undefined : givenToConstructor(value, field, known);
  if (given) return given;
  if (declared.k !== "unknown" && declared.k !== "typed") return declared;
  if (known.length > 0) return unionOf(known);
  return declared;
}

/** An object that is not known, but that its constructor was given a field of: whoever makes it decides. */
function givenToConstructor(value: InstanceValue, field: ClassMember, known: readonly Value[]): Value | undefined {
  const { m, c, args } = value;
  const fn = m.facts.classes[c]?.ctor;
  if (args || fn === undefined) return undefined;
  const isOnly = known.every((v) => v.k === "undef" || (v.k === "param" && v.m === m && v.fn === fn));
  if (field.param !== undefined && isOnly) return { k: "param", m, fn, index: field.param, path: [] };
  const [given] = known.filter((v) => v.k !== "undef");
  return isOnly && known.length === 1 ? given : undefined;
}

/** What has members to call, rather than names and properties to send. */
function isCode(value: Value): boolean {
  return value.k === "inst" || value.k === "cls" || value.k === "ext";
}

/** A field that anybody may have written to: its declared type, else something like its first value. */
function loose(ev: Evaluator, m: Module, field: ClassMember, known: readonly Value[]): Value {
  const declared = field.type ? typeValue(ev, m, field.type) : UNKNOWN;
  return declared.k === "unknown" && known.length > 0 ? unionOf(known.map(widened)) : declared;
}

/** What is written to `this.name` anywhere in the class. */
function thisWrites(ev: Evaluator, value: InstanceValue, name: string, self: InstanceValue): Value[] {
  const { m, c } = value;
  const ctor = m.facts.classes[c]?.ctor;
  const writes = m.facts.memberWrites.filter((write) => {
    if (write.n !== name || write.o < 0) return false;
    const target = m.expr(write.o);
    return target.k === "this" && target.c === c;
  });
  if (writes.length > 0 && !mayOpen(ev, value, self)) return [ev.giveUp()];
  return writes.map((write) => {
    if (write.fn !== ctor || ctor === undefined) return ev.value(m, write.x);
    if (value.args) return ev.value(m, write.x, insideOf(value, self, write.fn));
    // Nothing is declared in JavaScript: who makes such objects tells.
    const given = ev.value(m, write.x);
    return isUntyped(m, given, ctor) ? passedIn(ev, given) : given;
  });
}

function isUntyped(m: Module, value: Value, ctor: FunctionId): boolean {
  const params = m.facts.functions[ctor]?.params ?? [];
  return alternatives(value).some((v) => v.k === "param" && v.fn === ctor && params[v.index]?.type === undefined);
}

/** Objects that are made to make each other end somewhere, as calls do. */
function mayOpen(ev: Evaluator, value: InstanceValue, self: InstanceValue): boolean {
  if (value.args === undefined || INSIDES.has(self)) return true;
  return (value.calls ?? 0) < MAX_CALLS && ev.mayEnter();
}

/** A static member of a class: its own, what is written to it, or inherited. */
export function staticMember(ev: Evaluator, value: Value & { k: "cls" }, name: string, depth = 0): Value {
  const { m, c } = value;
  const cls = m.facts.classes[c];
  if (cls === undefined || depth > MAX_PARENTS) return UNKNOWN;
  if (name === "prototype") return { k: "inst", m, c };
  const member = cls.members.find((candidate) => candidate.n === name && candidate.static);
  if (member?.kind === "method" && member.fn !== undefined) return { k: "fn", m, fn: member.fn, self: value };
  if (member?.kind === "getter" && member.fn !== undefined)
    return invoke(ev, { k: "fn", m, fn: member.fn, self: value }, []);
  const values: Value[] = [];
  if (member?.init !== undefined) values.push(ev.value(m, member.init));
  for (const write of m.facts.memberWrites) {
    if (write.n !== name || write.o < 0) continue;
    const target = m.expr(write.o);
    const binding = target.k === "id" ? m.facts.bindings[target.b] : undefined;
    if (binding?.cls === c || (target.k === "this" && target.c === c)) values.push(ev.value(m, write.x));
  }
  const useful = values.filter((v) => v.k !== "undef" && !(v.k === "lit" && v.v === null));
  if (useful.length > 0) return unionOf(useful);
  if (member?.type) return typeValue(ev, m, member.type);
  const parent = ev.parentOf(m, c);
  if (parent.k === "cls") return staticMember(ev, parent, name, depth + 1);
  return parent.k === "ext" ? memberOf(ev, parent, name) : UNDEFINED;
}
