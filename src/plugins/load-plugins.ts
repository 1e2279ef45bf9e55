import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { EngineCode } from "../diagnostics/engine-codes.ts";
import type { Finding } from "../diagnostics/finding.ts";
import { type FindingDraft, withFingerprints } from "../diagnostics/fingerprint.ts";
import type { Range } from "../diagnostics/range.ts";
import { projectFiles } from "../discover/project-files.ts";
import type { Rule } from "../engine/rule.ts";
import { InternalError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { LintSection } from "../plan/model.ts";
import { importPlugin } from "./import-plugin.ts";
import { resolvePlugin } from "./resolve-plugin.ts";

export interface LoadedPlugins {
  readonly rules: readonly Rule[];
  /** `plan-invalid` for what can't be a plugin, `internal-error` for one that threw; at its place in the plan. */
  readonly findings: readonly Finding[];
  readonly internalErrors: readonly InternalError[];
  /** True where some of the plan's plugins were not loaded, so that ids of unknown rules may be theirs. */
  readonly incomplete: boolean;
}

export interface PluginInput {
  readonly plugins: LintSection["plugins"];
  /** Of the run; the plan lies within its root, or it may not name plugins. */
  readonly host: Host;
  readonly planIsInside: boolean;
  /** Ids of the built-in rules and of those that the caller gave. */
  readonly taken: ReadonlySet<string>;
}

/** Nothing of the project but this is ever executed: what the plan in the root names under `lint.plugins`. */
export async function loadPlugins({ plugins, host, planIsInside, taken }: PluginInput): Promise<LoadedPlugins> {
  const rules: Rule[] = [];
  const drafts: FindingDraft[] = [];
  const internalErrors: InternalError[] = [];
  const ids = new Set(taken);
  const files = projectFiles(host);
  let incomplete = false;
  for (const { specifier, at } of plugins) {
    const refuse = (what: string, help: string) => {
      drafts.push(refusal(specifier, at, what, help));
      incomplete = true;
    };
    if (!planIsInside) {
      refuse("is not loaded: its plan lies outside the root", "Name plugins in a plan inside the project.");
      continue;
    }
    const resolved = resolvePlugin(specifier, at.file, host, files);
    if ("refusal" in resolved) {
      refuse(resolved.refusal, resolved.help);
      continue;
    }
    const imported = await importPlugin(pathToFileURL(resolve(host.root, resolved.path)));
    if ("failure" in imported) {
      internalErrors.push(new InternalError(`plugin ${specifier}`, imported.failure));
      drafts.push(crash(specifier, at, imported.failure));
      incomplete = true;
    } else if (typeof imported.rules === "string") {
      refuse(imported.rules, "`defineRule` of `tracklint` types a rule; README.md shows a plugin.");
    } else {
      const twice = imported.rules.find(({ meta }, index, all) => ids.has(meta.id) || firstOf(meta.id, all) !== index);
      if (twice !== undefined) {
        refuse(`has the rule \`${twice.meta.id}\`, which is there already`, "Rename it.");
        continue;
      }
      for (const rule of imported.rules) ids.add(rule.meta.id);
      rules.push(...imported.rules);
    }
  }
  return { rules, findings: withFingerprints(drafts), internalErrors, incomplete };
}

function firstOf(id: string, rules: readonly Rule[]): number {
  return rules.findIndex(({ meta }) => meta.id === id);
}

function refusal(specifier: string, at: Range, what: string, help: string): FindingDraft {
  return draft("plan-invalid", specifier, at, `The plugin \`${specifier}\` ${what}`, help);
}

function crash(specifier: string, at: Range, cause: unknown): FindingDraft {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const help = "This is a mistake in the plugin. `--no-plugins` runs without it.";
  return draft("internal-error", specifier, at, `The plugin \`${specifier}\` failed: ${reason}`, help);
}

function draft(rule: EngineCode, subject: string, at: Range, message: string, help: string): FindingDraft {
  return { rule, severity: "error", at, message, help, related: [], subject };
}
