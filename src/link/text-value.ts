import { alternatives, type Place, present, unionOf, type Value } from "./value.ts";

/** Joins parts of a string: a literal once all parts are, else a template; few alternatives are multiplied out. */
export function concatenate(parts: readonly (string | Value)[], at: Place): Value {
  let variants: (string | Value)[][] = [[]];
  for (const part of parts) {
    const options = typeof part === "string" ? [part] : expand(part);
    if (variants.length * options.length > 64) {
      variants = variants.map((variant) => append(variant, { k: "typed", t: "string", at }));
      continue;
    }
    variants = variants.flatMap((variant) => options.map((option) => append(variant, option)));
  }
  return unionOf(
    variants.map((variant): Value => {
      if (variant.length === 0) return { k: "lit", v: "", at };
      const [only] = variant;
      if (variant.length === 1 && typeof only === "string") return { k: "lit", v: only, at };
      return { k: "tpl", parts: variant, at };
    }),
  );
}

function append(variant: readonly (string | Value)[], option: string | Value): (string | Value)[] {
  const last = variant.at(-1);
  if (typeof option === "string" && option === "") return [...variant];
  if (typeof option === "string" && typeof last === "string") return [...variant.slice(0, -1), last + option];
  if (typeof option !== "string" && option.k === "tpl")
    return option.parts.reduce<(string | Value)[]>((all, part) => append(all, part), [...variant]);
  return [...variant, option];
}

function expand(part: Value): (string | Value)[] {
  // What may be missing is guarded against, or it would not be part of a text.
  return alternatives(present(part)).map((v) => (v.k === "lit" ? String(v.v) : v.k === "undef" ? "undefined" : v));
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
