import {
  byWrittenPlace,
  capitalise,
  defineRule,
  firstKey,
  groupBy,
  lastKey,
  listOf,
  type MissingProperty,
  missingProperties,
  nearestTerm,
  type Problem,
  placesOf,
  type Range,
} from "../src/plugin.ts";

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
    // What every event must carry is missing-context's.
    const own = missingProperties(code, plan, options.maybe ?? strict).filter(({ isCommon }) => !isCommon);
    for (const group of groupBy(own, ({ mismatch }) => mismatch.path).values()) {
      for (const { at, items } of byWrittenPlace(group, (one) => one.at)) yield ownProblem(at, items);
    }
  },
});

function ownProblem(at: Range, missing: readonly MissingProperty[]): Problem<MessageId> {
  const { mismatch, promised, plan, subject, what } = missing[0]!;
  const { path, onSomePath, known, kind } = mismatch;
  const of = listOf([...new Set(missing.map((one) => one.of))], 3);
  const written = nearestTerm(
    lastKey(path),
    known.filter((name) => !promised.has(name)),
  );
  const property = promised.get(firstKey(path));
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
