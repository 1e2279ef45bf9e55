import type { Payload, Property, StaticValue, TrackingCall } from "../calls/types.ts";
import { contains, type Range } from "../diagnostics/range.ts";
import {
  isDisguised,
  isPerson,
  isWholeRecord,
  type PersonalKind,
  personalKey,
  personalOrigin,
  personalPart,
  personalPlural,
} from "./naming/personal-data.ts";
import { alternativesOf, isUndefined, typeOf } from "./static-values.ts";

/** Personal data that a payload certainly or very probably carries. */
export interface PersonalValue {
  /** `email`, `user.email`; the first segment is the key of the payload. Empty where the whole payload is meant. */
  readonly path: string;
  readonly kind: PersonalKind | "record";
  /** Where the key is written; absent where it comes with a type or with something spread in. */
  readonly at?: Range | undefined;
  /** Of a record: the expression, as written. */
  readonly text?: string;
}

/** No payload that people write nests deeper. */
const DEEPEST = 4;

/** What a call sends as properties, and what wrappers on the way add to it. */
export function personalProperties(call: TrackingCall): readonly PersonalValue[] {
  const own = personalValues(call, call.properties);
  const added = valuesIn(call.added, "", undefined, () => true);
  return [...own, ...added.filter(({ path }) => own.every((one) => one.path !== path))];
}

export function personalTraits(call: TrackingCall): readonly PersonalValue[] {
  return personalValues(call, call.traits);
}

/** Finds personal data where key and value agree, or where the value itself comes from a person's. */
function personalValues(call: TrackingCall, payload: Payload): readonly PersonalValue[] {
  const around = payload.at === undefined ? [call.at] : [call.at, payload.at];
  const record = recordIn(payload);
  const whole = record === undefined ? [] : [{ path: "", kind: "record" as const, at: payload.at, text: record }];
  return [...whole, ...valuesIn(payload, "", undefined, (at) => around.some((one) => contains(one, at)))];
}

function valuesIn(
  shape: Payload,
  path: string,
  parent: string | undefined,
  isWritten: (at: Range) => boolean,
  depth = 0,
) {
  return shape.properties.flatMap((property): PersonalValue[] => {
    const { name, value } = property;
    const inner = path === "" ? name : `${path}.${name}`;
    const at = isWritten(property.at) ? property.at : undefined;
    const found = judge(property, parent);
    if (found !== undefined) return [{ path: inner, at, ...found }];
    if (depth >= DEEPEST) return [];
    const nested = alternativesOf(value).flatMap((one) => shapesOf(one));
    const deep = nested.flatMap((one) => valuesIn(one, inner, name, isWritten, depth + 1));
    return [...new Map(deep.map((one) => [one.path, { ...one, at: one.at ?? at }])).values()];
  });
}

/** An object, or those that an array is of. */
function shapesOf(value: StaticValue): Payload[] {
  if (value.kind === "object") return [value.shape];
  if (value.kind !== "array") return [];
  const items = value.items ?? (value.of === undefined ? [] : alternativesOf(value.of));
  return items.flatMap((item) => (item.kind === "object" ? [item.shape] : []));
}

function judge(
  { name, value }: Property,
  parent: string | undefined,
): Pick<PersonalValue, "kind" | "text"> | undefined {
  if (isUndefined(value) || isDisguised(name)) return undefined;
  const byKey = personalKey(name, parent);
  if (byKey !== undefined && isStringLike(value)) return { kind: byKey };
  const byPlural = personalPlural(name);
  if (byPlural !== undefined && isListOfTexts(value)) return { kind: byPlural };
  const byOrigin = kindByOrigin(value);
  if (byOrigin !== undefined) return { kind: byOrigin };
  const record = wholeRecord(name, value);
  return record === undefined ? undefined : { kind: "record", text: record };
}

/** May be a text that isn't written in the code, and nothing else but null and undefined. */
function isStringLike(value: StaticValue): boolean {
  const alternatives = alternativesOf(value).filter((one) => !["null", "undefined"].includes(typeOf(one) ?? ""));
  const fits = alternatives.every((one) => typeOf(one) === undefined || ["string", "date"].includes(typeOf(one) ?? ""));
  return fits && alternatives.some(isOpenText);
}

/** Results that are no text, and texts that are changed beyond recognition. */
const otherResult =
  /^!|^(?:Boolean|Number|parseInt)\(|\.length\b|\.size\b|[=!]==|typeof|\.(?:includes|test|some|every|has|startsWith|endsWith)\(|Count$|Domain$|\.split\(/;

function isOpenText(value: StaticValue): boolean {
  if (value.kind === "template") return value.parts.includes(null) && !isDisguised(value.origin ?? "");
  if (value.kind !== "unknown" && value.kind !== "type") return false;
  const origin = value.origin ?? "";
  return !isDisguised(origin) && !otherResult.test(origin);
}

function isListOfTexts(value: StaticValue): boolean {
  return alternativesOf(value).some((one) => {
    if (one.kind === "type") return one.type === "array" && isOpenText(one);
    if (one.kind !== "array") return false;
    const items = one.items ?? (one.of === undefined ? [] : alternativesOf(one.of));
    return items.some((item) => isStringLike(item));
  });
}

/** What is personal also as a part of a longer text. */
const readable: ReadonlySet<PersonalKind> = new Set(["email", "name", "phone"]);

function kindByOrigin(value: StaticValue): PersonalKind | undefined {
  const kinds = alternativesOf(value).map((one) => {
    if (one.kind === "template") {
      const part = one.origin === undefined ? undefined : personalPart(one.origin);
      return part !== undefined && readable.has(part) ? part : undefined;
    }
    const isText = one.kind === "unknown" || (one.kind === "type" && (one.type === "string" || one.type === "date"));
    return isText && one.origin !== undefined ? personalOrigin(one.origin) : undefined;
  });
  return kinds.find((kind) => kind !== undefined);
}

/** `body: req.body`, `user: session.user`. A bare `user` may be a name or an id. */
function wholeRecord(name: string, value: StaticValue): string | undefined {
  const records = alternativesOf(value).flatMap((one) => {
    const isOpen = one.kind === "unknown" || (one.kind === "type" && one.type === "object");
    const origin = isOpen ? one.origin : undefined;
    if (origin === undefined || !/[.?]/.test(origin) || !isWholeRecord(origin)) return [];
    return isPerson(name) || /\bbody$/.test(origin) ? [origin] : [];
  });
  return records[0];
}

/** What is spread in, or passed as a whole, where that is a record: the reason says it in backticks. */
function recordIn({ complete, openReason = "" }: Payload): string | undefined {
  const text = complete ? undefined : /^(?:spread of )?`([^`]+)`/.exec(openReason)?.[1];
  return text !== undefined && isWholeRecord(text) ? text : undefined;
}
