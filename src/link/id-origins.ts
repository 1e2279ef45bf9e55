import type { IdOrigin } from "../calls/types.ts";
import type { Binding, Expr, ExprId } from "../facts/types.ts";
import type { Module } from "./module.ts";
import type { Arrival, Leg } from "./trace.ts";

/** How far one expression may lead into another, and how many ends are kept. */
const MAX_DEPTH = 16;
const MAX_ORIGINS = 12;

/** Methods of texts and functions that leave what a text says as it is. */
const SAME_TEXT = /(?:^|\.)(?:toString|toLowerCase|toUpperCase|toLocaleLowerCase|trim|String|encodeURIComponent)$/;

/** An expression on the way to an SDK call: inside the function that the leg before `leg` enters. */
interface Spot {
  readonly m: Module;
  readonly leg: number;
  readonly depth: number;
}

/**
 * The expressions that the value of a role comes from, as they are written where it is first told: parameters of wrappers
 * are followed to their callers, constants to what they are initialised with, both ways of `??`, `||` and a ternary.
 * Empty where the payload isn't written out.
 */
export function idOriginsOf(arrival: Arrival, role: string): readonly IdOrigin[] {
  const place = arrival.layout.roles[role];
  const { m, x } = arrival.args.ref;
  const call = m.expr(x);
  const { legs } = arrival.route;
  const isPlain = place !== undefined && place.builder === undefined && place.of === undefined && !arrival.match.list;
  if (!isPlain || (call.k !== "call" && call.k !== "new")) return [];
  const argument = call.a[arrival.match.skip + place.arg];
  if (argument === undefined) return [];
  const walk = new Walk(legs);
  const start = { m, leg: legs.length - 1, depth: 0 };
  for (const path of [place.path, ...(place.or ?? [])]) {
    if (walk.found.length === 0 && !/[[\]]/.test(path))
      walk.follow(argument, path === "" ? [] : path.split("."), start);
  }
  return walk.found;
}

class Walk {
  readonly found: IdOrigin[] = [];
  readonly #legs: readonly Leg[];

  constructor(legs: readonly Leg[]) {
    this.#legs = legs;
  }

  /** Goes to where the part of an expression at a path is told. */
  follow(x: ExprId, path: readonly string[], spot: Spot): void {
    if (spot.depth > MAX_DEPTH || this.found.length >= MAX_ORIGINS) return;
    const { m } = spot;
    const next = { ...spot, depth: spot.depth + 1 };
    const expr = m.expr(x);
    switch (expr.k) {
      case "await":
      case "as":
        this.follow(expr.x, path, next);
        break;
      case "cond":
        this.follow(expr.a, path, next);
        this.follow(expr.b, path, next);
        break;
      case "log":
        if (expr.op !== "&&") this.follow(expr.l, path, next);
        this.follow(expr.r, path, next);
        break;
      case "id":
        this.#followName(x, expr.b, path, next);
        break;
      case "tpl":
        if (path.length === 0) for (const part of expr.parts) this.follow(part, [], next);
        break;
      case "obj":
        this.#followKey(expr, path, next);
        break;
      case "call": {
        const callee = m.expr(expr.f);
        const inner = callee.k === "mem" && expr.a.length === 0 ? callee.o : expr.a[0];
        if (inner !== undefined && SAME_TEXT.test(m.textOf(expr.f))) this.follow(inner, path, next);
        else this.#note(m, x, path);
        break;
      }
      case "lit":
      case "undef":
        break;
      default:
        this.#note(m, x, path);
    }
  }

  #followKey(object: Expr & { k: "obj" }, [key, ...rest]: readonly string[], spot: Spot): void {
    if (key === undefined) return;
    const prop = object.p.findLast((one) => one.k === "prop" && one.n === key);
    if (prop?.k === "prop") this.follow(prop.v, rest, spot);
    else for (const one of object.p) if (one.k === "spread") this.follow(one.x, [key, ...rest], spot);
  }

  #followName(x: ExprId, b: number, path: readonly string[], spot: Spot): void {
    const { m } = spot;
    const binding = m.facts.bindings[b];
    const steps = binding && keysOf(binding);
    if (binding === undefined || steps === undefined || binding.each) {
      this.#note(m, x, path);
      return;
    }
    const whole = [...steps, ...path];
    if (binding.param !== undefined && binding.writes.length === 0) {
      const passed = this.#passed(binding.param, spot);
      if (passed === undefined) this.#note(m, x, path);
      else this.follow(passed.x, whole, passed.spot);
      return;
    }
    if (binding.init === undefined && binding.writes.length === 0) {
      this.#note(m, x, path);
      return;
    }
    const before = this.found.length;
    if (binding.init !== undefined) this.follow(binding.init, whole, spot);
    for (const write of binding.writes) this.follow(write.x, path, spot);
    // What a name says of the result of a call is often more than the call does.
    this.found.splice(
      before,
      this.found.length,
      ...this.found.slice(before).map((one) => (one.text.endsWith(")") ? { ...one, name: binding.name } : one)),
    );
  }

  /** What the caller on this way passes for a parameter. */
  #passed(
    { fn, index, rest }: NonNullable<Binding["param"]>,
    { m, leg, depth }: Spot,
  ): { x: ExprId; spot: Spot } | undefined {
    const at = this.#legs.findLastIndex((one, i) => i < leg && one.enters?.m === m && one.enters.fn === fn);
    const caller = this.#legs[at];
    const call = caller?.m.expr(caller.call.x);
    if (caller === undefined || rest || (call?.k !== "call" && call?.k !== "new")) return undefined;
    const isSpread = call.a.slice(0, index + 1).some((x) => caller.m.expr(x).k === "spread");
    const x = isSpread ? undefined : call.a[index];
    return x === undefined ? undefined : { x, spot: { m: caller.m, leg: at, depth } };
  }

  #note(m: Module, x: ExprId, path: readonly string[]): void {
    const text = [m.textOf(x), ...path].join(".");
    const at = m.rangeOf(x);
    const isKnown = this.found.some(
      (one) => one.text === text && one.at.file === at.file && one.at.line === at.line && one.at.column === at.column,
    );
    if (!isKnown) this.found.push({ at, text });
  }
}

/** The keys that a destructured name takes; undefined where it takes something else. */
function keysOf(binding: Binding): string[] | undefined {
  const keys = (binding.path ?? []).map((step) => ("key" in step ? step.key : undefined));
  return keys.every((key) => key !== undefined) ? keys : undefined;
}
