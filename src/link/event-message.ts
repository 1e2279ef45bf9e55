import type { CallKind } from "../calls/types.ts";
import type { RolePlace, SdkMethod } from "../sdks/sdk.ts";
import { keyOf, PROPERTY_KEYS } from "./by-name.ts";
import type { Evaluator } from "./evaluator.ts";
import { memberOf } from "./member.ts";
import { typeOfParam } from "./param-type.ts";
import { objectOfType } from "./type-value.ts";
import { alternatives, type ObjectValue, type Value } from "./value.ts";

/** Keys that name an event by themselves; others only beside a key that carries properties. */
const EVENT_KEYS = ["event", "eventName", "event_name"] as const;
const OTHER_NAME_KEYS = ["name", "type", "action"] as const;
/** Keys under which a message carries the message that is meant. */
const INNER_KEYS = ["msg", "message", "payload", "data", "body", "detail", "params", "args", "value", "event"] as const;

const IDS = { userId: "userId", anonymousId: "anonymousId" } as const;

/** A method whose first layout has these roles. */
export function sending(kind: CallKind, roles: Readonly<Record<string, RolePlace>>): SdkMethod {
  return { name: "send", kind, call: "method", verified: "memory", layouts: [{ roles }] };
}

/**
 * Where an object that is sent as a whole says what happened and to whom; undefined where it doesn't.
 *
 * @param path where it stands in the argument
 * @param taken keys that say something else, as the one that names the channel
 */
export function eventMessage(
  ev: Evaluator,
  message: Value,
  kind: CallKind,
  { arg = 0, path = "", taken = [] as readonly string[] } = {},
): SdkMethod | undefined {
  const at = (key: string): RolePlace => ({ arg, path: path === "" ? key : `${path}.${key}` });
  const ids = { userId: at(IDS.userId), anonymousId: at(IDS.anonymousId) };
  // A message that is handed on as a whole is told by who makes it, or by its type.
  const known = message.k === "param" ? declaredObject(ev, message) : message;
  if (kind !== "track")
    return known === undefined || known.k === "obj" ? sending(kind, subjectRoles(kind, at)) : undefined;
  if (known === undefined) return sending(kind, { event: at("event"), properties: at("properties"), ...ids });
  if (known.k !== "obj") return undefined;
  const open = (keys: readonly string[]) => keys.filter((key) => !taken.includes(key));
  const carrier = keyOf(ev, known, open(PROPERTY_KEYS));
  const key =
    keyOf(ev, known, open(EVENT_KEYS)) ?? (carrier === undefined ? undefined : keyOf(ev, known, open(OTHER_NAME_KEYS)));
  if (key === undefined || !mayBeName(ev, memberOf(ev, known, key))) return undefined;
  const rest: RolePlace = { arg, path, except: [key, ...taken, ...Object.values(IDS)] };
  return sending(kind, { event: at(key), properties: carrier === undefined ? rest : at(carrier), ...ids });
}

/** As `eventMessage`, where the message may also be wrapped: `{ type: "track", payload: { event, properties } }`. */
export function wrappedMessage(
  ev: Evaluator,
  message: ObjectValue,
  kind: CallKind,
  taken: readonly string[],
): SdkMethod | undefined {
  for (const key of INNER_KEYS) {
    if (taken.includes(key) || !message.entries.some((entry) => "n" in entry && entry.n === key)) continue;
    const inner = memberOf(ev, message, key);
    const isWhole = inner.k === "param" || inner.k === "obj";
    const found = isWhole && eventMessage(ev, inner, kind, { path: key });
    // `{ event: name }` and `{ payload: { event } }` differ by what the value is.
    if (found && (inner.k === "obj" || key !== "event")) return found;
  }
  return eventMessage(ev, message, kind, { taken });
}

function subjectRoles(kind: CallKind, at: (key: string) => RolePlace): Readonly<Record<string, RolePlace>> {
  const ids = { userId: at(IDS.userId), anonymousId: at(IDS.anonymousId) };
  if (kind === "identify") return { ...ids, traits: at("traits") };
  if (kind === "group") return { ...ids, groupId: at("groupId"), traits: at("traits") };
  if (kind === "alias") return { ...ids, previousId: at("previousId") };
  return { ...ids, properties: at("properties") };
}

/** The object that a parameter is declared to be; undefined where nothing is declared. */
function declaredObject(ev: Evaluator, param: Value & { k: "param" }): Value | undefined {
  const type = typeOfParam(ev, param);
  return type.k === "unknown" ? undefined : (objectOfType(ev, type) ?? type);
}

/** Whether a value may name an event. */
export function mayBeName(ev: Evaluator, value: Value): boolean {
  const options = alternatives(value.k === "param" ? typeOfParam(ev, value) : value);
  return options.some(
    (v) =>
      (v.k === "lit" && typeof v.v === "string") ||
      v.k === "tpl" ||
      v.k === "param" ||
      v.k === "ext" ||
      v.k === "unknown" ||
      (v.k === "typed" && v.t === "string"),
  );
}
