import { ruleLevel } from "../engine/level.ts";
import type { Rule, RuleLevel } from "../engine/rule.ts";
import type { RuleSettings } from "../engine/settings.ts";
import type { Plan } from "../plan/model.ts";

/** What holds for one file. Files are relative to the root. */
export interface FileConfig {
  readonly file: string;
  /** False where nothing in the file would be read. */
  readonly inScope: boolean;
  /** The service that the file belongs to. */
  readonly source: string;
  /** The plan file; null where there is none. */
  readonly plan: string | null;
  readonly rules: Readonly<Record<string, RuleConfig>>;
}

export interface RuleConfig {
  readonly severity: RuleLevel;
  /** The rule's defaults with what is set; absent where the rule has no options. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Severity and options of each rule in a file, by rule id. */
export function ruleConfigs(
  rules: readonly Rule[],
  plan: Plan | undefined,
  settings: RuleSettings,
  file: string,
): Readonly<Record<string, RuleConfig>> {
  return Object.fromEntries(
    rules.map((rule) => {
      const { id } = rule.meta;
      const options = { ...Object(rule.defaultOptions), ...settings.optionsOf(id, file) };
      const severity = ruleLevel(rule, file, plan, settings);
      return [id, { severity, ...(Object.keys(options).length === 0 ? {} : { options }) }];
    }),
  );
}
