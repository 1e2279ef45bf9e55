import {
  byWrittenPlace,
  type CheckedCall,
  capitalise,
  checkedCalls,
  defineRule,
  groupBy,
  listOf,
  type Mismatch,
  nearestTerm,
  type Problem,
  placesOf,
  type Range,
} from "../src/plugin.ts";

/** One required property that a call doesn't send. */
interface Missing extends CheckedCall {
  readonly mismatch: Mismatch;
  readonly at: Range;
}

type MessageId = "absent" | "sometimes" | "maybe";

export default defineRule<MessageId, { readonly maybe?: boolean }>({
  meta: {
    id: "missing-property",
    category: "schema",
    summary: "A required property that is certainly not sent",
    default: { withoutPlan: "off", withPlan: "error" },
    conformance: true,
    messages: {
      absent: "{{of}} requires the {{what}} `{{property}}`, which is not sent",
      sometimes: "{{of}} requires the {{what}} `{{property}}`, which is left out on some path",
      maybe: "{{of}} requires the {{what}} `{{property}}`, whose value may be `undefined`",
    },
    options: {
      type: "object",
      properties: { maybe: { type: "boolean" } },
      additionalProperties: false,
    },
  },
  defaultOptions: {},
  *check({ code, plan, options, strict }) {
    if (plan === undefined) return;
    const checked = checkedCalls(code, plan);
    const missing = checked.flatMap((one) => missingOf(one, options.maybe ?? strict));
    // What every event must carry is missing-context's.
    const own = missing.filter((one) => !isCommon(one));
    for (const group of groupBy(own, ({ mismatch }) => mismatch.path).values()) {
      for (const { at, items } of byWrittenPlace(group, (one) => one.at)) yield ownProblem(at, items);
    }
  },
});

function missingOf(checked: CheckedCall, maybe: boolean): Missing[] {
  return checked.mismatches
    .filter(({ kind }) => kind === "missing" || (maybe && kind === "maybe-missing"))
    .map((mismatch) => ({ ...checked, mismatch, at: mismatch.at ?? checked.call.at }));
}

function isCommon({ promised, mismatch }: Missing): boolean {
  return promised.get(mismatch.path)?.origin === "common";
}

function ownProblem(at: Range, missing: readonly Missing[]): Problem<MessageId> {
  const { mismatch, promised, plan, subject, what } = missing[0]!;
  const { path, onSomePath, known, kind } = mismatch;
  const of = listOf([...new Set(missing.map((one) => one.of))], 3);
  const written = nearestTerm(
    lastOf(path),
    known.filter((name) => !promised.has(name)),
  );
  const property = promised.get(firstOf(path));
  return {
    at,
    messageId: kind === "maybe-missing" ? "maybe" : onSomePath ? "sometimes" : "absent",
    data: { of: capitalise(of), what, property: path },
    help:
      written === undefined
        ? `Send it on every path to the call, or drop \`required\` in the plan.`
        : `\`${written}\` is sent: if that is what was meant, rename it.`,
    plan: property?.requiredAt ?? property?.at ?? plan,
    related: placesOf([...new Set(missing.map((one) => one.call))], at, "sent here"),
    subject: `${subject}/${path}`,
  };
}

function firstOf(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}

function lastOf(path: string): string {
  return path.split(".").at(-1) ?? path;
}
