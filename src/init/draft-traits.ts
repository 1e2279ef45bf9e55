import type { Inventory, Payload, TrackingCall } from "../calls/types.ts";
import { judgedCalls } from "../engine/selectors.ts";
import { onlyLiterals } from "../engine/static-values.ts";
import { isSettableKey } from "../engine/vendors.ts";
import { groupBy } from "../util/group-by.ts";
import type { GroupDraft, PayloadDraft } from "./draft.ts";
import { canBeNamed, inferPayload } from "./infer-schema.ts";

/** What the code says of persons; undefined where it says nothing. */
export function draftUsers(code: Inventory): PayloadDraft | undefined {
  const traits = traitsOf(judgedCalls(code, { kinds: ["identify"] }));
  return traits.properties.length === 0 ? undefined : traits;
}

/** The types of group that the code names. Groups without a type belong to the only one that there is. */
export function draftGroups(code: Inventory): readonly GroupDraft[] {
  const calls = judgedCalls(code, { kinds: ["group"] });
  const byType = groupBy(calls, groupTypeOf);
  const untyped = byType.get(null) ?? [];
  const types = [...byType].flatMap(([type, ofType]) => (typeof type === "string" ? [{ type, ofType }] : []));
  const [only] = types;
  if (only === undefined) {
    return untyped.length === 0 ? [] : [{ name: "group", isUnnamed: true, ...traitsOf(untyped) }];
  }
  return types
    .map(({ type, ofType }) => ({
      name: type,
      isUnnamed: false,
      ...traitsOf(types.length === 1 ? [...ofType, ...untyped] : ofType),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Null where the call has no type of group, undefined where it isn't known. */
function groupTypeOf({ ids }: TrackingCall): string | null | undefined {
  if (ids.groupType === undefined) return null;
  const type = onlyLiterals(ids.groupType.value)?.[0]?.value;
  return typeof type === "string" && canBeNamed(type) ? type : undefined;
}

/** One call is no habit: tools merge traits, so that a second one may rightly say less of the same person. */
const FEWEST_CALLS = 2;

/**
 * A trait is required where every call that describes its subject anew has it, and several do; one that changes some
 * traits doesn't count.
 */
function traitsOf(calls: readonly TrackingCall[]): PayloadDraft {
  const changesSome = (call: TrackingCall) => call.sinks.some(({ subkind }) => subkind?.startsWith("profile"));
  const isVendorKey = (key: string) =>
    key.startsWith("$") && calls.every((call) => !has(call.traits, key) || isSettableKey(call, key));
  const all = inferPayload(
    calls.map(({ traits }) => traits),
    (key) => !isVendorKey(key),
  );
  const whole = calls.filter((call) => !changesSome(call)).map(({ traits }) => traits);
  const ofWhole = whole.length < FEWEST_CALLS ? [] : inferPayload(whole).properties;
  const required = new Set(ofWhole.filter((trait) => trait.required).map(({ name }) => name));
  return {
    properties: all.properties.map((trait) => ({ ...trait, required: required.has(trait.name) })),
    open: all.open,
  };
}

function has(payload: Payload, key: string): boolean {
  return payload.properties.some(({ name }) => name === key);
}
