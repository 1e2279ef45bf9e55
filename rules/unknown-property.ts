import {
  byWrittenPlace,
  type CheckedCall,
  canRead,
  checkedCalls,
  defineRule,
  lastKey,
  listOf,
  type Mismatch,
  nearestTerm,
  placesOf,
  type TrackingCall,
  wildcardParts,
} from "../src/plugin.ts";

/** One key that the plan doesn't have. */
interface Unknown extends CheckedCall {
  readonly mismatch: Mismatch;
}

export default defineRule({
  meta: {
    id: "unknown-property",
    category: "schema",
    summary: "A property that is sent but that the plan does not have",
    default: { withoutPlan: "off", withPlan: "error" },
    conformance: true,
    messages: {
      unknown: "`{{property}}` is not a {{what}} of {{of}}",
      near: "`{{property}}` is not a {{what}} of {{of}}; did you mean `{{near}}`?",
    },
    options: {
      type: "object",
      properties: { allow: { type: "array", items: { type: "string" } }, traits: { type: "boolean" } },
      additionalProperties: false,
    },
  },
  defaultOptions: { allow: [] as readonly string[], traits: true },
  *check({ code, plan, options }) {
    if (plan === undefined) return;
    const unknown = checkedCalls(code, plan)
      .filter(({ what }) => options.traits || what !== "trait")
      .flatMap((checked) => unknownOf(checked, options.allow));
    for (const { at, items } of byWrittenPlace(unknown, ({ mismatch, call }) => mismatch.at ?? call.at)) {
      const { mismatch, what, plan: planAt, subject, promised } = items[0]!;
      const near = nearestTerm(lastKey(mismatch.path), unsent(mismatch, items));
      const data = { property: mismatch.path, what, of: listOf([...new Set(items.map(({ of }) => of))], 3) };
      yield {
        at,
        messageId: near === undefined ? "unknown" : "near",
        data: near === undefined ? data : { ...data, near },
        help:
          near === undefined ? "Add it to the plan, or stop sending it." : `Send \`${near}\`, or add it to the plan.`,
        plan: (near === undefined ? undefined : promised.get(near)?.at) ?? planAt,
        related: placesOf([...new Set(items.map((one) => one.call))], at, "sent here"),
        subject: `${subject}/${mismatch.path}`,
      };
    }
  },
});

function unknownOf(checked: CheckedCall, allow: readonly string[]): Unknown[] {
  return checked.mismatches
    .filter(({ kind, path }) => kind === "unknown" && !allow.some((pattern) => canRead(wildcardParts(pattern), path)))
    .map((mismatch) => ({ ...checked, mismatch }));
}

/** Keys of the plan that are known at the place and that no call sends there as well. */
function unsent({ path, known }: Mismatch, items: readonly Unknown[]): string[] {
  const around = path.split(".").slice(0, -1);
  if (around.length > 0) return [...known];
  return known.filter((name) => !items.some(({ call }) => sends(call, name)));
}

function sends(call: TrackingCall, name: string): boolean {
  return [call.properties, call.added, call.traits].some(({ properties }) =>
    properties.some((one) => one.name === name),
  );
}
