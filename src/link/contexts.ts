import type { ExprId } from "../facts/types.ts";
import { argumentsOf } from "./call-result.ts";
import { typeArgumentOf } from "./component-state.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import type { TableKind } from "./table.ts";
import { type CallRef, stepFrom, UNKNOWN, unionOf, type Value } from "./value.ts";

interface Provided {
  readonly m: Module;
  /** The value that is handed down. */
  readonly x: ExprId;
}

/** Who provides what: values by the call that made their context or key. */
const PROVIDERS: TableKind<Provided> = {
  *entriesOf(ev, m) {
    for (const [context, x] of [...elementProviders(m), ...callProviders(m)]) {
      const key = keyOf(ev.value(m, context));
      if (key !== undefined) yield [key, { m, x }];
    }
  },
};

/** Components that hand something down: others have a `value` too. */
const PROVIDER = /(?:Provider|Context)$/;

/**
 * What a context or an injection key stands for: what its providers hand down; where none is known, its default or
 * something else of its type. Undefined for what is neither.
 */
export function contextValue(ev: Evaluator, context: Value): Value | undefined {
  const key = keyOf(context);
  const created = creationOf(context);
  if (key === undefined) return undefined;
  const provided = [...ev.table(PROVIDERS).get(key), ...(created ? ownProviders(ev, created, key) : [])];
  const known = provided.map(({ m, x }) => ev.value(m, x)).filter((v) => v.k !== "unknown");
  if (known.length > 0) return unionOf(known);
  if (created === undefined) return undefined;
  // Angular's token says only what it stands for; who provides it is written in tables.
  if (makerOf(context) === "InjectionToken") return typeArgumentOf(ev, created);
  if (!isContainer(context)) return undefined;
  const typed = typeArgumentOf(ev, created);
  const [initial = UNKNOWN] = argumentsOf(ev, created);
  const isNothing = initial.k === "undef" || (initial.k === "lit" && initial.v === null);
  return isNothing ? typed : unionOf([initial, typed]);
}

/** Providers in the file that makes the context, which need not be one that is searched. */
function ownProviders(ev: Evaluator, { m }: CallRef, key: string): Provided[] {
  if (ev.isSearched(m.path)) return [];
  return [...elementProviders(m)].flatMap(([context, x]) => (keyOf(ev.value(m, context)) === key ? [{ m, x }] : []));
}

/** React's contexts and Svelte's stores start with a value. */
function isContainer(value: Value): boolean {
  const maker = makerOf(value);
  return maker === "createContext" || maker === "writable" || maker === "readable";
}

/** The function or class of a package that made something. */
function makerOf(value: Value): string | undefined {
  const maker = value.k === "ext" ? value.steps.at(-2) : undefined;
  return typeof maker === "string" ? maker : undefined;
}

/** The call that made something of a package: `createContext(…)`, `Symbol(…)`. */
function creationOf(value: Value): CallRef | undefined {
  const made = value.k === "ext" ? value.steps.at(-1) : undefined;
  return made === undefined || typeof made === "string" ? undefined : made.call;
}

function keyOf(value: Value): string | undefined {
  if (value.k === "lit") return `text:${value.v}`;
  const created = creationOf(value);
  return created && `${created.m.path}:${created.x}`;
}

/** `<Context.Provider value={…}>`, `<Context value={…}>`: the context and the value. */
export function* elementProviders(m: Module): Iterable<[number, number]> {
  for (const element of m.facts.elements) {
    const value = element.attributes.find((a) => a.k === "prop" && a.n === "value");
    if (element.tag === undefined || value?.k !== "prop" || !PROVIDER.test(element.name)) continue;
    const tag = m.expr(element.tag);
    yield [tag.k === "mem" && tag.n === "Provider" ? tag.o : element.tag, value.v];
  }
}

/** `provide(key, value)`, `app.provide(key, value)`. */
function* callProviders(m: Module): Iterable<[number, number]> {
  for (const call of m.facts.calls) {
    const expr = m.expr(call.x);
    const [key, value] = expr.k === "call" ? expr.a : [];
    if (expr.k !== "call" || key === undefined || value === undefined) continue;
    if (m.calleeName(call.x) === "provide") yield [key, value];
  }
}

/** `inject(Service)` is an instance of the service; `inject(key)` is what was provided. */
export function injected(ev: Evaluator, ref: CallRef): Value | undefined {
  const [token = UNKNOWN, fallback] = argumentsOf(ev, ref);
  if (token.k === "cls") return { k: "inst", m: token.m, c: token.c };
  const provided = contextValue(ev, token) ?? fallback;
  if (provided || token.k !== "ext") return provided;
  // Angular takes the class of a package; Vue's key says what it stands for.
  const isClass = token.steps.every((step) => typeof step === "string");
  return isClass ? stepFrom(token, { call: undefined, created: true }) : token;
}
