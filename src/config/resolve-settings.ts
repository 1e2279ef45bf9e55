import type { Finding } from "../diagnostics/finding.ts";
import { type FindingDraft, withFingerprints } from "../diagnostics/fingerprint.ts";
import type { Range } from "../diagnostics/range.ts";
import { matchPatterns } from "../discover/globs.ts";
import type { Rule, RuleLevel } from "../engine/rule.ts";
import type { RuleSettings } from "../engine/settings.ts";
import { unknownRule } from "../engine/unknown-rule.ts";
import { UserError } from "../errors.ts";
import type { LintSection, Plan } from "../plan/model.ts";
import { nearestName } from "../util/nearest-name.ts";
import { isPreset, PRESETS, type Preset, presetLevel } from "./presets.ts";
import { optionProblems } from "./rule-options.ts";

/** `--rule id:severity` */
export interface RuleFlag {
  readonly id: string;
  readonly severity: RuleLevel;
}

export interface ResolvedSettings {
  readonly settings: RuleSettings;
  /** `plan-invalid`: what the plan's `lint` section says of rules, options or presets that aren't there. */
  readonly findings: readonly Finding[];
}

type RuleEntries = LintSection["rules"];
type RuleEntry = RuleEntries extends ReadonlyMap<string, infer Entry> ? Entry : never;

/** Rules that the user set for some files; later layers win. */
interface Layer {
  covers(file: string): boolean;
  readonly rules: ReadonlyMap<string, { readonly severity: RuleLevel; readonly options?: RuleSettingsOptions }>;
}
type RuleSettingsOptions = Readonly<Record<string, unknown>>;

/**
 * What holds for each rule in each file. Later wins:
 *
 * 1. the rule's default, without or with a plan
 * 2. the preset of `lint.extends`, the last one where there are several
 * 3. `lint.rules`
 * 4. `lint.overrides` whose paths match the file, in their order
 * 5. `--rule id:severity`
 *
 * Options are merged key by key in the same order; a layer that sets only a severity leaves the options as they are.
 * A severity that a rule gives one of its problems counts only where none of 2 to 5 set one.
 *
 * @param isUnloaded true for an id that may be that of a rule of a plugin which was not loaded
 */
export function resolveSettings(
  rules: readonly Rule[],
  plan: Plan | undefined,
  flags: readonly RuleFlag[],
  isUnloaded: (id: string) => boolean = () => false,
): ResolvedSettings {
  const byId = new Map(rules.map((rule) => [rule.meta.id, rule]));
  const valid = (entries: RuleEntries) => validEntries(entries, byId, isUnloaded, drafts);
  const drafts: FindingDraft[] = [];
  const lint = plan?.lint;
  const preset = lint === undefined ? "recommended" : presetOf(lint, drafts);
  const everywhere = () => true;
  const layers: Layer[] = [
    { covers: everywhere, rules: presetLayer(preset, rules) },
    ...(lint === undefined ? [] : [{ covers: everywhere, rules: valid(lint.rules) }]),
    ...(lint?.overrides ?? []).map((override) => ({
      covers: matchPatterns(override.paths),
      rules: valid(override.rules),
    })),
    { covers: everywhere, rules: new Map(flags.map(({ id, severity }) => [id, { severity }])) },
  ];
  return { settings: settingsOf(preset === "strict", layers), findings: withFingerprints(drafts) };
}

/**
 * @param isUnloaded true for an id that may be that of a rule of a plugin which was not loaded
 * @throws UserError for a flag that names no rule
 */
export function requireKnownRules(
  rules: readonly Rule[],
  flags: readonly RuleFlag[],
  isUnloaded: (id: string) => boolean = () => false,
): void {
  const ids = new Set(rules.map((rule) => rule.meta.id));
  for (const { id } of flags) {
    if (ids.has(id) || isUnloaded(id)) continue;
    const { message, help } = unknownRule(id, ids);
    throw new UserError(`${message}.`, { help });
  }
}

function settingsOf(strict: boolean, layers: readonly Layer[]): RuleSettings {
  const layersByFile = new Map<string, readonly Layer[]>();
  const layersOf = (file: string) => {
    const known = layersByFile.get(file);
    if (known !== undefined) return known;
    const covering = layers.filter((layer) => layer.covers(file));
    layersByFile.set(file, covering);
    return covering;
  };
  return {
    strict,
    severityOf: (id, file) =>
      layersOf(file)
        .findLast((layer) => layer.rules.has(id))
        ?.rules.get(id)?.severity,
    optionsOf: (id, file) => {
      const set = layersOf(file).flatMap((layer) => layer.rules.get(id)?.options ?? []);
      return set.length === 0 ? undefined : Object.assign({}, ...set);
    },
  };
}

function presetOf(lint: LintSection, drafts: FindingDraft[]): Preset {
  for (const { name, at } of lint.extends) {
    if (isPreset(name)) continue;
    const near = nearestName(name, PRESETS);
    const help = near === undefined ? `Use one of ${PRESETS.join(", ")}.` : `Did you mean \`${near}\`?`;
    drafts.push(invalid(at, `There is no preset \`${name}\``, help));
  }
  return lint.extends.map(({ name }) => name).findLast(isPreset) ?? "recommended";
}

function presetLayer(preset: Preset, rules: readonly Rule[]): Layer["rules"] {
  return new Map(
    rules.flatMap((rule) => {
      const severity = presetLevel(preset, rule);
      return severity === undefined ? [] : [[rule.meta.id, { severity }] as const];
    }),
  );
}

/** The entries whose rule exists and whose options it takes; the others are reported and don't count. */
function validEntries(
  entries: RuleEntries,
  byId: ReadonlyMap<string, Rule>,
  isUnloaded: (id: string) => boolean,
  drafts: FindingDraft[],
): Layer["rules"] {
  const valid = new Map<string, { severity: RuleLevel; options?: RuleSettingsOptions }>();
  for (const [id, entry] of entries) {
    const rule = byId.get(id);
    if (rule === undefined && isUnloaded(id)) continue;
    if (rule === undefined) {
      const { message, help } = unknownRule(id, byId.keys());
      drafts.push(invalid(entry.at, message, help));
      continue;
    }
    const problems = entry.options === undefined ? [] : optionProblems(rule, entry.options);
    drafts.push(...problems.map(({ message, help }) => invalid(entry.at, message, help)));
    valid.set(id, problems.length === 0 ? withOptions(entry) : { severity: entry.severity });
  }
  return valid;
}

function withOptions({ severity, options }: RuleEntry) {
  return options === undefined ? { severity } : { severity, options: options as RuleSettingsOptions };
}

function invalid(at: Range, message: string, help: string): FindingDraft {
  return { rule: "plan-invalid", severity: "error", at, message, help, related: [], subject: message };
}
