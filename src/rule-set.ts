import { rules as builtIn } from "../rules/index.ts";
import { type RuleFlag, requireKnownRules } from "./config/resolve-settings.ts";
import type { Finding } from "./diagnostics/finding.ts";
import type { Rule } from "./engine/rule.ts";
import type { InternalError } from "./errors.ts";
import type { Host } from "./host/host.ts";
import type { Plan } from "./plan/model.ts";
import { stage } from "./read.ts";
import type { Stopwatch } from "./util/stopwatch.ts";

export interface RuleOptions {
  /** Rules of the caller's own, beside the built-in ones. */
  readonly rules?: readonly Rule[];
  /** Severities that win over all others. */
  readonly ruleFlags?: readonly RuleFlag[];
  /** False: what the plan names under `lint.plugins` is not run. */
  readonly plugins?: boolean;
}

export interface RuleSet {
  readonly rules: readonly Rule[];
  /** What is to be said of the plugins. */
  readonly findings: readonly Finding[];
  readonly internalErrors: readonly InternalError[];
  /** True for an id that may be that of a rule of a plugin which was not loaded. */
  isUnloaded(id: string): boolean;
}

/**
 * @param planIsInside the plan lies in the project whose host this is
 * @throws UserError for a rule flag that names no rule
 */
export async function loadRules(
  { rules: own = [], ruleFlags = [], plugins = true }: RuleOptions,
  plan: Plan | undefined,
  planIsInside: boolean,
  host: Host,
  watch: Stopwatch,
): Promise<RuleSet> {
  const known = [...builtIn, ...own];
  const named = plan?.lint.plugins ?? [];
  const loaded =
    plugins && named.length > 0
      ? await stage(watch, "plugins", async () => {
          const { loadPlugins } = await import("./plugins/load-plugins.ts");
          const taken = new Set(known.map((rule) => rule.meta.id));
          return loadPlugins({ plugins: named, host, planIsInside, taken });
        })
      : { rules: [], findings: [], internalErrors: [], incomplete: named.length > 0 };
  const isUnloaded = (id: string) => loaded.incomplete && id.includes("/");
  const rules = [...known, ...loaded.rules];
  requireKnownRules(rules, ruleFlags, isUnloaded);
  return { rules, findings: loaded.findings, internalErrors: loaded.internalErrors, isUnloaded };
}

/** What a plan would turn on. */
export function idsThatNeedPlan(rules: readonly Rule[]): string[] {
  return rules.flatMap(({ meta }) =>
    meta.default.withoutPlan === "off" && meta.default.withPlan !== "off" ? [meta.id] : [],
  );
}
