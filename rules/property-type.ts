import {
  byWrittenPlace,
  type CheckedCall,
  checkedCalls,
  defineRule,
  groupBy,
  listOf,
  type Mismatch,
  nearestTerm,
  placesOf,
} from "../src/plugin.ts";

/** One value that breaks the schema of its property. */
interface Wrong extends CheckedCall {
  readonly mismatch: Mismatch;
}

export default defineRule({
  meta: {
    id: "property-type",
    category: "schema",
    summary: "A value whose type or text breaks the schema of its property",
    default: { withoutPlan: "off", withPlan: "error" },
    conformance: true,
    messages: {
      wrong: "`{{property}}` of {{of}} {{predicate}}",
    },
  },
  defaultOptions: {},
  *check({ code, plan }) {
    if (plan === undefined) return;
    const wrong = checkedCalls(code, plan).flatMap((checked) =>
      checked.mismatches.filter(({ kind }) => kind === "type").map((mismatch): Wrong => ({ ...checked, mismatch })),
    );
    for (const { at, items } of byWrittenPlace(wrong, ({ mismatch, call }) => mismatch.at ?? call.at)) {
      for (const same of groupBy(items, ({ mismatch }) =>
        JSON.stringify([mismatch.path, mismatch.predicate]),
      ).values()) {
        const { mismatch, subject, promised, plan: planAt } = same[0]!;
        const { path, predicate, onSomePath } = mismatch;
        yield {
          at,
          messageId: "wrong",
          data: {
            property: path,
            of: listOf([...new Set(same.map(({ of }) => of))], 3),
            predicate: onSomePath ? predicate.replace(/^is /, "may be ").replace(/^has /, "may have ") : predicate,
          },
          help: helpFor(mismatch),
          plan: promised.get(path.split(/[.[]/)[0] ?? path)?.at ?? planAt,
          related: placesOf([...new Set(same.map((one) => one.call))], at, "sent here"),
          subject: `${subject}/${path}`,
        };
      }
    }
  },
});

function helpFor({ text, known, predicate, onSomePath }: Mismatch): string {
  const near = text === undefined ? undefined : nearestTerm(text, known);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  if (onSomePath && predicate.startsWith("is null"))
    return "Leave the property out where it has no value, or allow `null` in the plan.";
  return "Send a value that the plan allows, or change the property's schema in the plan.";
}
