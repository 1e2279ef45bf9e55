import type { Evaluator } from "./evaluator.ts";
import { exportOf } from "./exports.ts";
import { memberOf } from "./member.ts";
import { reach } from "./sdk-match.ts";
import { exportedType } from "./type-reference.ts";
import { type External, unionOf, type Value } from "./value.ts";

/** Kinds of values that tell more than the name of a constant does. */
const TELLING: ReadonlySet<Value["k"]> = new Set(["lit", "union", "tpl", "obj", "list", "map", "dict", "iface"]);

/**
 * A value with the constants, enums and declared types of installed packages opened. Only for what a tracking call
 * names: SDKs stay what they are, and the evaluator that looks for calls opens nothing.
 */
export function opened(ev: Evaluator, value: Value): Value {
  return open(ev, value, (found) => TELLING.has(found.k));
}

/** The same, where it is enough to know that something is a text or a number. */
export function openedType(ev: Evaluator, value: Value): Value {
  return open(ev, value, (found) => TELLING.has(found.k) || found.k === "typed");
}

function open(ev: Evaluator, value: Value, tells: (found: Value) => boolean): Value {
  if (ev.among === ev) return value;
  if (value.k === "union") return unionOf(value.of.map((v) => open(ev, v, tells)));
  const found = value.k === "ext" ? installed(ev, value) : undefined;
  return found && tells(found) ? found : value;
}

function installed(ev: Evaluator, value: External): Value | undefined {
  const { pkg, from, steps } = value;
  if (pkg === undefined || from === undefined || steps.length === 0 || reach(value).length > 0) return undefined;
  const made = steps.findIndex((step) => typeof step !== "string");
  const path = steps.slice(0, made < 0 ? undefined : made).filter((step) => typeof step === "string");
  const members = made < 0 ? [] : steps.slice(made + 1).filter((step) => typeof step === "string");
  const isType = made >= 0 && isOfType(steps[made]);
  if (made >= 0 && (!isType || members.length !== steps.length - made - 1)) return undefined;
  const [, name = pkg, subpath = ""] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(pkg) ?? [];
  const m = ev.world.installed(name, subpath, from);
  if (m === undefined) return undefined;
  const [first = "", ...rest] = path;
  let found = isType ? exportedType(ev, m, path) : exportOf(ev, m, first);
  for (const step of isType ? members : rest) found = memberOf(ev, found, step);
  return found;
}

/** The step that a declared type leaves: something made, nobody knows how. */
function isOfType(step: External["steps"][number] | undefined): boolean {
  return step !== undefined && typeof step !== "string" && step.created === true && step.call === undefined;
}
