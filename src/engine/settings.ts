import type { RuleLevel } from "./rule.ts";

/**
 * What the user set, as the engine needs it. `config/` makes it from presets, the plan's `lint` section, its overrides
 * and the command line, and has validated the options already.
 */
export interface RuleSettings {
  /** The `strict` preset: rules that are off by default speak, as warnings. */
  readonly strict: boolean;
  /** The level for findings in a file; undefined where nobody set one, so that the rule's default holds. */
  severityOf(ruleId: string, file: string): RuleLevel | undefined;
  /** Options for a file, as set; undefined or missing keys take the rule's defaults. */
  optionsOf(ruleId: string, file: string): Readonly<Record<string, unknown>> | undefined;
}

/** Nothing set: the `recommended` preset. */
export const defaultSettings: RuleSettings = {
  strict: false,
  severityOf: () => undefined,
  optionsOf: () => undefined,
};
