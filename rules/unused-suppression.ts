import { type Directive, defineRule, type Fix, type Range, type Suppression } from "../src/plugin.ts";

export default defineRule({
  meta: {
    id: "unused-suppression",
    category: "housekeeping",
    summary: "A suppression that suppresses nothing, or that has expired",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      unused: "Nothing is reported by `{{rule}}` here",
      expired: "The suppression of `{{rule}}` expired on {{until}}",
      nothingOpen: "No suppression{{rule}} is open that this could end",
    },
    fixable: true,
    judgesSuppressions: true,
  },
  defaultOptions: {},
  *check({ suppressions }) {
    for (const { directive, rules } of suppressions) {
      if (directive.kind === "enable") {
        yield* idleEnds({ directive, rules });
        continue;
      }
      for (const { id, at, outcome } of rules) {
        if (outcome === "unused")
          yield {
            at,
            messageId: "unused",
            data: { rule: id },
            help: "Remove it.",
            subject: id,
            fix: removal(directive, at),
          } as const;
        if (outcome !== "expired") continue;
        yield {
          at,
          messageId: "expired",
          data: { rule: id, until: directive.until ?? "" },
          help: "Mend what it hid, or set a later date.",
          subject: id,
        } as const;
      }
    }
  },
});

/** What `tracklint-enable` names, or all of it, where it ends nothing. */
function* idleEnds({ directive, rules }: Suppression) {
  for (const { id, at, outcome } of rules) {
    if (outcome !== "unused") continue;
    const rule = directive.rules.length === 0 ? "" : ` of \`${id}\``;
    yield {
      at,
      messageId: "nothingOpen",
      data: { rule },
      help: "Remove it.",
      subject: id,
      fix: removal(directive, at),
    } as const;
  }
}

function removal(directive: Directive, rule: Range): Fix {
  const only = directive.rules.length < 2;
  return { isSafe: true, changes: [{ kind: "directive", at: directive.at, ...(only ? {} : { rule }) }] };
}
