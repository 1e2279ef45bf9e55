import {
  byWrittenPlace,
  type CheckedCall,
  checkedCalls,
  defineRule,
  firstKey,
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
        JSON.stringify([mismatch.path, wrongText(mismatch)?.expected ?? mismatch.predicate]),
      ).values()) {
        const { mismatch, subject, promised, plan: planAt } = same[0]!;
        const { path, onSomePath } = mismatch;
        const predicate = predicateOf(same.map((one) => one.mismatch));
        yield {
          at,
          messageId: "wrong",
          data: {
            property: path,
            of: listOf([...new Set(same.map(({ of }) => of))], 3),
            predicate: onSomePath ? predicate.replace(/^is /, "may be ").replace(/^has /, "may have ") : predicate,
          },
          help: helpFor(mismatch, predicate),
          plan: promised.get(firstKey(path))?.at ?? planAt,
          related: placesOf([...new Set(same.map((one) => one.call))], at, "sent here"),
          subject: `${subject}/${path}`,
        };
      }
    }
  },
});

/** What is wrong with a text that the plan doesn't list: `is "x", expected "a" or "b"`. */
function wrongText({ text, predicate }: Mismatch): { readonly found: string; readonly expected: string } | undefined {
  const [, found, expected] = (text === undefined ? null : /^is (.*?)(, expected .*)$/s.exec(predicate)) ?? [];
  return found === undefined || expected === undefined ? undefined : { found, expected };
}

/** One value may have several texts that the plan doesn't list: a type that has grown is one cause. */
function predicateOf(same: readonly Mismatch[]): string {
  const texts = same.flatMap((mismatch) => wrongText(mismatch) ?? []);
  const found = new Set(texts.map((text) => text.found));
  return found.size < 2 ? same[0]!.predicate : `is ${listOf([...found], 3)}${texts[0]!.expected}`;
}

function helpFor({ text, known, predicate, onSomePath }: Mismatch, said: string): string {
  const near = text === undefined || said !== predicate ? undefined : nearestTerm(text, known);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  if (onSomePath && predicate.startsWith("is null"))
    return "Leave the property out where it has no value, or allow `null` in the plan.";
  return "Send a value that the plan allows, or change the property's schema in the plan.";
}
