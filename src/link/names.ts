import type { EventName, EventPattern } from "../calls/types.ts";
import type { Evaluator } from "./evaluator.ts";
import { opened } from "./installed.ts";
import { typeOfParam } from "./param-type.ts";
import { rangeOfPlace, textOfExternal } from "./static-value.ts";
import { concatenate } from "./text-value.ts";
import { alternatives, type LiteralValue, type ParamValue, type Place, present, type Value } from "./value.ts";

/** What is known of a name. */
export interface Names {
  readonly events: readonly EventName[];
  readonly patterns: readonly EventPattern[];
  readonly unresolved: readonly string[];
  readonly dynamic: boolean;
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
    params,
  };
}

function named({ v, at, chosen }: LiteralValue, around: Place): EventName {
  if (chosen === undefined) return { value: String(v), at: rangeOfPlace(at ?? around) };
  return { value: String(v), at: rangeOfPlace(chosen.at), written: chosen.text };
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
