import type { Expr, ExprId } from "../facts/types.ts";
import { nameOf } from "./conditions.ts";
import type { Module } from "./module.ts";

/** How often a value is followed into a name that holds it. */
const MAX_NAMES = 4;

const LOGS = /^(?:console|log|logger|.*\.(?:log|logger))\.(?:log|debug|info|warn|error|trace|verbose)$/;
/** Functions that give back what they are given, in another form. */
const SHAPES = /^(?:String|Number|Boolean|decodeURIComponent|encodeURIComponent|.*\.(?:parse|safeParse))$/;
const COMPARISONS: ReadonlySet<string> = new Set(["===", "!==", "==", "!=", "<", "<=", ">", ">=", "in", "instanceof"]);

const ends = new WeakMap<Module, Ends>();

/** Expressions whose value leaves or is only tested. */
interface Ends {
  readonly kept: ReadonlySet<ExprId>;
  readonly tested: ReadonlySet<ExprId>;
}

/**
 * True where nothing is done with the value of an expression but to test, compare or log it. `binding`: the value is
 * what this name takes out of it.
 */
export function isDropped(m: Module, x: ExprId | undefined, binding: number | undefined): boolean {
  if (binding !== undefined) return isNameLost(m, binding, MAX_NAMES);
  return x !== undefined && isLost(m, x, MAX_NAMES);
}

function isLost(m: Module, x: ExprId, names: number): boolean {
  const { kept, tested } = endsOf(m);
  if (kept.has(x)) return false;
  const binding = m.facts.bindings.findIndex(({ init, path }) => init === x && (path ?? []).length === 0);
  if (binding >= 0) return isNameLost(m, binding, names);
  if (
    m.facts.bindings.some(({ init, or, writes }) => init === x || or === x || writes.some((write) => write.x === x))
  ) {
    return false;
  }
  if (tested.has(x)) return true;
  const parent = m.parentOf(x);
  // The call of a statement, or a name that stands alone.
  if (parent === undefined) return m.callAt(x)?.use === "dropped";
  const holder = m.expr(parent);
  if (passesOn(m, x, holder)) return isLost(m, parent, names);
  return isTest(holder, x) || isLogged(m, x, holder);
}

function isNameLost(m: Module, binding: number, names: number): boolean {
  const isExported = m.facts.exports.some((one) => "b" in one && one.b === binding);
  return names > 0 && !isExported && m.readsOf(binding).every((read) => isLost(m, read, names - 1));
}

/** The parent's value is that of the child, or made of it. */
function passesOn(m: Module, x: ExprId, holder: Expr): boolean {
  switch (holder.k) {
    case "as":
    case "await":
    case "tpl":
    case "mem":
      return true;
    case "log":
      return true;
    case "cond":
      return holder.t !== x;
    case "bin":
      return holder.op === "+";
    case "call":
      return holder.f === x ? m.expr(x).k === "mem" : SHAPES.test(nameOf(m, holder.f));
    default:
      return false;
  }
}

function isTest(holder: Expr, x: ExprId): boolean {
  if (holder.k === "cond") return holder.t === x;
  if (holder.k === "un") return holder.op === "!" || holder.op === "typeof" || holder.op === "void";
  return holder.k === "bin" && COMPARISONS.has(holder.op);
}

function isLogged(m: Module, x: ExprId, holder: Expr): boolean {
  if (holder.k === "call") return holder.f !== x && LOGS.test(nameOf(m, holder.f));
  if (holder.k !== "obj") return false;
  // `logger.info({ referer })`
  const object = m.parentOf(x);
  const call = object === undefined ? undefined : m.parentOf(object);
  const outer = call === undefined ? undefined : m.expr(call);
  return outer?.k === "call" && LOGS.test(nameOf(m, outer.f));
}

function endsOf(m: Module): Ends {
  const known = ends.get(m);
  if (known !== undefined) return known;
  const kept = new Set<ExprId>([
    ...m.facts.functions.flatMap((fn) => fn.returns.map(({ x }) => x)),
    ...m.facts.memberWrites.map(({ x }) => x),
    ...m.facts.exports.flatMap((one) => ("x" in one ? [one.x] : [])),
  ]);
  const tested = new Set(m.facts.contexts.flatMap(({ test }) => test ?? []));
  const found = { kept, tested };
  ends.set(m, found);
  return found;
}
