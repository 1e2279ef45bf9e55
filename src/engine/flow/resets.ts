import type { Condition, Guard, Identifier, Sink, TrackingCall } from "../../calls/types.ts";
import { sdkById } from "../../sdks/index.ts";
import { normaliseName } from "../naming/words.ts";
import { alternativesOf } from "../static-values.ts";
import { namesIn, textsIn } from "./condition-names.ts";
import { isBlank, isNobody } from "./ids.ts";

/** How the SDK of a client is told to forget the person, as it is written; undefined where it keeps nobody, or can't. */
export function forgettingOf({ sdk: id }: Pick<Sink, "sdk">): string | undefined {
  const sdk = sdkById(id);
  if (sdk === undefined || sdk.platform === "server") return undefined;
  const reset = sdk.methods.find(({ kind, subkind }) => kind === "reset" && subkind !== "groups");
  const setter = sdk.methods.find(({ forgetsWithNull }) => forgetsWithNull);
  const command = reset?.layouts[0]?.when?.flatMap((clause) => ("equals" in clause ? [clause.equals] : []))[0];
  const calls = [
    ...(setter === undefined || reset?.name === "reset" ? [] : [`\`${setter.name}(null)\``]),
    ...(reset === undefined ? [] : [`\`${reset.name}(${command === undefined ? "" : JSON.stringify(command)})\``]),
  ];
  return calls.length === 0 ? undefined : calls.join(" and ");
}

/** True for a call that makes the SDK forget who the person is, or may do so. */
export function forgetsPerson(call: TrackingCall): boolean {
  if (call.kind === "reset") return call.sinks.some(({ subkind }) => subkind !== "groups");
  const { userId } = call.ids;
  const takesNull = call.sinks.some((sink) => methodOf(sink)?.forgetsWithNull);
  return call.kind === "identify" && takesNull && (userId === undefined || mayBeNull(userId));
}

/** True for a call that leaves a person with the SDK, for all that is sent later. */
export function namesPerson(call: TrackingCall): boolean {
  const { userId } = call.ids;
  const isOfPerson = call.sinks.some(({ subkind }) => subkind === undefined || subkind === "set-user-id");
  return call.kind === "identify" && isOfPerson && userId !== undefined && !isNobody(userId);
}

/** True for a reset after which the visitor has another anonymous id. */
export function makesNewVisitor({ kind, sinks }: TrackingCall): boolean {
  return kind === "reset" && sinks.some((sink) => methodOf(sink)?.newVisitor);
}

function methodOf({ sdk, method }: Sink) {
  return sdkById(sdk)?.methods.find(({ name }) => name === method);
}

/** `user?.id`, `id ?? null`. */
function mayBeNull({ value, text }: Identifier): boolean {
  return alternativesOf(value).some(isBlank) || /\?\.|\?\?|\|\||\bnull\b|\bundefined\b/.test(text);
}

/** Names of somebody who is logged in, or of whether anybody is. */
const PERSON = /(?:^|_)(?:user|account|member|viewer|me|profile|session)(?:_(?:id|uid|uuid|email|data|info))?$/;
const LOGGED_IN = /(?:^|_)(?:(?:logged|signed)_?in|authenticated|authed)$/;
const LOGGED_OUT = /(?:^|_)(?:(?:logged|signed)_?out|unauthenticated)$/;
/** What knows of somebody who was there before. */
const MEMORY =
  /prev|(?:^|_)(?:last|was|had|old|before|after)_|identified|known|stored|cached|former|changed|switch|impersonat|distinct_id|get_item|get_property|cookie/;
/** The moment of leaving. */
const LEAVING = /(?:log|sign)(?:ged|ed)?_?out|logging_out|signing_out|expired|(?:^|_)(?:event|action|type)$/;

/** The condition, on the way to a call, by which nobody is logged in; undefined where something tells who was. */
export function nobodyLoggedIn({ guards }: Pick<TrackingCall, "guards">): Guard | undefined {
  const own = guards.filter(({ how }) => how === "around" || how === "early-exit" || how === "only-caller");
  const tells = ({ condition, holds }: Guard) =>
    saysSomebody(condition, holds) ||
    namesIn(condition).map(normaliseName).some(isMemory) ||
    textsIn(condition).some((text) => LEAVING.test(normaliseName(text)));
  return own.some(tells) ? undefined : own.find(({ condition, holds }) => saysNobody(condition, holds));
}

function isMemory(name: string): boolean {
  return MEMORY.test(name) || (LEAVING.test(name) && !LOGGED_OUT.test(name));
}

/** True where a condition, holding or not, says that somebody is logged in: `previous && !user`. */
function saysSomebody(condition: Condition, holds: boolean): boolean {
  switch (condition.kind) {
    case "not":
      return saysSomebody(condition.of, !holds);
    case "and":
    case "or":
      return (condition.kind === "and") === holds && condition.of.some((one) => saysSomebody(one, holds));
    case "call":
    case "value":
      return holds && (PERSON.test(lastName(condition.name)) || LOGGED_IN.test(lastName(condition.name)));
    default:
      return false;
  }
}

/** True where a condition, holding or not, says that nobody is logged in. One of several is enough: it can be that one. */
function saysNobody(condition: Condition, holds: boolean): boolean {
  switch (condition.kind) {
    case "not":
      return saysNobody(condition.of, !holds);
    case "and":
    case "or":
      return condition.of.some((one) => saysNobody(one, holds));
    case "compare":
      return comparesWithNobody(condition, holds);
    case "call":
    case "value": {
      const name = lastName(condition.name);
      return holds ? LOGGED_OUT.test(name) : PERSON.test(name) || LOGGED_IN.test(name);
    }
    default:
      return false;
  }
}

/** `user === null`, `status === "unauthenticated"`, `user !== undefined` where it doesn't hold. */
function comparesWithNobody({ op, left, right }: Condition & { kind: "compare" }, holds: boolean): boolean {
  const isSame = op === "===" ? holds : op === "!==" ? !holds : undefined;
  const read = [left, right].find((side) => side.kind === "value" || side.kind === "call");
  const literal = [left, right].find((side) => side.kind === "literal");
  if (isSame === undefined || read === undefined || literal === undefined) return false;
  const { value } = literal;
  if (value === null || value === undefined) return isSame && PERSON.test(lastName(read.name));
  if (typeof value === "boolean") return saysNobody(read, value === isSame);
  return isSame && value === "unauthenticated";
}

/** `session` of `data.session`, `user` of `user.value`. */
function lastName(name: string): string {
  const parts = name.split(".").map((part) => part.replace(/\(\)$/, ""));
  return normaliseName(parts.findLast((part) => part !== "value" && part !== "current") ?? "");
}
