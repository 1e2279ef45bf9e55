import type { Finding } from "../diagnostics/finding.ts";
import { withFingerprints } from "../diagnostics/fingerprint.ts";
import { UserError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { TextMemory } from "../link/text-memory.ts";
import type { Part } from "./part.ts";
import { partsHost } from "./parts-host.ts";
import { PartsMemory } from "./parts-memory.ts";

/** The code of a project as its parts hold it. */
export interface JoinedParts {
  readonly host: Host;
  readonly memory: TextMemory;
  /** Of packages that have code and no part. */
  readonly findings: readonly Finding[];
}

export interface NamedPart {
  /** The file that it was read from, as it is shown. */
  readonly name: string;
  readonly part: Part;
}

/**
 * Joins the parts of a project.
 *
 * @param disk of the root of the project
 * @throws UserError where they are not the parts of one project
 */
export function joinParts(named: readonly NamedPart[], disk: Host): JoinedParts {
  // What two parts say of an installed package doesn't depend on the order in which they were named.
  const sorted = named.toSorted((a, b) => (a.part.folder < b.part.folder ? -1 : 1));
  const parts = sorted.map(({ part }) => part);
  requireOneEach(sorted);
  const host = partsHost(parts, disk);
  return { host, memory: new PartsMemory(parts, host), findings: missingParts(parts) };
}

function requireOneEach(named: readonly NamedPart[]): void {
  const root = named.find(({ part }) => part.folder === "");
  if (root === undefined) {
    throw new UserError("The part of the root is missing: it says which packages there are.", {
      help: "Make it with `tracklint scan --out FILE` in the root of the project.",
    });
  }
  const byFolder = new Map<string, string>();
  const byFile = new Map<string, string>();
  const isKnown = new Set(["", ...(root.part.packages ?? []).map(({ folder }) => folder)]);
  for (const { name, part } of named) {
    const twin = byFolder.get(part.folder);
    if (twin !== undefined) {
      throw new UserError(`\`${twin}\` and \`${name}\` are parts of the same package, ${shown(part.folder)}.`, {
        help: "Leave out the one that is older.",
      });
    }
    byFolder.set(part.folder, name);
    for (const path of part.files.keys()) {
      const other = byFile.get(path);
      if (other !== undefined) {
        throw new UserError(`\`${path}\` is in two parts: \`${other}\` and \`${name}\`.`, {
          help: "They were made of different states of the project. Make them again.",
        });
      }
      byFile.set(path, name);
    }
    if (!isKnown.has(part.folder)) {
      throw new UserError(`\`${name}\` is the part of ${shown(part.folder)}, which is no package of the project now.`, {
        help: `Leave it out. If it is one, make the part of the root again: \`${root.name}\`.`,
      });
    }
  }
}

function missingParts(parts: readonly Part[]): Finding[] {
  const there = new Set(parts.map(({ folder }) => folder));
  const packages = parts.flatMap((part) => part.packages ?? []);
  return withFingerprints(
    packages
      .filter(({ folder, files }) => files > 0 && !there.has(folder))
      .map(({ folder, files }) => ({
        rule: "missing-part",
        severity: "warn",
        at: { file: `${folder}/package.json`, line: 1, column: 1, endLine: 1, endColumn: 1 },
        message: `There is no part of \`${folder}\`, which has code: ${files} ${files === 1 ? "file" : "files"}`,
        help: "Its calls are not among those judged. Make its part with `tracklint scan --out`, or leave its code out with `lint.exclude`.",
        related: [],
        subject: folder,
      })),
  );
}

function shown(folder: string): string {
  return folder === "" ? "the root" : `\`${folder}\``;
}
