import type { TypeFact } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import { openedType } from "./installed.ts";
import { keyOfLookup } from "./lookup.ts";
import { elementOf, memberOf, restOf } from "./member.ts";
import { declaredMember, objectOfType, typeValue } from "./type-value.ts";
import { alternatives, type ParamValue, present, UNDEFINED, UNKNOWN, unionOf, type Value } from "./value.ts";

/** Types of React components: their argument is the type of the props. */
const COMPONENT_TYPE = /^(?:FC|VFC|FunctionComponent|ForwardRefRenderFunction|NextPage|NextComponentType)$/;

/** The declared type of a parameter, or of the part of it that its path names. */
export function typeOfParam(ev: Evaluator, param: ParamValue): Value {
  if (param.lookup) {
    const { table, path } = param.lookup;
    const entry = elementOf(ev, table, typeOfParam(ev, keyOfLookup(param)));
    const found = path.reduce((value, name) => memberOf(ev, value, name), entry);
    return param.present ? present(found) : found;
  }
  let value = wholeType(ev, param);
  let isOptional = false;
  for (const name of param.path) {
    const there = present(value);
    isOptional ||= there !== value;
    value = partOf(ev, there, name);
  }
  if (param.without) value = restOf(objectOfType(ev, value) ?? value, param.without);
  // A part of something optional is read where it is there, unless `?.` says otherwise.
  if (isOptional && param.chained) value = unionOf([value, UNDEFINED]);
  value = openedType(ev, value);
  return param.present ? present(value) : value;
}

function wholeType(ev: Evaluator, { m, fn, index, path }: ParamValue): Value {
  const fact = m.facts.functions[fn]?.params[index];
  if (fact === undefined) return UNKNOWN;
  const or = fact.or === undefined ? undefined : ev.value(m, fact.or);
  const declared = fact.type ? typeValue(ev, m, fact.type) : contextualType(ev, m.facts.functions[fn]?.as, m, index);
  if (declared === undefined) return or === undefined || path.length > 0 ? UNKNOWN : unionOf([or, widened(or)]);
  if (or) return unionOf([present(declared), or]);
  return fact.opt ? unionOf([declared, UNDEFINED]) : declared;
}

/** What else may stand in the place of a literal that is only a first value. */
export function widened(value: Value): Value {
  if (value.k !== "lit") return value;
  const t = typeof value.v;
  return t === "string" || t === "number" || t === "boolean" ? { k: "typed", t } : UNKNOWN;
}

/** A parameter without a type of its own has that of the constant: `const Card: FC<Props> = (props) => …`. */
function contextualType(
  ev: Evaluator,
  type: TypeFact | undefined,
  m: ParamValue["m"],
  index: number,
): Value | undefined {
  if (type === undefined) return undefined;
  const name = type.k === "ref" ? (type.path?.at(-1) ?? type.n) : "";
  if (type.k === "ref" && COMPONENT_TYPE.test(name)) {
    const props = index === 0 ? type.a?.at(name === "ForwardRefRenderFunction" ? 1 : 0) : undefined;
    return props && typeValue(ev, m, props);
  }
  const fn = alternatives(typeValue(ev, m, type)).find((v) => v.k === "typed" && v.of);
  if (fn?.k !== "typed" || fn.of === undefined) return undefined;
  const param = fn.of.type.params[index];
  return param && typeValue(ev, fn.of.m, param, 0, fn.of.args);
}

function partOf(ev: Evaluator, value: Value, name: string): Value {
  if (value.k === "union") return unionOf(value.of.map((v) => partOf(ev, v, name)));
  if (name === "*") return elementOf(ev, objectOfType(ev, value) ?? value, UNKNOWN);
  return value.k === "iface" ? (declaredMember(ev, value, name) ?? UNKNOWN) : memberOf(ev, value, name);
}
