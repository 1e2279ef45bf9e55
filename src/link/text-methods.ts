import { argumentsOf } from "./call-result.ts";
import type { Evaluator } from "./evaluator.ts";
import { concatenate } from "./text-value.ts";
import { alternatives, type CallRef, type Place, unionOf, type Value, type ValueType } from "./value.ts";

/** Methods of texts whose result can be worked out, as far as text and arguments are literals. */
const TEXT_CHANGES: ReadonlyMap<string, (text: string, args: readonly string[]) => string> = new Map([
  ["toLowerCase", (text) => text.toLowerCase()],
  ["toUpperCase", (text) => text.toUpperCase()],
  ["trim", (text) => text.trim()],
  ["trimStart", (text) => text.trimStart()],
  ["trimEnd", (text) => text.trimEnd()],
  ["toString", (text) => text],
  ["replace", (text, [from = "", to = ""]) => text.replace(from, to)],
  ["replaceAll", (text, [from = "", to = ""]) => text.replaceAll(from, to)],
]);

/** What methods give that no other kind of value has, whatever they are called on. */
const UNMISTAKABLE: ReadonlyMap<string, ValueType> = new Map<string, ValueType>([
  ...["toLowerCase", "toUpperCase", "trim", "trimStart", "trimEnd", "toString", "replace", "replaceAll"].map(string),
  ...["toISOString", "toLocaleString", "toLocaleDateString", "toFixed", "toPrecision", "join"].map(string),
  ...["substring", "substr", "charAt", "padStart", "padEnd", "normalize", "toLocaleLowerCase"].map(string),
  ...["getTime", "indexOf", "charCodeAt", "localeCompare", "findIndex"].map(number),
  ...["includes", "startsWith", "endsWith", "some", "every"].map(boolean),
]);

/** What further methods give where the receiver is known to be a text. */
const OF_TEXT: ReadonlyMap<string, ValueType> = new Map([
  string("slice"),
  string("repeat"),
  string("concat"),
  string("at"),
]);

function string(name: string): [string, ValueType] {
  return [name, "string"];
}

function number(name: string): [string, ValueType] {
  return [name, "number"];
}

function boolean(name: string): [string, ValueType] {
  return [name, "boolean"];
}

/** A method of a text, a number, a date, or of something that isn't known; undefined where its name says nothing. */
export function methodOfText(ev: Evaluator, receiver: Value, name: string, ref: CallRef): Value | undefined {
  const at: Place = { m: ref.m, s: ref.m.facts.starts[ref.x] ?? 0, e: ref.m.facts.ends[ref.x] ?? 0 };
  if (name === "split") return { k: "list", items: [], more: { k: "typed", t: "string" } };
  const options = alternatives(receiver);
  const isText = options.every((v) => (v.k === "lit" && typeof v.v === "string") || v.k === "tpl" || isString(v));
  if (name === "concat" && isText) return concatenate([receiver, ...argumentsOf(ev, ref)], at);
  const type = UNMISTAKABLE.get(name) ?? (isText ? OF_TEXT.get(name) : undefined);
  const change = TEXT_CHANGES.get(name);
  const args = change && literalArguments(ev, ref);
  if (change === undefined || args === undefined) return type && { k: "typed", t: type, at };
  return unionOf(
    options.map((v): Value => {
      if (v.k === "lit" && v.v !== null) return { k: "lit", v: change(String(v.v), args), at: v.at };
      return { k: "typed", t: "string", at };
    }),
  );
}

function isString(value: Value): boolean {
  return value.k === "typed" && value.t === "string";
}

function literalArguments(ev: Evaluator, ref: CallRef): string[] | undefined {
  const args = argumentsOf(ev, ref).map((v) => (v.k === "lit" && typeof v.v === "string" ? v.v : undefined));
  return args.every((text) => text !== undefined) ? args : undefined;
}
