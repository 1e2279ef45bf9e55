import type { SdkStart, TrackingCall } from "../calls/types.ts";
import type { Binding, ExprId } from "../facts/types.ts";
import { type CallIndex, functionKey } from "./call-index.ts";
import type { Evaluator } from "./evaluator.ts";
import { messagePath } from "./message-path.ts";
import type { Module } from "./module.ts";
import { reach } from "./sdk-match.ts";
import type { Arrival } from "./trace.ts";
import { alternatives, type External, present } from "./value.ts";
import { expressionAt } from "./written-at.ts";

/** What a product keeps for each of its customers. */
const TENANT =
  /^(?:integrations?|customer|tenant|workspace|org|organi[sz]ation|team|shop|merchant|installation|destination|connection|credentials?|account|eventtype|survey|funnel|dataroom|subscriber|user|inputs)$/i;
/** What the product itself is set up by. */
const OWN = /config|env|constant|options|settings|secret|runtime|process|^(?:import|meta|window|globalThis|self)$/i;
/** A row of a database: `await prisma.organization.findUnique(…)`. */
const FROM_DATABASE =
  /\b(?:prisma|db|database|knex|supabase)\b[\w.]*\.|\w(?:Repository|Repo)\.|\.(?:find(?:One|First|Unique|By|Many)\w*|executeTakeFirst\w*)$/;

/** How many callers, names and calls a key is followed through. */
const MAX_DEPTH = 12;

/** Tells keys that are a customer's data from those of the product itself. */
export class Tenants {
  readonly #ev: Evaluator;
  readonly #index: CallIndex;

  constructor(ev: Evaluator, index: CallIndex) {
    this.#ev = ev;
    this.#index = index;
  }

  /** Whether a call goes out through a client that was made with a customer's key, or carries one itself. */
  owns(arrival: Arrival): boolean {
    const last = arrival.route.legs.at(-1);
    const call = last?.m.expr(last.call.x);
    if (last === undefined || call?.k !== "call") return false;
    const key = arrival.layout.roles.apiKey;
    if (key !== undefined && arrival.match.sdk.http !== undefined) {
      const value = arrival.args.values[key.arg];
      const field =
        value?.k === "obj" ? value.entries.find((entry) => "n" in entry && entry.n === key.path) : undefined;
      const at = field && "n" in field ? field.at : undefined;
      const x = at && expressionWritten(at.m, at.s);
      return at !== undefined && x !== undefined && this.isCustomers(at.m, x);
    }
    const clients = alternatives(present(this.#ev.value(last.m, call.f, arrival.envs.at(-1)))).filter(
      (v) => v.k === "ext",
    );
    if (clients.length > 0 && clients.every((client) => this.#isMadeFor(client))) return true;
    const callee = last.m.expr(call.f);
    return callee.k === "mem" && this.#isHandedIn(last.m, callee.o, 0);
  }

  /** A client that a function is given, by callers that all made it for a customer. */
  #isHandedIn(m: Module, x: ExprId, depth: number): boolean {
    const expr = m.expr(x);
    const binding = expr.k === "id" ? m.facts.bindings[expr.b] : undefined;
    if (binding?.param === undefined || binding.path || depth > MAX_DEPTH) return false;
    const { fn, index } = binding.param;
    const places = this.#index.callersOf(functionKey(m, fn));
    return (
      places.length > 0 &&
      places.every(({ m: from, call }) => {
        const given = expressionAt(from, call.x, index, "");
        if (given === undefined) return false;
        const clients = alternatives(present(this.#ev.value(from, given)));
        const isMade = clients.every((client) => client.k === "ext" && this.#isMadeFor(client));
        return isMade || this.#isHandedIn(from, given, depth + 1);
      })
    );
  }

  /** `new Analytics({ writeKey: integration.writeKey }).track`. */
  #isMadeFor(client: External): boolean {
    for (const step of client.steps) {
      if (typeof step === "string" || step.call === undefined) continue;
      const { m, x } = step.call;
      for (const { sdk } of reach(client)) {
        for (const { how, key } of sdk.starts) {
          if (key === undefined || how === "component") continue;
          const written = expressionAt(m, x, key.arg, key.path);
          if (written !== undefined && this.isCustomers(m, written)) return true;
        }
      }
    }
    return false;
  }

  /**
   * Whether an expression is a field of what the product keeps for a customer. What is not known is the product's own.
   *
   * @param further the names of members that are read of it elsewhere
   */
  isCustomers(m: Module, x: ExprId, depth = 0, further: readonly string[] = []): boolean {
    if (depth > MAX_DEPTH) return false;
    const expr = m.expr(x);
    const inner = (id: ExprId) => this.isCustomers(m, id, depth + 1, further);
    switch (expr.k) {
      case "await":
      case "as":
        return inner(expr.x);
      case "log":
        return expr.op === "&&" ? inner(expr.r) : inner(expr.l) && inner(expr.r);
      case "cond":
        return [expr.a, expr.b].filter((id) => !isNothing(m, id)).every(inner);
      case "tpl":
        return expr.parts.some(inner);
      // `decrypt(integration.key)`
      case "call":
        return expr.a.some(inner);
      case "mem":
      case "idx":
      case "id":
        return this.#isField(m, x, depth, further);
      default:
        return false;
    }
  }

  #isField(m: Module, x: ExprId, depth: number, further: readonly string[]): boolean {
    if (messagePath(m, x) !== undefined) return true;
    const { root, names: own } = chainOf(m, x);
    const names = [...own, ...further];
    const expr = m.expr(root);
    if (expr.k === "this") return isTenantName(names.slice(0, -1)) || this.#isGivenToMaker(m, root, names, depth);
    if (expr.k === "await" || expr.k === "call") return names.length > 0 && isRow(m, root);
    if (expr.k !== "id") return false;
    const binding = m.facts.bindings[expr.b];
    if (binding === undefined || binding.from !== undefined) return false;
    const path = [...(binding.path ?? []).flatMap((step) => ("key" in step ? [step.key] : [])), ...names];
    return this.#isPartOf(m, binding, path, depth);
  }

  #isPartOf(m: Module, binding: Binding, path: readonly string[], depth: number): boolean {
    if (binding.init !== undefined && !binding.each) {
      const { root } = chainOf(m, binding.init);
      if (path.length > 0 && isRow(m, root)) return true;
      const isWhole = binding.path === undefined && path.length > 0;
      if (isWhole && isTenantName([binding.name, ...path.slice(0, -1)]) && isRead(m, binding.init)) return true;
      const inside = partOf(m, binding.init, path);
      const isLiteral = inside.x !== binding.init;
      return this.isCustomers(m, inside.x, depth + 1, isLiteral ? inside.further : []);
    }
    const { param } = binding;
    // What a loop walks over: `for (const integration of integrations)`.
    if (param === undefined) return binding.each === "of" && path.length > 0 && isTenantName([binding.name]);
    const whole = m.facts.functions[param.fn]?.params[param.index]?.b === undefined ? [] : [binding.name];
    const chain = binding.path === undefined ? [...whole, ...path] : path;
    if (chain.length > 1 && (isTenantName(chain.slice(0, -1)) || isOfStep(m, binding))) return true;
    return this.#isGivenByCallers(m, param.fn, param.index, path, depth);
  }

  /** Every caller hands over a customer's key. */
  #isGivenByCallers(m: Module, fn: number, index: number, path: readonly string[], depth: number): boolean {
    const key = functionKey(m, fn);
    const given = this.#index.callersOf(key).map(({ m: from, call }) => {
      const direct = expressionAt(from, call.x, index, "");
      return direct === undefined ? undefined : { from, ...partOf(from, direct, path) };
    });
    return given.length > 0 && given.every((one) => one && this.isCustomers(one.from, one.x, depth + 1, one.further));
  }

  /** `this.writeKey`, where the constructor keeps what it is given. */
  #isGivenToMaker(m: Module, self: ExprId, [name]: readonly string[], depth: number): boolean {
    const owner = m.expr(self);
    const cls = owner.k === "this" && owner.c !== undefined ? m.facts.classes[owner.c] : undefined;
    const member = cls?.members.find((candidate) => candidate.n === name);
    if (cls?.ctor === undefined || owner.k !== "this") return false;
    if (member?.param !== undefined) return this.#isGivenByCallers(m, cls.ctor, member.param, [], depth + 1);
    const writes = m.facts.memberWrites.filter((write) => {
      const target = write.o < 0 ? undefined : m.expr(write.o);
      return write.n === name && target?.k === "this" && target.c === owner.c;
    });
    return writes.length > 0 && writes.every((write) => this.isCustomers(m, write.x, depth + 1));
  }
}

/**
 * Calls of an SDK that this source starts with customers' keys only are theirs, wherever they stand: the SDK is one
 * for the whole page.
 */
export function withTenants(calls: readonly TrackingCall[], starts: readonly SdkStart[]): TrackingCall[] {
  const own = new Set<string>();
  const customers = new Set<string>();
  for (const { sdk, source, how, tenant } of starts)
    if (how !== "constructor") (tenant ? customers : own).add(`${source}\0${sdk}`);
  return calls.map((call) => {
    const keys = call.sinks.map(({ sdk }) => `${call.source}\0${sdk}`);
    const isTenant =
      call.role === "site" && keys.length > 0 && keys.every((key) => customers.has(key) && !own.has(key));
    return isTenant ? { ...call, role: "tenant" } : call;
  });
}

/** `a.b[0].c`: what it starts with, and the names of its members. */
function chainOf(m: Module, x: ExprId): { readonly root: ExprId; readonly names: readonly string[] } {
  const names: string[] = [];
  let root = x;
  for (let expr = m.expr(root); expr.k === "mem" || expr.k === "idx" || expr.k === "as"; expr = m.expr(root)) {
    if (expr.k === "mem") names.unshift(expr.n);
    root = expr.k === "as" ? expr.x : expr.o;
  }
  return { root, names };
}

/** As far into object literals as a path leads, and what is left of it. */
function partOf(m: Module, x: ExprId, path: readonly string[]): { x: ExprId; further: readonly string[] } {
  const [head, ...rest] = path;
  const expr = m.expr(x);
  const prop = expr.k === "obj" ? expr.p.find((one) => one.k === "prop" && one.n === head) : undefined;
  return prop?.k === "prop" ? partOf(m, prop.v, rest) : { x, further: path };
}

/** `async (context, { inputs, env }) => …`: a step of a customer's job, and the environment that it runs in. */
function isOfStep(m: Module, binding: Binding): boolean {
  const { param } = binding;
  const isPart = (one: Binding, name: string) => {
    const [step] = one.path ?? [];
    return step !== undefined && "key" in step && step.key === name;
  };
  if (param === undefined || !isPart(binding, "env")) return false;
  return m.facts.bindings.some(
    (one) => one.param?.fn === param.fn && one.param.index === param.index && isPart(one, "inputs"),
  );
}

/** Whether what a key is a part of is named like something that a customer has, and by nothing that is the product's own. */
function isTenantName([first, ...rest]: readonly string[]): boolean {
  if (first === undefined || OWN.test(first)) return false;
  return [first, ...rest].some((name) => wordsOf(name).some((word) => TENANT.test(word)) || TENANT.test(name));
}

function wordsOf(name: string): string[] {
  return name.split(/(?=[A-Z])|[_-]/);
}

/** A call that asks a database. */
function isRow(m: Module, x: ExprId): boolean {
  const outer = m.expr(x);
  const call = outer.k === "await" ? m.expr(outer.x) : outer;
  return call.k === "call" && FROM_DATABASE.test(m.textOf(call.f, 120));
}

/** Something that is read from elsewhere, not written down here. */
function isRead(m: Module, x: ExprId): boolean {
  const expr = m.expr(x);
  const inner = expr.k === "await" ? m.expr(expr.x) : expr;
  return inner.k === "call" && !OWN.test(m.textOf(inner.f, 120));
}

function isNothing(m: Module, x: ExprId): boolean {
  const expr = m.expr(x);
  return expr.k === "undef" || (expr.k === "lit" && !expr.v);
}

/** The value of a key that is written here in an object literal. */
function expressionWritten(m: Module, at: number): ExprId | undefined {
  for (const expr of m.facts.exprs) {
    const prop = expr.k === "obj" ? expr.p.find((p) => p.k === "prop" && p.s === at) : undefined;
    if (prop?.k === "prop") return prop.v;
  }
  return undefined;
}
