import type { ChangeClass } from "./schema-change.ts";

export type VersionScheme = "semver" | "schemaver" | "integer";

/**
 * The least version that a change asks for; undefined where the version before can't be read. SchemaVer counts from
 * MODEL over REVISION to ADDITION; an integer counts what breaks.
 */
export function expectedVersion(scheme: VersionScheme, before: string, change: ChangeClass): string | undefined {
  const parts = numbersOf(scheme, before);
  if (parts === undefined) return undefined;
  if (scheme === "integer") return change === "breaking" ? `${parts[0]! + 1}` : before;
  const [first, second, third] = parts as [number, number, number];
  if (change === "annotation") return before;
  if (scheme === "schemaver") return change === "breaking" ? `${first + 1}-0-0` : `${first}-${second}-${third + 1}`;
  // Before 1.0.0 a minor version may break.
  if (change === "breaking") return first === 0 ? `0.${second + 1}.0` : `${first + 1}.0.0`;
  return first === 0 ? `0.${second}.${third + 1}` : `${first}.${second + 1}.0`;
}

/** Whether a version is at least another; undefined where one of them can't be read. */
export function isAtLeast(scheme: VersionScheme, version: string, least: string): boolean | undefined {
  const [a, b] = [numbersOf(scheme, version), numbersOf(scheme, least)];
  if (a === undefined || b === undefined) return undefined;
  const index = a.findIndex((part, at) => part !== b[at]);
  return index < 0 || a[index]! > b[index]!;
}

function numbersOf(scheme: VersionScheme, version: string): readonly number[] | undefined {
  const patterns = {
    semver: /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+].*)?$/,
    schemaver: /^(\d+)-(\d+)-(\d+)$/,
    integer: /^(\d+)$/,
  };
  const match = patterns[scheme].exec(version);
  return match === null ? undefined : match.slice(1).map((part) => Number(part ?? 0));
}
