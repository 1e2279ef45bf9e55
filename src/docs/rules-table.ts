import type { RuleLevel } from "../engine/rule.ts";
import { createPaint } from "../report/paint.ts";
import { tableLines } from "../report/table.ts";
import type { ReportContext } from "../report/types.ts";
import type { RuleEntry } from "./rule-catalogue.ts";

/** The table of `tracklint rules`. */
export function rulesTable(entries: readonly RuleEntry[], look: Pick<ReportContext, "colour" | "width">): string {
  const paint = createPaint(look.colour);
  const levelOf = (level: RuleLevel) => (level === "off" ? "–" : level);
  const rows = entries.map((entry) => [
    paint.strong(entry.id),
    entry.category,
    `${levelOf(entry.default.withoutPlan)} → ${levelOf(entry.default.withPlan)}`,
    entry.fixable ? "fixable" : "",
    entry.summary,
  ]);
  const header = ["rule", "category", "severity", "", "reports"].map((title) => paint.dim(title));
  const legend = "Severity without a plan → with one. `tracklint explain RULE` shows the page of a rule.";
  return `${[...tableLines([header, ...rows], 0, look.width), "", paint.prose(legend)].join("\n")}\n`;
}
