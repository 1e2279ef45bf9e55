import type { ClassId, FunctionId } from "../facts/types.ts";
import { type CallIndex, type CallPlace, classKey, functionKey } from "./call-index.ts";
import { argumentsEntering, argumentsOf, enter } from "./call-result.ts";
import { dispatchesTo } from "./dispatchers.ts";
import type { Evaluator } from "./evaluator.ts";
import { envOfInstance } from "./instance-member.ts";
import { emissionsTo } from "./listeners.ts";
import type { Module } from "./module.ts";
import { alternatives, type Env, type FunctionValue, type InstanceValue, type ParamValue, present } from "./value.ts";

/** How many functions may hand a parameter on to each other, and how many classes may extend each other. */
const MAX_HANDED = 4;

/** How many ways into a function are told apart. Who is called from everywhere is handed what everybody has. */
const MAX_BASES = 16;

/** What functions are entered with, by `functionKey`. */
const BASES = {};

/** What a function is entered with, and by whom. */
export interface Base {
  readonly base: Env;
  readonly from: string;
}

/**
 * What the function of a parameter is entered with: by each of its callers, by the props of a component, or by the
 * objects that are made with a constructor. What a caller only hands on is filled in by its own callers.
 */
export function basesOf(ev: Evaluator, index: CallIndex, { m, fn }: ParamValue): readonly Base[] {
  return ev.keep(BASES, functionKey(m, fn), () => workOutBases(ev, index, m, fn).slice(0, MAX_BASES), []);
}

function workOutBases(ev: Evaluator, index: CallIndex, m: Module, fn: FunctionId): Base[] {
  ev.restOn(m);
  const made = m.facts.functions[fn];
  if (made?.kind === "constructor" && made.cls !== undefined) {
    const { cls } = made;
    return instancesOf(ev, index, m, cls).flatMap(({ self, from }) => {
      const base = envOfInstance(ev, self, m, cls);
      return base ? [{ base, from }] : [];
    });
  }
  const props = index.propsOf(functionKey(m, fn));
  if (props) return [{ base: { m, fn, args: [props], depth: 0 }, from: "props" }];
  return callersOf(ev, index, m, fn)
    .slice(0, MAX_BASES)
    .flatMap((caller) =>
      surroundings(ev, index, caller).flatMap(({ env, from }) => {
        const base = enterFrom(ev, caller, m, fn, env);
        return base ? [{ base, from }] : [];
      }),
    );
}

/** The calls that enter a function: those of it, and those that hand something to it through a listener or an SDK. */
export function callersOf(ev: Evaluator, index: CallIndex, m: Module, fn: FunctionId): readonly CallPlace[] {
  const called = index.callersOf(functionKey(m, fn));
  const handing = [...emissionsTo(ev, m, fn), ...dispatchesTo(ev, index, m, fn)];
  return handing.length > 0 ? [...called, ...handing] : called;
}

/** The environments in which a call runs, as far as its arguments are parameters of what is around it. */
function surroundings(
  ev: Evaluator,
  index: CallIndex,
  { m, call }: CallPlace,
): { readonly env: Env | undefined; readonly from: string }[] {
  const here = `${m.path}:${call.x}`;
  const handed = argumentsOf(ev, { m, x: call.x, env: undefined }).flatMap((argument) =>
    alternatives(argument).filter((v) => v.k === "param"),
  );
  for (const param of handed) {
    const outer = basesOf(ev, index, param).filter(({ base }) => base.depth < MAX_HANDED);
    if (outer.length > 0) return outer.map(({ base, from }) => ({ env: base, from: `${here}<${from}` }));
  }
  return [{ env: undefined, from: here }];
}

/**
 * The objects that a class, or one that extends it, is made to. One that nobody makes in the files read so far still
 * stands for what it hands to its parent.
 */
function instancesOf(
  ev: Evaluator,
  index: CallIndex,
  m: Module,
  c: ClassId,
  depth = 0,
): { readonly self: InstanceValue; readonly from: string }[] {
  const key = classKey(m, c);
  const made = index
    .creationsOf(key)
    .slice(0, MAX_BASES)
    .flatMap((place) =>
      surroundings(ev, index, place).flatMap(({ env, from }) =>
        alternatives(ev.value(place.m, place.call.x, env)).flatMap((self) =>
          self.k === "inst" && self.m === m && self.c === c ? [{ self, from }] : [],
        ),
      ),
    );
  const below =
    depth < MAX_HANDED ? index.subclassesOf(key).flatMap((sub) => instancesOf(ev, index, sub.m, sub.c, depth + 1)) : [];
  if (made.length > 0 || below.length > 0 || depth === 0) return [...made, ...below];
  return [{ self: { k: "inst", m, c }, from: key }];
}

/** The environment of a function's body when this call enters it. */
export function enterFrom(
  ev: Evaluator,
  place: CallPlace,
  m: Module,
  fn: FunctionId,
  env: Env | undefined,
): Env | undefined {
  const depth = (env?.depth ?? 0) + 1;
  if (place.hands) {
    const handed = place.hands(ev, env);
    return handed && enter({ k: "fn", m, fn }, handed, depth);
  }
  const target = targetOf(ev, place, m, fn, env);
  if (target === undefined) return undefined;
  return enter(target, argumentsEntering(ev, { m: place.m, x: place.call.x, env }), depth);
}

function targetOf(
  ev: Evaluator,
  place: CallPlace,
  m: Module,
  fn: FunctionId,
  env: Env | undefined,
): FunctionValue | undefined {
  const expr = place.m.expr(place.call.x);
  if (expr.k !== "call" && expr.k !== "new") return undefined;
  for (const option of alternatives(present(ev.value(place.m, expr.f, env)))) {
    if (option.k === "fn" && option.m === m && option.fn === fn) return option;
    if (option.k === "cls" && option.m.facts.classes[option.c]?.ctor === fn && option.m === m)
      return { k: "fn", m, fn };
  }
  return undefined;
}
