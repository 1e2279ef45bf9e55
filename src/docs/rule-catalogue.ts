import { readFileSync } from "node:fs";
import type { RuleLevel, RuleMeta } from "../engine/rule.ts";
import { ruleUrl } from "../engine/rule-url.ts";
import { packageRoot } from "../version.ts";

/** What a rule says of itself: an entry of `tracklint rules --format json`. */
export interface RuleEntry {
  readonly id: string;
  readonly category: string;
  /** The level under the `recommended` preset. */
  readonly default: { readonly withoutPlan: RuleLevel; readonly withPlan: RuleLevel };
  readonly fixable: boolean;
  readonly summary: string;
  readonly url?: string;
}

/** The entries of rules. `rules/rules.json` holds those of the built-in ones; a test keeps it up to date. */
export function ruleEntries(metas: readonly RuleMeta<string>[]): RuleEntry[] {
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

/** The entries of the built-in rules, read without loading the rules and all that they rest on. */
export function readRuleCatalogue(): readonly RuleEntry[] {
  return JSON.parse(readFileSync(new URL("rules/rules.json", packageRoot), "utf8"));
}

/** The Markdown page of a built-in rule. */
export function readRulePage(id: string): string {
  return readFileSync(new URL(`rules/${id}.md`, packageRoot), "utf8");
}
