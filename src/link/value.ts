import type { BindingId, ClassId, ExprId, FunctionId, TypeFact } from "../facts/types.ts";
import type { Module } from "./module.ts";

/** A stretch of a module's text, in offsets. */
export interface Place {
  readonly m: Module;
  readonly s: number;
  readonly e: number;
}

/** The arguments that a function was entered with, and those of the functions around it. */
export interface Env {
  readonly m: Module;
  readonly fn: FunctionId;
  readonly args: readonly Value[];
  readonly self?: Value | undefined;
  readonly parent?: Env | undefined;
  /** Calls on the way here: bounds recursion. */
  readonly depth: number;
}

/** A call whose arguments may be asked for later: that of a constructor, a factory, a builder. */
export interface CallRef {
  readonly m: Module;
  readonly x: ExprId;
  readonly env: Env | undefined;
}

/** How a value of a package or a global was reached: by member, by call, by construction. */
export type Step = string | { readonly call: CallRef | undefined; readonly created?: true };

/** Something that is not of this repository: `posthog-js` `default` `init`. */
export interface External {
  readonly k: "ext";
  /** Package with subpath; undefined for a global. */
  readonly pkg: string | undefined;
  /** The file that imports it. */
  readonly from?: Module | undefined;
  readonly steps: readonly Step[];
  /** A global reached through `window` or its like. */
  readonly viaWindow?: true | undefined;
  readonly at?: Place | undefined;
  /** A method with arguments that `bind` gave it. */
  readonly bound?: readonly Value[] | undefined;
  /** A method that is called by its `call` or `apply`. */
  readonly through?: "call" | "apply" | undefined;
}

export interface Field {
  readonly n: string;
  readonly v: Value;
  readonly at: Place;
  /** Some path leaves the key out. */
  readonly optional?: true | undefined;
  /** A getter: `v` is the function. */
  readonly get?: true | undefined;
}

/** What an expression may be, told without running it. */
export type Value =
  | LiteralValue
  | { readonly k: "undef" }
  | { readonly k: "union"; readonly of: readonly Value[] }
  | { readonly k: "tpl"; readonly parts: readonly (string | Value)[]; readonly at: Place }
  | ObjectValue
  | ListValue
  | MapValue
  /** An object with any keys, by what they hold. */
  | { readonly k: "dict"; readonly of: Value }
  | FunctionValue
  | { readonly k: "cls"; readonly m: Module; readonly c: ClassId; readonly env?: Env | undefined }
  | InstanceValue
  | { readonly k: "ns"; readonly m: Module }
  | External
  | ParamValue
  | InterfaceValue
  /** Of functions, `of` is the type where it is known. */
  | { readonly k: "typed"; readonly t: ValueType; readonly at?: Place | undefined; readonly of?: FunctionType }
  /** `brought`: it is what a spread of something unknown may bring under a key, if it has that key at all. */
  | { readonly k: "unknown"; readonly at?: Place | undefined; readonly brought?: true };

export type ValueType = "string" | "number" | "boolean" | "object" | "array" | "function" | "date" | "null";

export interface LiteralValue {
  readonly k: "lit";
  readonly v: string | number | boolean | null;
  readonly at?: Place | undefined;
  /** Of a text made of several: the one of them that tells it from others made in the same place. */
  readonly chosen?: { readonly text: string; readonly at: Place } | undefined;
}

export interface ObjectValue {
  readonly k: "obj";
  /** The table of an enum, which is read by name and by number. */
  readonly isEnum?: true | undefined;
  /** In order; a later entry hides an earlier one. A spread is a value whose keys are not known. */
  readonly entries: readonly (Field | { readonly spread: Value })[];
  readonly at?: Place | undefined;
}

/** What type parameters stand for. */
export type TypeArguments = ReadonlyMap<BindingId, Value>;

/** Something that has this interface or object type of the repository. */
export interface InterfaceValue {
  readonly k: "iface";
  readonly m: Module;
  readonly b: BindingId;
  readonly args?: TypeArguments | undefined;
}

export interface FunctionType {
  readonly m: Module;
  readonly type: TypeFact & { k: "fn" };
  readonly args?: TypeArguments | undefined;
}

export interface ListValue {
  readonly k: "list";
  readonly items: readonly Value[];
  /** What further items are; absent where the items are all. */
  readonly more?: Value | undefined;
}

/** A `Map`, by what it holds. */
export interface MapValue {
  readonly k: "map";
  readonly of: Value;
}

export interface FunctionValue {
  readonly k: "fn";
  readonly m: Module;
  readonly fn: FunctionId;
  readonly env?: Env | undefined;
  readonly self?: Value | undefined;
  /** Arguments given by `bind`. */
  readonly bound?: readonly Value[] | undefined;
}

export interface InstanceValue {
  readonly k: "inst";
  readonly m: Module;
  readonly c: ClassId;
  /** How it was made; undefined where only its type is known. */
  readonly args?: readonly Value[] | undefined;
  /** Calls on the way to where it was made: bounds objects that make each other. */
  readonly calls?: number | undefined;
  /** Only declared to be of the class: its fields may have got other values since. */
  readonly declared?: true | undefined;
  /** What `this` is in its methods, where `super` sees an object as one of its parent. */
  readonly self?: InstanceValue | undefined;
}

/** What a caller passes. */
export interface ParamValue {
  readonly k: "param";
  readonly m: Module;
  readonly fn: FunctionId;
  readonly index: number;
  readonly path: readonly string[];
  /** Not undefined or null, as after `??`. */
  readonly present?: true | undefined;
  /** Read with `?.`: missing where something on the way is. */
  readonly chained?: true | undefined;
  /** The rest of it without these keys. */
  readonly without?: readonly string[] | undefined;
  /** The parameter collects the rest of the arguments. */
  readonly rest?: true | undefined;
  /** A text of this table, of which the parameter is the key; `path` leads into an entry. */
  readonly lookup?: { readonly table: ObjectValue; readonly path: readonly string[] } | undefined;
  readonly at?: Place | undefined;
}

export const UNDEFINED: Value = { k: "undef" };
export const UNKNOWN: Value = { k: "unknown" };

/** How many alternatives are kept apart: an enum of all events may be long. */
const MAX_UNION = 1024;

/** Joins alternatives: nested unions are flattened, equal literals are one, too many are unknown. */
export function unionOf(values: readonly Value[]): Value {
  const [only] = values;
  if (only !== undefined && values.length === 1) return only;
  const flat: Value[] = [];
  const seen = new Set<unknown>();
  const add = (value: Value): void => {
    if (value.k === "union") {
      value.of.forEach(add);
      return;
    }
    const key = identity(value);
    if (seen.has(key)) return;
    seen.add(key);
    flat.push(value);
  };
  values.forEach(add);
  if (flat.length === 1) return flat[0] as Value;
  if (flat.length === 0) return UNDEFINED;
  return flat.length > MAX_UNION ? commonType(flat) : { k: "union", of: flat };
}

/** What many alternatives have in common. */
function commonType(values: readonly Value[]): Value {
  const types = new Set(
    values.map((v) => (v.k === "lit" ? typeof v.v : v.k === "typed" ? v.t : v.k === "tpl" ? "string" : "")),
  );
  const [type] = types;
  return types.size === 1 && (type === "string" || type === "number") ? { k: "typed", t: type } : UNKNOWN;
}

/** Equal for values that are the same alternative. */
export function identity(value: Value): unknown {
  switch (value.k) {
    case "lit":
      return `${typeof value.v}:${value.v}`;
    case "undef":
      return "undefined";
    case "typed":
      return value.of ? value : `type:${value.t}`;
    case "fn":
      return value.env || value.bound ? value : `fn:${value.m.path}:${value.fn}`;
    case "cls":
      return `class:${value.m.path}:${value.c}`;
    case "inst":
      return value.args || value.self ? value : `instance${value.declared ? "?" : ""}:${value.m.path}:${value.c}`;
    case "param":
      if (value.lookup) return value.lookup.table;
      return `param:${value.m.path}:${value.fn}:${value.index}:${value.path.join(".")}:${value.without?.join() ?? ""}`;
    case "ext":
      return value.steps.every((step) => typeof step === "string") && !value.bound && !value.through
        ? `ext:${value.pkg ?? ""}:${value.steps.join(".")}`
        : value;
    default:
      return value;
  }
}

/** One step further from something of a package. */
export function stepFrom({ pkg, from, steps, viaWindow, at }: External, ...further: readonly Step[]): External {
  return { k: "ext", pkg, from, steps: [...steps, ...further], viaWindow, at };
}

/** The alternatives of a value, itself where it is none. */
export function alternatives(value: Value): readonly Value[] {
  return value.k === "union" ? value.of : [value];
}

/** Without `undefined` and `null`, as after `?.`; undefined where nothing is left. */
export function present(value: Value): Value {
  if (value.k !== "union") return value;
  const rest = value.of.filter((v) => v.k !== "undef" && !(v.k === "lit" && v.v === null));
  return rest.length === value.of.length ? value : unionOf(rest);
}

type Entry = ObjectValue["entries"][number];

/** Builds an object: what is spread in is merged where it is known, what is surely written over is left out. */
export function objectOf(entries: readonly Entry[], at?: Place): ObjectValue {
  const into = new Entries();
  for (const entry of entries) {
    if ("spread" in entry) spreadInto(into, entry.spread);
    else into.add(entry);
  }
  return { k: "obj", entries: into.list, at };
}

/** Entries of an object in order, as few as possible: objects are spread into each other many times over. */
class Entries {
  #list: (Entry | undefined)[] = [];
  readonly #places = new Map<string, number[]>();
  readonly #spreads = new Map<unknown, number>();
  #lastSpread = -1;

  get list(): Entry[] {
    return this.#list.filter((entry) => entry !== undefined);
  }

  add(field: Field): void {
    const places = this.#places.get(field.n) ?? [];
    const last = places.at(-1);
    const before = last === undefined ? undefined : this.#list[last];
    if (!field.optional) {
      for (const place of places) this.#list[place] = undefined;
      this.#places.set(field.n, [this.#list.length]);
    } else if (last !== undefined && last > this.#lastSpread && before && "n" in before) {
      // Either of them may be what is there.
      this.#list[last] = { ...field, v: unionOf([before.v, field.v]), optional: before.optional };
      return;
    } else this.#places.set(field.n, [...places, this.#list.length]);
    this.#list.push(field);
  }

  /** The same thing spread in again hides what it brought before. */
  addSpread(spread: Value): void {
    const key = identity(spread);
    const before = this.#spreads.get(key);
    if (before !== undefined) this.#list[before] = undefined;
    this.#lastSpread = this.#list.length;
    this.#spreads.set(key, this.#lastSpread);
    this.#list.push({ spread });
  }
}

function spreadInto(into: Entries, value: Value): void {
  if (value.k === "obj") {
    for (const entry of value.entries) {
      if ("spread" in entry) into.addSpread(entry.spread);
      else into.add(entry);
    }
    return;
  }
  if (value.k === "undef" || (value.k === "lit" && typeof value.v !== "string")) return;
  if (value.k !== "union") {
    into.addSpread(value);
    return;
  }
  // `...(x && { a })`, `...(x ? { a } : { b })`: a key that some alternative lacks is optional.
  const count = new Map<string, number>();
  const objects = value.of.filter((v): v is ObjectValue => v.k === "obj");
  for (const object of objects) {
    const names = new Set(object.entries.flatMap((e) => ("spread" in e || e.optional ? [] : [e.n])));
    for (const name of names) count.set(name, (count.get(name) ?? 0) + 1);
  }
  const opaque: Value[] = value.of.filter((v) => v.k !== "obj" && v.k !== "undef" && v.k !== "lit" && v.k !== "typed");
  const byName = new Map<string, Field>();
  for (const object of objects) {
    for (const entry of object.entries) {
      if ("spread" in entry) {
        opaque.push(entry.spread);
        continue;
      }
      const optional = entry.optional || count.get(entry.n) !== value.of.length ? true : undefined;
      const before = byName.get(entry.n);
      byName.set(entry.n, {
        ...entry,
        v: before ? unionOf([before.v, entry.v]) : entry.v,
        ...(optional && { optional }),
      });
    }
  }
  for (const spread of opaque) into.addSpread(spread);
  for (const field of byName.values()) into.add(field);
}
