import type { RuleFlag } from "../config/resolve-settings.ts";
import type { CheckFlags } from "./program.ts";

/** The severities that the flags set; later ones win, so that `--rule` has the last word. */
export function ruleFlagsOf({ reportUnusedSuppressions, rule }: CheckFlags): readonly RuleFlag[] {
  if (!reportUnusedSuppressions) return rule;
  return [{ id: "unused-suppression", severity: "error" }, ...rule];
}
