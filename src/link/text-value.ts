import { alternatives, type LiteralValue, type Place, present, unionOf, type Value } from "./value.ts";

/** Joins parts of a string: a literal once all parts are, else a template; few alternatives are multiplied out. */
export function concatenate(parts: readonly (string | Value)[], at: Place): Value {
  let variants: Variant[] = [{ parts: [] }];
  let choices = 0;
  for (const part of parts) {
    // What may be missing is guarded against, or it would not be part of a text.
    const options = typeof part === "string" ? [part] : alternatives(present(part));
    if (variants.length * options.length > 64) {
      variants = variants.map((variant) => ({ parts: append(variant.parts, { k: "typed", t: "string", at }) }));
      continue;
    }
    if (options.length > 1) choices += 1;
    variants = variants.flatMap((variant) =>
      options.map((option) => ({
        parts: append(variant.parts, typeof option === "string" ? option : inText(option)),
        chosen: variant.chosen ?? (options.length > 1 ? writtenElsewhere(option, at) : undefined),
      })),
    );
  }
  return unionOf(
    variants.map(({ parts: [only = "", ...rest], chosen }): Value => {
      if (typeof only !== "string" || rest.length > 0) return { k: "tpl", parts: [only, ...rest], at };
      return { k: "lit", v: only, at, ...(choices === 1 && chosen && { chosen }) };
    }),
  );
}

interface Variant {
  readonly parts: readonly (string | Value)[];
  readonly chosen?: LiteralValue["chosen"];
}

/** A text that stands outside of what is made of it: `<Button event="signup" />` of `click_${event}`. */
function writtenElsewhere(option: Value | string, into: Place): LiteralValue["chosen"] {
  if (typeof option === "string" || option.k !== "lit" || typeof option.v !== "string" || !option.at) return undefined;
  const { at } = option;
  const isInside = at.m === into.m && into.s <= at.s && at.e <= into.e;
  return isInside || option.v === "" ? undefined : { text: option.v, at };
}

function append(variant: readonly (string | Value)[], option: string | Value): (string | Value)[] {
  const last = variant.at(-1);
  if (typeof option === "string" && option === "") return [...variant];
  if (typeof option === "string" && typeof last === "string") return [...variant.slice(0, -1), last + option];
  if (typeof option !== "string" && option.k === "tpl")
    return option.parts.reduce<(string | Value)[]>((all, part) => append(all, part), [...variant]);
  return [...variant, option];
}

function inText(v: Value): string | Value {
  return v.k === "lit" ? String(v.v) : v.k === "undef" ? "undefined" : v;
}

/** `left + right`: a text as soon as one side is. */
export function sumOf(left: Value, right: Value, at: Place): Value {
  if (isText(left) || isText(right)) return concatenate([left, right], at);
  return isNumber(left) && isNumber(right) ? { k: "typed", t: "number", at } : { k: "unknown", at };
}

function isText(value: Value): boolean {
  return alternatives(value).every(
    (v) => (v.k === "lit" && typeof v.v === "string") || v.k === "tpl" || (v.k === "typed" && v.t === "string"),
  );
}

function isNumber(value: Value): boolean {
  return alternatives(value).every(
    (v) => (v.k === "lit" && typeof v.v === "number") || (v.k === "typed" && v.t === "number"),
  );
}
