import type { TypeFact } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { reach } from "./sdk-match.ts";
import { typeValue } from "./type-value.ts";
import { type External, type ObjectValue, objectOf, stepFrom, type Value } from "./value.ts";

/** A declared type speaks only where nothing better is known of a value. */
export function withDeclaredType(ev: Evaluator, m: Module, value: Value, type: TypeFact | undefined): Value {
  if (type === undefined || !isVague(value)) return value;
  const declared = typeValue(ev, m, type);
  if (value.k === "ext" && value.steps.length === 0) return declared.k === "obj" ? globals(value, declared) : value;
  return declared.k === "unknown" ? value : declared;
}

/** `window as unknown as { client: Client }`: a global that an SDK is known by stays what it is. */
function globals(window: External, declared: ObjectValue): ObjectValue {
  const own = declared.entries.filter((entry) => "n" in entry && reach(stepFrom(window, entry.n)).length === 0);
  return objectOf([{ spread: window }, ...own]);
}

/** Nothing is known of the value but where it comes from: `return nullthrows(this.client)`. */
function isVague(value: Value): boolean {
  if (value.k === "unknown" || value.k === "typed") return true;
  // A constant of a package is told by its name.
  const isConstant = value.k === "ext" && value.pkg !== undefined && value.steps.every((s) => typeof s === "string");
  return value.k === "ext" && !isConstant && reach(value).length === 0;
}

/** `as` is believed also of what only holds a place: `{} as PostHog`, `null as unknown as PostHog`. */
export function withCast(ev: Evaluator, m: Module, value: Value, type: TypeFact): Value {
  const holdsPlace =
    value.k === "undef" || (value.k === "lit" && value.v === null) || (value.k === "obj" && value.entries.length === 0);
  if (!holdsPlace) return withDeclaredType(ev, m, value, type);
  const declared = typeValue(ev, m, type);
  return declared.k === "ext" || declared.k === "inst" ? declared : value;
}
