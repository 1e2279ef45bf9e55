import type { Rule, RuleLevel } from "../engine/rule.ts";

export const PRESETS = ["recommended", "strict", "migration"] as const;
export type Preset = (typeof PRESETS)[number];

export function isPreset(name: string): name is Preset {
  return (PRESETS as readonly string[]).includes(name);
}

/**
 * The level that a preset sets for a rule; undefined where it leaves the rule's default.
 *
 * - `recommended`: every rule's default.
 * - `strict`: what is off by default speaks as a warning (the engine's `strict`).
 * - `migration`: does the code send what the plan says? Only those rules, all as warnings.
 */
export function presetLevel(preset: Preset, rule: Rule): RuleLevel | undefined {
  if (preset !== "migration") return undefined;
  return rule.meta.conformance && rule.meta.default.withPlan !== "off" ? "warn" : "off";
}
