import type { EventPattern, StaticType, StaticValue } from "../calls/types.ts";

type Literal = Extract<StaticValue, { kind: "literal" }>;

/** The alternatives of a value, unions opened; a value that is no union is its only alternative. */
export function alternativesOf(value: StaticValue): readonly StaticValue[] {
  return value.kind === "union" ? value.of.flatMap(alternativesOf) : [value];
}

/** The literals among the alternatives. */
export function literalsOf(value: StaticValue): readonly Literal[] {
  return alternativesOf(value).filter((one) => one.kind === "literal");
}

/** The literals, where every alternative is one; undefined where something else is possible. */
export function onlyLiterals(value: StaticValue): readonly Literal[] | undefined {
  const literals = literalsOf(value);
  return literals.length > 0 && literals.length === alternativesOf(value).length ? literals : undefined;
}

/** True where every alternative is `undefined`: the value is certainly not sent. */
export function isUndefined(value: StaticValue): boolean {
  return alternativesOf(value).every((one) => typeOf(one) === "undefined");
}

/** True where `undefined` is among the known alternatives. An unknown value is not known to be possibly undefined. */
export function mayBeUndefined(value: StaticValue): boolean {
  return alternativesOf(value).some((one) => typeOf(one) === "undefined");
}

/** True where `null` is among the known alternatives. */
export function mayBeNull(value: StaticValue): boolean {
  return alternativesOf(value).some((one) => typeOf(one) === "null");
}

/** The types of the known alternatives, each once; unknown alternatives give none. */
export function typesOf(value: StaticValue): readonly StaticType[] {
  const types = alternativesOf(value)
    .map(typeOf)
    .filter((type) => type !== undefined);
  return [...new Set(types)];
}

/** False where some alternative is unknown. */
export function isKnown(value: StaticValue): boolean {
  return alternativesOf(value).every((one) => one.kind !== "unknown");
}

/** The type of one alternative; undefined where it is unknown. */
export function typeOf(value: StaticValue): StaticType | undefined {
  switch (value.kind) {
    case "literal":
      return value.value === null ? "null" : (typeof value.value as "string" | "number" | "boolean");
    case "type":
      return value.type;
    case "template":
      return "string";
    case "undefined":
    case "object":
    case "array":
      return value.kind;
    default:
      return undefined;
  }
}

/** A value as a message shows it: `"free"`, `string`, `"ord_…"`, `null`. */
export function describeValue(value: StaticValue): string {
  switch (value.kind) {
    case "literal":
      return shorten(JSON.stringify(value.value));
    case "template":
      return shorten(JSON.stringify(describeParts(value.parts)));
    case "union":
      return alternativesOf(value).map(describeValue).join(" | ");
    case "unknown":
      return value.origin ?? "something unknown";
    case "type":
      return value.type;
    default:
      return value.kind;
  }
}

/** A template or pattern as a message shows it: `Viewed …`. */
export function describeParts(parts: EventPattern["parts"]): string {
  return parts.map((part) => part ?? "…").join("");
}

/** A name with `*` for any text, as the parts that `canRead` takes. */
export function wildcardParts(text: string): EventPattern["parts"] {
  return text.split("*").flatMap((part, index) => (index === 0 ? [part] : [null, part]));
}

/** True where the unknown parts of a template or pattern can be filled so that it reads `text`. */
export function canRead(parts: EventPattern["parts"], text: string): boolean {
  const [first = null] = parts;
  const last = parts.at(-1) ?? null;
  if (parts.length === 1) return first === null || first === text;
  let from = first?.length ?? 0;
  const to = text.length - (last?.length ?? 0);
  if (from > to || !text.startsWith(first ?? "") || !text.endsWith(last ?? "")) return false;
  // The parts between must occur in order: taking each as early as possible leaves the most room for the rest.
  for (const part of parts.slice(1, -1)) {
    const found = part === null ? from : text.indexOf(part, from);
    if (found === -1 || found + (part?.length ?? 0) > to) return false;
    from = found + (part?.length ?? 0);
  }
  return true;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
