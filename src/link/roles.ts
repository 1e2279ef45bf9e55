import type { ExprId } from "../facts/types.ts";
import type { RolePlace, Sdk, SdkBuilder, SdkLayout, SdkMethod, WhenClause } from "../sdks/sdk.ts";
import { NAME_KEYS } from "./by-name.ts";
import { argumentsOf, argumentsTo } from "./call-result.ts";
import type { Evaluator } from "./evaluator.ts";
import { memberOf } from "./member.ts";
import { typeOfParam } from "./param-type.ts";
import type { SinkMatch } from "./sdk-match.ts";
import {
  alternatives,
  type CallRef,
  type External,
  type Field,
  objectOf,
  type Step,
  UNDEFINED,
  UNKNOWN,
  unionOf,
  type Value,
} from "./value.ts";

/** The arguments of a call as its layouts count them. */
export interface Arguments {
  readonly values: readonly Value[];
  /** How the callee was reached: chained calls have arguments of their own. */
  readonly steps: readonly Step[];
  readonly ref: CallRef;
}

/** The arguments that belong to the method, without those that name it. */
export function methodArguments(ev: Evaluator, match: SinkMatch, callee: External, ref: CallRef): Arguments {
  const all = argumentsTo(ev, callee, ref);
  const [first] = all;
  const values = match.list ? (first?.k === "list" ? first.items.slice(match.skip) : []) : all.slice(match.skip);
  return { values, steps: callee.steps, ref };
}

/** The first layout of the first method whose clauses hold. */
export function chooseLayout(
  ev: Evaluator,
  methods: readonly SdkMethod[],
  args: Arguments,
): { method: SdkMethod; layout: SdkLayout } | undefined {
  for (const method of methods) {
    const layout = method.layouts.find((candidate) =>
      (candidate.when ?? []).every((clause) => holds(ev, clause, args)),
    );
    const named = layout && namedByConvention(ev, method, layout, args);
    if (named) return { method, layout: named };
  }
  return undefined;
}

/** Where no name is part of the SDK's contract, the object names its event by convention, or is none. */
function namedByConvention(
  ev: Evaluator,
  method: SdkMethod,
  layout: SdkLayout,
  args: Arguments,
): SdkLayout | undefined {
  const place = layout.roles.properties;
  if (!method.dispatches || place === undefined) return layout;
  const payload = args.values[place.arg];
  if (payload === undefined) return undefined;
  const key = NAME_KEYS.find((name) => isPresent(memberOf(ev, payload, name)));
  if (key === undefined) return undefined;
  return {
    ...layout,
    roles: { ...layout.roles, event: { arg: place.arg, path: key }, properties: { ...place, except: [key] } },
  };
}

/** Whether a clause holds for the arguments, as far as they are known. */
export function holds(ev: Evaluator, clause: WhenClause, args: Arguments): boolean {
  const value = args.values[clause.arg];
  if ("is" in clause) {
    if (clause.is === "absent") return value === undefined;
    const object = value !== undefined && isObject(ev, value);
    if (clause.is === "string") return value !== undefined && !object;
    return clause.is === "object" ? object : object || value === undefined || value.k === "undef";
  }
  if ("equals" in clause) {
    const part = clause.path === undefined || value === undefined ? value : descend(ev, value, clause.path);
    return part !== undefined && alternatives(part).some((v) => v.k === "lit" && v.v === clause.equals);
  }
  if ("has" in clause) return value !== undefined && isPresent(descend(ev, value, clause.has));
  if ("mayHave" in clause) return value !== undefined && mayHave(ev, value, clause.mayHave);
  return value !== undefined && builderCall(value, clause.builder) !== undefined;
}

function isObject(ev: Evaluator, value: Value): boolean {
  const options = alternatives(value.k === "param" ? typeOfParam(ev, value) : value);
  return options.some(
    (v) => v.k === "obj" || v.k === "iface" || v.k === "inst" || (v.k === "typed" && v.t === "object"),
  );
}

function isPresent(value: Value): boolean {
  return alternatives(value).some((v) => v.k !== "undef" && v.k !== "unknown" && v.k !== "param");
}

function mayHave(ev: Evaluator, value: Value, path: string): boolean {
  return alternatives(value).some((v) => {
    if (v.k === "list" || v.k === "lit" || v.k === "undef" || v.k === "fn" || v.k === "tpl") return false;
    if (v.k === "ext" && v.pkg === undefined && v.steps[0] === "arguments") return false;
    if (v.k === "typed") return v.t === "object";
    return descend(ev, v, path).k !== "undef";
  });
}

/** The value of a role; undefined where the call has no such argument. */
export function roleValue(ev: Evaluator, sdk: Sdk, place: RolePlace, args: Arguments): Value | undefined {
  let value = place.of === undefined ? args.values[place.arg] : chainedArgument(ev, args, place.of, place.arg);
  if (value === undefined) return undefined;
  if (place.builder !== undefined) value = built(ev, sdk, value, place.builder);
  if (value === undefined) return undefined;
  if (place.iglu) return mapText(descend(ev, value, place.path), igluName);
  if (place.path === "") return place.except ? withoutKeys(value, place.except) : value;
  const part = descend(ev, value, place.path);
  const withFallback = part.k === "undef" ? firstPresent(ev, value, place.or ?? []) : part;
  return place.except ? withoutKeys(withFallback, place.except) : withFallback;
}

/** `iglu:com.acme/checkout/jsonschema/1-0-0` names `checkout`. */
function igluName(text: string): string {
  return /^iglu:[^/]+\/([^/]+)\//.exec(text)?.[1] ?? text;
}

function mapText(value: Value, change: (text: string) => string): Value {
  if (value.k === "union") return unionOf(value.of.map((v) => mapText(v, change)));
  return value.k === "lit" && typeof value.v === "string" ? { ...value, v: change(value.v) } : value;
}

function firstPresent(ev: Evaluator, value: Value, paths: readonly string[]): Value {
  for (const path of paths) {
    const part = descend(ev, value, path);
    if (part.k !== "undef") return part;
  }
  return UNDEFINED;
}

/** Follows `a.b[0].c`. */
export function descend(ev: Evaluator, value: Value, path: string): Value {
  let part = value;
  for (const step of path.split(/[.[\]]+/)) {
    if (step === "") continue;
    if (step === "*") part = part.k === "list" ? unionOf([...part.items, ...(part.more ? [part.more] : [])]) : UNKNOWN;
    else part = memberOf(ev, part, step);
  }
  return part;
}

function withoutKeys(value: Value, keys: readonly string[]): Value {
  if (value.k === "union") return unionOf(value.of.map((v) => withoutKeys(v, keys)));
  return value.k === "obj"
    ? objectOf(
        value.entries.filter((e) => !("n" in e) || !keys.includes(e.n)),
        value.at,
      )
    : value;
}

/** The argument of another call in the chain: `get_group(type, id).set(…)`. */
function chainedArgument(ev: Evaluator, args: Arguments, name: string, index: number): Value | undefined {
  const at = args.steps.indexOf(name);
  const call = args.steps[at + 1];
  if (at >= 0 && call !== undefined && typeof call !== "string" && call.call) return argumentsOf(ev, call.call)[index];
  const later = laterInChain(args.ref, name);
  return later && argumentsOf(ev, later)[index];
}

/** A call that is made on the result of another: `event.setEventName(…).setCustomData(…)`. */
function laterInChain(ref: CallRef, name: string): CallRef | undefined {
  const { m } = ref;
  for (let x: ExprId | undefined = ref.x; x !== undefined; ) {
    const inner: ExprId = x;
    const outer = m.facts.calls.find((call) => {
      const expr = m.expr(call.x);
      const callee = expr.k === "call" ? m.expr(expr.f) : undefined;
      return callee?.k === "mem" && callee.o === inner;
    });
    const expr = outer && m.expr(outer.x);
    const callee = expr?.k === "call" ? m.expr(expr.f) : undefined;
    if (outer && callee?.k === "mem" && callee.n === name) return { ...ref, x: outer.x };
    x = outer?.x;
  }
  return undefined;
}

function builderCall(value: Value, name: string): CallRef | undefined {
  for (const option of alternatives(value)) {
    if (option.k !== "ext") continue;
    const at = option.steps.indexOf(name);
    const call = option.steps[at + 1];
    if (at >= 0 && call !== undefined && typeof call !== "string" && call.call) return call.call;
  }
  return undefined;
}

/** What a builder function was given, or what the setters of a builder object say. */
function built(ev: Evaluator, sdk: Sdk, value: Value, name: string): Value | undefined {
  const builder = sdk.builders?.find((candidate) => candidate.class === name);
  if (builder === undefined) {
    const call = builderCall(value, name);
    return call && argumentsOf(ev, call)[0];
  }
  return value.k === "ext" ? builtObject(ev, builder, value) : UNKNOWN;
}

function builtObject(ev: Evaluator, builder: SdkBuilder, value: External): Value {
  const entries: (Field | { spread: Value })[] = [];
  value.steps.forEach((step, index) => {
    const next = value.steps[index + 1];
    if (typeof step !== "string" || next === undefined || typeof next === "string" || next.call === undefined) return;
    const { call } = next;
    const [first, second] = argumentsOf(ev, call);
    const at = { m: call.m, s: call.m.facts.starts[call.x] ?? 0, e: call.m.facts.ends[call.x] ?? 0 };
    const key = builder.fields?.[step];
    if (key !== undefined) entries.push({ n: key, v: first ?? UNDEFINED, at });
    else if (builder.objects?.includes(step)) entries.push({ spread: first ?? UNKNOWN });
    else if (builder.entries?.includes(step) || builder.keys?.includes(step)) {
      if (first?.k === "lit") entries.push({ n: String(first.v), v: second ?? UNKNOWN, at });
      else entries.push({ spread: UNKNOWN });
    }
  });
  return objectOf(entries);
}
