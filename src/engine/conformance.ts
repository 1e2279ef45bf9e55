import type { Inventory, Payload, TrackingCall } from "../calls/types.ts";
import type { Range } from "../diagnostics/range.ts";
import type { JsonSchema, Plan, PlanPayload, PlanProperty } from "../plan/model.ts";
import { checkPayload } from "./check-value.ts";
import { isCertain, type Mismatch } from "./mismatch.ts";
import { propertiesOf } from "./payloads.ts";
import { allowedPayloads, sentEvents } from "./plan-events.ts";
import { judgedCalls } from "./selectors.ts";
import { onlyLiterals } from "./static-values.ts";
import { isSettableKey, shareVendor } from "./vendors.ts";

/** A call held against what the plan promises of its payload. */
export interface CheckedCall {
  readonly call: TrackingCall;
  /** For a message: `` `Order Completed` ``, `a user`, `` the group `organization` ``. */
  readonly of: string;
  /** For a fingerprint: the event's name, `users`, `groups.organization`. */
  readonly subject: string;
  readonly what: "property" | "trait";
  readonly promised: ReadonlyMap<string, PlanProperty>;
  readonly plan: Range;
  readonly mismatches: readonly Mismatch[];
}

const remembered = new WeakMap<Inventory, WeakMap<Plan, readonly CheckedCall[]>>();

/**
 * Every judged call whose payload the plan speaks of, with all in which it certainly differs. Several rules ask, each
 * for one kind of difference: the calls are checked once for all of them.
 */
export function checkedCalls(code: Inventory, plan: Plan): readonly CheckedCall[] {
  const byPlan = remembered.get(code) ?? new WeakMap<Plan, readonly CheckedCall[]>();
  const known = byPlan.get(plan) ?? checkCalls(code, plan);
  remembered.set(code, byPlan.set(plan, known));
  return known;
}

/** A required property or trait that a call doesn't send. */
export interface MissingProperty extends CheckedCall {
  readonly mismatch: Mismatch;
  readonly at: Range;
  /** The plan asks it of every event. */
  readonly isCommon: boolean;
}

/** @param maybe whether also what may be `undefined` is missing */
export function missingProperties(code: Inventory, plan: Plan, maybe: boolean): readonly MissingProperty[] {
  return checkedCalls(code, plan).flatMap((one) =>
    one.mismatches
      .filter(({ kind }) => kind === "missing" || (maybe && kind === "maybe-missing"))
      .map((mismatch) => ({
        ...one,
        mismatch,
        at: mismatch.at ?? one.call.at,
        isCommon: one.promised.get(mismatch.path)?.origin === "common",
      })),
  );
}

function checkCalls(code: Inventory, plan: Plan): readonly CheckedCall[] {
  const supers = superProperties(code);
  return judgedCalls(code).flatMap((call) => {
    const filled = supers(call);
    const unfilled = ({ kind, path }: Mismatch) => kind === "unknown" || kind === "type" || !filled.has(path);
    return [...checkEvents(plan, call), ...checkTraits(plan, call)].map((one) => ({
      ...one,
      mismatches: one.mismatches.filter(unfilled),
    }));
  });
}

/** A name that may be any of so many is looked up in a list of all names, and nothing tells what goes with which. */
const mostNames = 20;

function checkEvents(plan: Plan, call: TrackingCall): CheckedCall[] {
  if (call.events.length > mostNames) return [];
  const sent = sentEvents(plan, call);
  const payload = propertiesOf(call);
  const checked = sent.map(({ event, name }) => ({
    call,
    of: `\`${name}\``,
    subject: name,
    what: "property" as const,
    ...bestFit(plan, call, payload, allowedPayloads(plan, event, call)),
  }));
  // With several names, in the plan or not, it isn't known which of them goes with what is so on some path only.
  if (sent.length > 1 || call.events.length + call.patterns.length > 1)
    return checked.map((one) => ({ ...one, mismatches: one.mismatches.filter((m) => !m.onSomePath) }));
  if (sent.length > 0 || call.kind !== "page" || plan.pages === undefined) return checked;
  return [{ call, of: "a page", subject: "pages", what: "property", ...bestFit(plan, call, payload, [plan.pages]) }];
}

function checkTraits(plan: Plan, call: TrackingCall): CheckedCall[] {
  if (call.traits.at === undefined && call.traits.properties.length === 0) return [];
  const promised = promisedTraits(plan, call);
  if (promised === undefined) return [];
  const { of, subject, traits, at } = promised;
  const mismatches = checkPayload(call.traits, traitsSchema(traits)).filter((one) => !isVendorKey(plan, call, one));
  // A method such as `people.set` changes some traits of a person who has the others already.
  const changesSome = call.sinks.some((sink) => sink.subkind?.startsWith("profile"));
  const told = changesSome ? mismatches.filter(({ kind }) => kind === "unknown" || kind === "type") : mismatches;
  return [{ call, of, subject, what: "trait", promised: traits, plan: at, mismatches: told }];
}

function promisedTraits(plan: Plan, call: TrackingCall) {
  if (call.kind === "identify" && plan.users.size > 0) {
    return { of: "a user", subject: "users", traits: plan.users, at: plan.usersAt ?? plan.at };
  }
  if (call.kind !== "group" || plan.groups.size === 0) return undefined;
  const literals = call.ids.groupType === undefined ? undefined : onlyLiterals(call.ids.groupType.value);
  // Vendors without group types have one kind of group, which is meant where the plan has one too.
  const type =
    call.ids.groupType === undefined && plan.groups.size === 1 ? [...plan.groups.keys()][0] : literals?.[0]?.value;
  const traits = typeof type === "string" ? plan.groups.get(type) : undefined;
  const at = traits?.values().next().value?.at ?? plan.at;
  return traits && { of: `the group \`${type}\``, subject: `groups.${type}`, traits, at };
}

function traitsSchema(traits: ReadonlyMap<string, PlanProperty>): JsonSchema {
  const all = [...traits.values()];
  return {
    type: "object",
    properties: Object.fromEntries(all.map(({ name, schema }) => [name, schema])),
    required: all.filter((trait) => trait.required).map(({ name }) => name),
    additionalProperties: false,
  };
}

/** Of the payloads that are allowed, the one from which the call differs least. */
function bestFit(plan: Plan, call: TrackingCall, payload: Payload, allowed: readonly PlanPayload[]) {
  const fits = allowed.map((promised) => ({
    promised: promised.properties,
    plan: promised.at,
    mismatches: checkPayload(payload, promised.schema).filter((one) => !isVendorKey(plan, call, one)),
  }));
  const certain = (fit: (typeof fits)[number]) => fit.mismatches.filter(isCertain).length;
  return fits.reduce((best, fit) => (certain(fit) < certain(best) ? fit : best));
}

/** True for an unknown key that the vendor asks callers to set, or in which the plan's version travels. */
function isVendorKey(plan: Plan, call: TrackingCall, { kind, path }: Mismatch): boolean {
  return kind === "unknown" && (isSettableKey(call, path) || path === plan.versioning?.property);
}

/** Keys that a call such as `register` puts on every later event of its source and vendor. */
function superProperties(code: Inventory): (call: TrackingCall) => ReadonlySet<string> {
  const registered = code.calls.filter((call) => call.sinks.some((sink) => sink.subkind === "super-properties"));
  return (call) => {
    const same = registered.filter((other) => other.source === call.source && shareVendor(other, call));
    return new Set(
      same.flatMap((other) => [...other.properties.properties, ...other.traits.properties].map(({ name }) => name)),
    );
  };
}
