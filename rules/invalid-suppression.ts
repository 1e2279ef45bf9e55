import { DIRECTIVE_WORDS, type Directive, defineRule, nearestName, type Suppression } from "../src/plugin.ts";

export default defineRule({
  meta: {
    id: "invalid-suppression",
    category: "housekeeping",
    summary: "A suppression that can't be understood, or that lacks the reason that is asked for",
    default: { withoutPlan: "warn", withPlan: "error" },
    messages: {
      unknownWord: "`tracklint-{{word}}` is no directive, so nothing is suppressed",
      noRule: "The suppression names no rule, so nothing is suppressed",
      noDate: "`{{until}}` is not a date, so nothing is suppressed",
      unknownRule: "There is no rule `{{rule}}`",
      noReason: "The suppression gives no reason",
    },
    options: {
      type: "object",
      additionalProperties: false,
      properties: { requireReason: { type: "boolean" } },
    },
    judgesSuppressions: true,
  },
  defaultOptions: { requireReason: false },
  *check({ suppressions, options }) {
    for (const suppression of suppressions) {
      const { directive, fault, rules } = suppression;
      const { at, word } = directive;
      if (fault !== undefined) {
        yield { at, subject: word, ...faultProblem(suppression) };
        continue;
      }
      for (const { id, at, help } of unknownRules(rules))
        yield { at, messageId: "unknownRule", data: { rule: id }, help, subject: id };
      if (directive.kind === "enable") continue;
      if (options.requireReason && directive.reason === undefined)
        yield { at, messageId: "noReason", help: `Say why: \`${example(directive)}\`.`, subject: word };
    }
  },
});

/** Words that are near no rule are a reason without its ` -- `, which is one mistake. */
function unknownRules(rules: Suppression["rules"]) {
  const unknown = rules.filter(({ outcome }) => outcome === "unknown-rule");
  const stray = unknown.find(({ nearest }) => nearest === undefined);
  return unknown
    .filter((one) => one.nearest !== undefined || one === stray)
    .map(({ id, at, nearest }) => {
      const list = "A reason stands after ` -- `; `tracklint rules` lists all rules.";
      return { id, at, help: nearest === undefined ? list : `Did you mean \`${nearest}\`?` };
    });
}

function faultProblem({ directive, fault }: Suppression) {
  const { word, until = "" } = directive;
  if (fault === "no-rule")
    return { messageId: "noRule", help: `Name each rule: \`tracklint-${word} rule-id -- reason\`.` } as const;
  if (fault === "no-date")
    return { messageId: "noDate", data: { until }, help: "Write the date as `(until 2027-01-31)`." } as const;
  const near = nearestName(word, DIRECTIVE_WORDS);
  const known = DIRECTIVE_WORDS.map((one) => `\`tracklint-${one}\``).join(", ");
  const help = near === undefined ? `Use one of ${known}.` : `Did you mean \`tracklint-${near}\`?`;
  return { messageId: "unknownWord", data: { word }, help } as const;
}

function example({ word, rules }: Directive): string {
  return `tracklint-${word} ${rules.map(({ id }) => id).join(", ")} -- reason`;
}
