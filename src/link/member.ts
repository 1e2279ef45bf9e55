import { invoke } from "./call-result.ts";
import type { Evaluator } from "./evaluator.ts";
import { exportOf } from "./exports.ts";
import { implementationsOf } from "./implementations.ts";
import { memberOfInstance, staticMember } from "./instance-member.ts";
import { chosenFrom } from "./lookup.ts";
import { typeOfParam } from "./param-type.ts";
import { hasMethod, reach } from "./sdk-match.ts";
import { declaredMember } from "./type-value.ts";
import {
  alternatives,
  type External,
  type Field,
  type InterfaceValue,
  type ObjectValue,
  objectOf,
  type ParamValue,
  present,
  stepFrom,
  UNDEFINED,
  UNKNOWN,
  unionOf,
  type Value,
} from "./value.ts";

/** Stands for a member whose name is not known. */
export const ANY_MEMBER = "*";

/** `value.name`. */
export function memberOf(ev: Evaluator, value: Value, name: string): Value {
  return ev.deeper(() => member(ev, value, name));
}

function member(ev: Evaluator, value: Value, name: string): Value {
  switch (value.k) {
    case "union":
      return unionOf(
        present(value) === value ? value.of.map((v) => memberOf(ev, v, name)) : [memberOf(ev, present(value), name)],
      );
    case "obj":
      return fieldOf(ev, value, name);
    case "ns":
      return exportOf(ev, value.m, name);
    case "ext":
      return memberOfExternal(value, name);
    case "inst":
      return memberOfInstance(ev, value, name);
    case "cls":
      return staticMember(ev, value, name);
    case "param":
      return value.lookup ? memberOf(ev, typeOfParam(ev, value), name) : memberOfParam(ev, value, name);
    case "iface":
      return memberOfInterface(ev, value, name);
    case "list":
      if (name === "length") return value.more ? { k: "typed", t: "number" } : { k: "lit", v: value.items.length };
      return /^\d+$/.test(name) ? elementOf(ev, value, { k: "lit", v: Number(name) }) : UNKNOWN;
    case "dict":
      return unionOf([value.of, UNDEFINED]);
    case "fn":
      return name === "bind" || name === "call" || name === "apply" ? value : UNKNOWN;
    case "lit":
    case "tpl":
    case "typed":
      return name === "length" ? { k: "typed", t: "number" } : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

function memberOfExternal(value: External, name: string): Value {
  if (isNamespaceDefault(value, name)) return value;
  // Functions of SDKs are called by their `call` and `apply` too.
  if ((name === "call" || name === "apply") && reach(value).length > 0) return { ...value, through: name };
  return stepFrom(value, name);
}

/** `import * as x` and `require` of a module whose default export is the thing itself. */
function isNamespaceDefault(value: Value & { k: "ext" }, name: string): boolean {
  return name === "default" && value.pkg !== undefined && value.steps.at(-1) === "default";
}

/** A key of an object: the last entry that has it wins; an optional one leaves the earlier ones possible. */
export function fieldOf(ev: Evaluator, object: ObjectValue, name: string): Value {
  const values: Value[] = [];
  let certain = false;
  for (let i = object.entries.length - 1; i >= 0 && !certain; i -= 1) {
    const entry = object.entries[i];
    if (entry === undefined) continue;
    if ("spread" in entry) {
      const value = memberOf(ev, entry.spread, name);
      values.push(isOpen(entry.spread) ? { k: "unknown", brought: true } : value);
    } else if (entry.n === name) {
      const value: Value =
        entry.get && entry.v.k === "fn" ? invoke(ev, { ...entry.v, self: object }, []) : bindSelf(entry.v, object);
      values.push(value);
      certain = !entry.optional;
    }
  }
  if (values.length === 0) return UNDEFINED;
  // What a spread may bring is weaker than what is written down.
  if (certain && values.length > 1) {
    const written = values.at(-1);
    const isTold = (v: Value) => v === written || (v.k !== "unknown" && v.k !== "param");
    return unionOf(values.filter((v) => v.k !== "undef" && isTold(v)));
  }
  const onlySpreads = values.every((v) => v.k === "param" || v.k === "unknown");
  return unionOf(certain || onlySpreads ? values : [...values, UNDEFINED]);
}

/** Something of which no key is known: of a record only the type of its values is. */
function isOpen(value: Value): boolean {
  const options = alternatives(value);
  return (
    options.some(({ k }) => k === "dict" || k === "unknown") &&
    options.every(
      (v) => v.k === "dict" || v.k === "unknown" || v.k === "undef" || (v.k === "obj" && v.entries.length === 0),
    )
  );
}

/** A method taken from an object runs with that object as `this`. */
function bindSelf(value: Value, self: Value): Value {
  return value.k === "fn" && value.self === undefined ? { ...value, self } : value;
}

/** A part of a parameter stays a parameter, unless its declared type leads to code or to an SDK. */
function memberOfParam(ev: Evaluator, value: ParamValue, name: string): Value {
  const declared = typeOfParam(ev.among, value);
  for (const option of alternatives(declared)) {
    if (option.k === "inst" || option.k === "cls") return memberOf(ev, option, name);
    if (option.k === "ext" && hasMethod(option, name)) return memberOf(ev, option, name);
    if (option.k === "iface") {
      const member = memberOfInterface(ev, option, name);
      if (alternatives(member).some((v) => v.k === "fn" || v.k === "inst" || v.k === "ext")) return member;
    }
  }
  return partOfParam(value, name);
}

function partOfParam({ present: _, without: __, ...whole }: ParamValue, name: string): ParamValue {
  return { ...whole, path: [...whole.path, name] };
}

/** A member that an interface declares: those of the classes and objects that implement it, else its declared type. */
export function memberOfInterface(ev: Evaluator, value: InterfaceValue, name: string): Value {
  // An implementation may be made of another one, `{ ...base }`: remembering the answer also stops at the circle.
  const implemented = ev.remember("member", value.m, `${value.b}.${name}`, () => {
    const members = implementationsOf(ev, value).map((implementation) => memberOf(ev, implementation, name));
    const useful = members.filter((v) => v.k !== "undef" && v.k !== "unknown");
    return useful.length > 0 ? unionOf(useful) : UNKNOWN;
  });
  return implemented.k === "unknown" ? (declaredMember(ev, value, name) ?? UNKNOWN) : implemented;
}

/** `value[key]`. */
export function elementOf(ev: Evaluator, value: Value, key: Value): Value {
  if (value.k === "union") return unionOf(value.of.map((v) => elementOf(ev, v, key)));
  if (key.k === "union") return unionOf(key.of.map((k) => elementOf(ev, value, k)));
  if (value.k === "obj" && value.isEnum && isNumber(key)) return namesOfEnum(value, key);
  if (key.k === "lit" && key.v !== null && typeof key.v !== "boolean") {
    if (value.k === "list" && typeof key.v === "number") {
      const item = value.items[key.v];
      return item ?? (value.more ? value.more : value.items.length > 0 ? UNDEFINED : UNKNOWN);
    }
    return memberOf(ev, value, String(key.v));
  }
  if (key.k === "param") {
    const names = typeOfParam(ev, key);
    if (alternatives(names).every((v) => v.k === "lit")) return chosenFrom(value, key, elementOf(ev, value, names));
  }
  // A lookup with an unknown key gives one of the values of a table, or nothing.
  if (value.k === "obj" && value.entries.length > 0) {
    const any = value.entries.map((e) => ("n" in e ? e.v : elementOf(ev, e.spread, key)));
    return chosenFrom(value, key, unionOf([...any, UNDEFINED]));
  }
  if (value.k === "list")
    return value.items.length + (value.more ? 1 : 0) > 0
      ? unionOf([...value.items, ...(value.more ? [value.more] : [])])
      : UNKNOWN;
  if (value.k === "map") return { k: "list", items: [UNKNOWN, value.of] };
  if (value.k === "dict") return unionOf([value.of, UNDEFINED]);
  if (value.k === "param") return partOfParam(value, ANY_MEMBER);
  return value.k === "ext" ? stepFrom(value, ANY_MEMBER) : UNKNOWN;
}

function isNumber(key: Value): boolean {
  return key.k === "lit" ? typeof key.v === "number" : key.k === "typed" && key.t === "number";
}

/** `Event[1]` is the name of the member with that number. */
function namesOfEnum(table: ObjectValue, key: Value): Value {
  const names = table.entries.flatMap((entry): Value[] => {
    const isMeant = "n" in entry && entry.v.k === "lit" && (key.k !== "lit" || entry.v.v === key.v);
    return isMeant ? [{ k: "lit", v: entry.n, at: entry.at }] : [];
  });
  return names.length > 0 ? unionOf(names) : UNDEFINED;
}

/** Some keys of an object, as `pick` takes them. */
export function pickOf(ev: Evaluator, value: Value, names: readonly string[]): Value {
  if (value.k === "union") return unionOf(value.of.map((v) => pickOf(ev, v, names)));
  if (value.k !== "obj") return UNKNOWN;
  const fields = value.entries.filter((e): e is Field => "n" in e);
  const isClosed = fields.length === value.entries.length;
  const picked = names.flatMap((n): Field[] => {
    const own = fields.filter((field) => field.n === n);
    const at = own.at(-1)?.at ?? value.at;
    return isClosed || at === undefined ? own : [{ n, v: fieldOf(ev, value, n), at }];
  });
  return objectOf(picked, value.at);
}

/** An object without some keys, as `{ a, ...rest }` leaves it. */
export function restOf(value: Value, without: readonly string[]): Value {
  if (value.k === "union") return unionOf(value.of.map((v) => restOf(v, without)));
  if (value.k === "obj")
    return objectOf(
      value.entries.flatMap((e): (typeof e)[] => {
        if ("n" in e) return without.includes(e.n) ? [] : [e];
        return [{ spread: restOf(e.spread, without) }];
      }),
      value.at,
    );
  if (value.k === "param") return { ...value, without: [...(value.without ?? []), ...without] };
  return value.k === "dict" || value.k === "ext" || value.k === "inst" ? value : UNKNOWN;
}
