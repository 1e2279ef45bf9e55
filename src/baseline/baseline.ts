import type { Finding } from "../diagnostics/finding.ts";

/** Where the baseline stands, relative to the root, unless the user names another file. */
export const BASELINE_FILE = "tracklint-baseline.json";

/** The version of the file's format, under the key that tells the file from others. */
export const BASELINE_VERSION = 1;
export const BASELINE_KEY = "tracklintBaseline";

/**
 * What findings are known by. No line, no count and no file: an entry holds for all findings with its key, wherever
 * their code moves. See rationale.md.
 */
export interface BaselineEntry {
  readonly rule: string;
  /** The event, or what else the rule speaks of: `event/property`, a vendor, a key of the plan. */
  readonly about: string;
  /** The named function around the place. */
  readonly symbol?: string;
  /** The service, where there is no such function or the finding is about the service as a whole. */
  readonly source?: string;
}

export const ENTRY_KEYS = ["rule", "about", "symbol", "source"] as const satisfies readonly (keyof BaselineEntry)[];

/** What decides whether an entry that nothing answers to is fixed. */
export interface BaselineInput {
  readonly entries: readonly BaselineEntry[];
  /** All findings of the run, whatever was named. */
  readonly findings: readonly Finding[];
  /** The findings that the user asked for. */
  isAsked(finding: Finding): boolean;
  /** False where the silence of a rule says nothing: it was off, failed, or had nothing to judge by. */
  wasJudged(entry: BaselineEntry): boolean;
  /** The service of a file of code; undefined for files of the plan. */
  sourceOf(file: string): string | undefined;
  readonly change?: "update" | "prune";
}

export interface BaselineResult {
  /** The findings that are not in the baseline, in the order given. */
  readonly fresh: readonly Finding[];
  readonly hidden: readonly Finding[];
  /** Entries that nothing answers to any more. */
  readonly fixed: readonly BaselineEntry[];
  /** The baseline as it is after the change that was asked for; sorted, each once. */
  readonly entries: readonly BaselineEntry[];
  /** True where a change was asked for, though it may have found nothing to do. */
  readonly isChanged: boolean;
  /** How many entries the change added and removed. */
  readonly added: number;
  readonly removed: number;
}

export function applyBaseline(input: BaselineInput): BaselineResult {
  const { findings, change } = input;
  const keys = new Map<Finding, string>();
  const found = new Map<string, BaselineEntry>();
  const asked = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const entry = entryOf(finding, input.sourceOf);
    if (entry === undefined) continue;
    const key = keyOf(entry);
    keys.set(finding, key);
    found.set(key, entry);
    if (input.isAsked(finding)) asked.set(key, entry);
  }
  const before = new Map(input.entries.map((entry) => [keyOf(entry), entry]));
  const isFixed = ([key, entry]: readonly [string, BaselineEntry]) => !found.has(key) && input.wasJudged(entry);
  const kept = change === undefined ? [...before] : [...before].filter((one) => !isFixed(one));
  const after = new Map([...kept, ...(change === "update" ? asked : [])]);
  const isHidden = (finding: Finding) => after.has(keys.get(finding) ?? "");
  return {
    fresh: findings.filter((finding) => !isHidden(finding)),
    hidden: findings.filter(isHidden),
    fixed: sorted(new Map([...after].filter(isFixed))),
    entries: sorted(after),
    isChanged: change !== undefined,
    added: [...after.keys()].filter((key) => !before.has(key)).length,
    removed: [...before.keys()].filter((key) => !after.has(key)).length,
  };
}

/** One entry a line, so that branches which add and remove different ones merge. */
export function printBaseline(entries: readonly BaselineEntry[]): string {
  const lines = sorted(new Map(entries.map((entry) => [keyOf(entry), entry]))).map((entry) => {
    const parts = Object.entries(ordered(entry)).map(
      ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
    );
    return `    { ${parts.join(", ")} }`;
  });
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "${BASELINE_KEY}": ${BASELINE_VERSION},\n  "findings": ${list}\n}\n`;
}

/** The entry of a finding; undefined for what tracklint itself reports, which no baseline hides. */
function entryOf({ rule, at, identity }: Finding, sourceOf: BaselineInput["sourceOf"]): BaselineEntry | undefined {
  if (identity === undefined) return undefined;
  const { about, symbol, source } = identity;
  if (source !== undefined) return { rule, about, source };
  if (symbol !== undefined) return { rule, about, symbol };
  const service = sourceOf(at.file);
  return service === undefined ? { rule, about } : { rule, about, source: service };
}

function keyOf(entry: BaselineEntry): string {
  return JSON.stringify(Object.values(ordered(entry)).concat(entry.symbol === undefined ? "" : "symbol"));
}

function ordered({ rule, source, about, symbol }: BaselineEntry): Readonly<Record<string, string>> {
  return {
    rule,
    ...(source === undefined ? {} : { source }),
    about,
    ...(symbol === undefined ? {} : { symbol }),
  };
}

function sorted(entries: ReadonlyMap<string, BaselineEntry>): BaselineEntry[] {
  const sortKey = ({ rule, about, symbol = "", source = "" }: BaselineEntry) =>
    [rule, about, source, symbol].join("\0");
  return [...entries.values()]
    .map((entry) => ({ entry, key: sortKey(entry) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ entry }) => entry);
}
