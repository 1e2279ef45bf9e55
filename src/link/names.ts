import type { EventName, EventPattern } from "../calls/types.ts";
import type { ExprId } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import { opened } from "./installed.ts";
import type { Module } from "./module.ts";
import { typeOfParam } from "./param-type.ts";
import { rangeOfPlace, textOfExternal } from "./static-value.ts";
import { concatenate } from "./text-value.ts";
import type { Arrival } from "./trace.ts";
import {
  alternatives,
  type LiteralValue,
  type ParamValue,
  type Place,
  present,
  type Step,
  UNDEFINED,
  type Value,
} from "./value.ts";

/** What is known of a name. */
export interface Names {
  readonly events: readonly EventName[];
  readonly patterns: readonly EventPattern[];
  readonly unresolved: readonly string[];
  readonly dynamic: boolean;
  /** What stands in the name's place is none, whatever it holds: an object, a list, a function. */
  readonly nameIsNone?: true;
  /** Parameters that the name depends on: their functions are wrappers. */
  readonly params: readonly ParamValue[];
}

/**
 * The names that a value may be.
 *
 * @param at where the name's expression stands, for names that have no place of their own
 * @param useDeclared whether a parameter's declared type speaks for it, because no caller does
 */
export function namesOf(ev: Evaluator, value: Value | undefined, at: Place, useDeclared: boolean): Names {
  const events = new Map<string, EventName>();
  const patterns = new Map<string, EventPattern>();
  const unresolved = new Set<string>();
  const params: ParamValue[] = [];
  let dynamic = value === undefined;
  const visit = (v: Value): void => {
    switch (v.k) {
      case "union":
        v.of.forEach(visit);
        return;
      case "lit":
        if (v.v === null || typeof v.v === "boolean") return;
        if (!events.has(String(v.v))) events.set(String(v.v), named(v, at));
        return;
      case "undef":
        return;
      case "tpl": {
        const known = useDeclared ? withDeclared(ev, v) : v;
        if (known.k !== "tpl") {
          visit(known);
          return;
        }
        const parts = v.parts.map((p) => (typeof p === "string" ? p : null));
        for (const part of v.parts) if (typeof part !== "string") params.push(...paramsIn(part));
        patterns.set(parts.join("\0"), { parts: mergeNulls(parts), at: rangeOfPlace(v.at) });
        dynamic = true;
        return;
      }
      case "param": {
        params.push(v);
        const declared = useDeclared ? typeOfParam(ev, v) : undefined;
        if (declared && alternatives(declared).some((d) => d.k === "tpl" || (d.k === "lit" && typeof d.v === "string")))
          visit(declared);
        else dynamic = true;
        return;
      }
      case "ext": {
        const known = opened(ev, v);
        if (known !== v) {
          visit(known);
          return;
        }
        if (v.pkg !== undefined && v.steps.every((step) => typeof step === "string") && v.steps.length > 0)
          unresolved.add(textOfExternal(v));
        dynamic = true;
        return;
      }
      case "unknown":
        dynamic ||= !v.brought;
        return;
      default:
        dynamic = true;
    }
  };
  if (value) visit(value);
  return {
    events: [...events.values()],
    patterns: [...patterns.values()],
    unresolved: [...unresolved].sort(),
    dynamic: dynamic || (events.size === 0 && patterns.size === 0),
    ...(isNone(ev, value) && { nameIsNone: true as const }),
    params,
  };
}

function named({ v, at, chosen }: LiteralValue, around: Place): EventName {
  if (chosen === undefined) return { value: String(v), at: rangeOfPlace(at ?? around) };
  return { value: String(v), at: rangeOfPlace(chosen.at), written: chosen.text };
}

/** Functions of packages that make a whole message, name and all: `track(clickedBuy({ artwork }))`. */
export function messageMakers({ layout, args, route }: Arrival, name: Value | undefined): string[] {
  const place = layout.roles.event;
  const [first] = route.legs;
  const call = first?.m.expr(first.call.x);
  const message = place === undefined || place.path === "" ? undefined : args.values[place.arg];
  const isArgument = (made: Step) =>
    typeof made !== "string" && made.call?.m === first?.m && call?.k === "call" && call.a.includes(made.call?.x ?? -1);
  const makers = [
    ...alternatives(message ?? UNDEFINED).filter(
      (v) => v.k === "ext" && v.steps.some((step) => typeof step !== "string"),
    ),
    // A wrapper that reads the name of the message: `send(clickedBuy({ artwork }))`.
    ...alternatives(name ?? UNDEFINED).filter((v) => v.k === "ext" && v.steps.slice(0, -1).some(isArgument)),
  ].flatMap((v) => {
    if (v.k !== "ext" || v.pkg === undefined) return [];
    const end = v.steps.findIndex((step) => typeof step !== "string");
    return [`${v.pkg}#${v.steps.slice(0, end).join(".")}()`];
  });
  return [...new Set(makers)].sort();
}

/** Whether a name is a parameter of a function that others may call, as a component's props are. */
export function isGiven(ev: Evaluator, m: Module, written: ExprId | undefined): boolean {
  if (written === undefined || !isWhole(m, written)) return false;
  return alternatives(ev.value(m, written)).every((v) => v.k === "param" && isCalledByName(v));
}

/** A value that a function reads out of what it is given is its own choice, `element.innerText`; `props.event` is not. */
function isWhole(m: Module, x: ExprId): boolean {
  const expr = m.expr(x);
  if (expr.k === "spread" || expr.k === "as") return isWhole(m, expr.x);
  return expr.k === "id" || (expr.k === "mem" && /^(?:this\.)?props$/.test(m.textOf(expr.o, 20)));
}

/** `onChange={(value) => track(value)}` is called by what it is handed to, and with anything. */
function isCalledByName({ m, fn }: ParamValue): boolean {
  const fact = m.facts.functions[fn];
  if (fact === undefined) return true;
  return fact.name !== "" && !/^on[A-Z]/.test(fact.name) && (fact.argOf === undefined || fact.argOf.key !== undefined);
}

const NEVER_A_NAME: ReadonlySet<string> = new Set(["object", "array", "function", "date", "boolean"]);

function isNone(ev: Evaluator, value: Value | undefined): boolean {
  if (value === undefined) return false;
  const declared = value.k === "param" ? (typeOfParam(ev, value) ?? value) : value;
  const all = alternatives(declared).filter(({ k }) => k !== "undef");
  return (
    all.length > 0 &&
    all.every(
      (one) =>
        (one.k === "obj" && one.isEnum !== true && one.entries.length > 0) ||
        one.k === "list" ||
        one.k === "fn" ||
        (one.k === "typed" && NEVER_A_NAME.has(one.t)),
    )
  );
}

/** A template whose parameters are one of a few texts, because their type or the table that they are looked up in says so. */
function withDeclared(ev: Evaluator, template: Value & { k: "tpl" }): Value {
  const parts = template.parts.map((part) => {
    const declared = typeof part !== "string" && part.k === "param" ? typeOfParam(ev, part) : undefined;
    return declared && alternatives(present(declared)).every((v) => v.k === "lit") ? declared : part;
  });
  return parts.some((part, index) => part !== template.parts[index]) ? concatenate(parts, template.at) : template;
}

/** The parameters that a value depends on. */
export function paramsIn(value: Value | undefined): ParamValue[] {
  if (value === undefined) return [];
  if (value.k === "param") return [value];
  if (value.k === "union") return value.of.flatMap(paramsIn);
  if (value.k === "tpl") return value.parts.flatMap((part) => (typeof part === "string" ? [] : paramsIn(part)));
  return [];
}

function mergeNulls(parts: readonly (string | null)[]): (string | null)[] {
  return parts.filter((part, index) => part !== null || parts[index - 1] !== null);
}
