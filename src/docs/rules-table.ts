import type { RuleLevel, RuleMeta } from "../engine/rule.ts";
import { ruleUrl } from "../engine/rule-url.ts";
import { createPaint } from "../report/paint.ts";
import { tableLines } from "../report/table.ts";
import type { ReportContext } from "../report/types.ts";

export interface RuleOutput {
  readonly id: string;
  readonly category: string;
  /** The level under the `recommended` preset. */
  readonly default: { readonly withoutPlan: RuleLevel; readonly withPlan: RuleLevel };
  readonly fixable: boolean;
  readonly summary: string;
  readonly url?: string;
}

/** `tracklint rules --format json` */
export function rulesOutput(metas: readonly RuleMeta<string>[]): readonly RuleOutput[] {
  return metas.map((meta) => {
    const url = ruleUrl(meta.id);
    return {
      id: meta.id,
      category: meta.category,
      default: { ...meta.default },
      fixable: meta.fixable === true,
      summary: meta.summary,
      ...(url === undefined ? {} : { url }),
    };
  });
}

/** `tracklint rules` */
export function rulesTable(metas: readonly RuleMeta<string>[], look: Pick<ReportContext, "colour" | "width">): string {
  const paint = createPaint(look.colour);
  const levelOf = (level: RuleLevel) => (level === "off" ? "–" : level);
  const rows = metas.map((meta) => [
    paint.strong(meta.id),
    meta.category,
    `${levelOf(meta.default.withoutPlan)} → ${levelOf(meta.default.withPlan)}`,
    meta.fixable === true ? "fixable" : "",
    meta.summary,
  ]);
  const header = ["rule", "category", "severity", "", "reports"].map((title) => paint.dim(title));
  const lines = tableLines([header, ...rows], 0, look.width);
  const legend = "Severity without a plan → with one. `tracklint explain RULE` shows the page of a rule.";
  return `${[...lines, "", paint.prose(legend)].join("\n")}\n`;
}
