import { UserError } from "../errors.ts";
import type { Entry } from "../host/host.ts";
import type { Answer } from "../link/text-memory.ts";
import { cleanPath } from "../util/posix-path.ts";
import { digestOf } from "./packing.ts";
import type { LentFacts, PackageEntry, Part, PartFile } from "./part.ts";
import { isPart, PART_FORMAT } from "./print-part.ts";

const AGAIN = "Make it again with `tracklint scan --out`.";

/**
 * Reads what `printPart` wrote.
 *
 * @param name of the file, as it is shown
 * @throws UserError for what is no part, is damaged, or was made by another tracklint
 */
export function readPart(text: string, name: string, build: string): Part {
  const content = parsed(text);
  if (!isRecord(content) || !("tracklintPart" in content)) {
    throw new UserError(`\`${name}\` is no part that \`tracklint scan --out\` wrote.`, {
      help: "Name the files that it wrote, and no others.",
    });
  }
  if (content !== DAMAGED && (content.tracklintPart !== PART_FORMAT || content.build !== build)) {
    throw new UserError(`\`${name}\` was made by another version of tracklint.`, { help: AGAIN });
  }
  const start = text.indexOf("\n") + 1;
  const part = digestOf(text.slice(start, text.lastIndexOf("}"))) === content.digest ? partOf(content) : undefined;
  if (part === undefined) throw new UserError(`\`${name}\` is damaged: it is not as it was written.`, { help: AGAIN });
  return part;
}

type Json = Readonly<Record<string, unknown>>;

/** What is left of a part that was cut off. */
const DAMAGED: Json = { tracklintPart: PART_FORMAT };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return isPart(text) ? DAMAGED : undefined;
    throw error;
  }
}

/** Undefined where it isn't shaped as a part. */
function partOf(content: Json): Part | undefined {
  const own = content.package;
  if (!isRecord(own) || typeof own.folder !== "string" || typeof own.name !== "string") return undefined;
  const packages = content.packages === null ? null : all(content.packages, packageOf);
  const files = all(content.files, fileOf);
  const links = all(content.links, linkOf);
  const others = all(content.others, fileOf);
  const folders = all(content.folders, folderOf);
  const lent = all(content.lent, lentOf);
  const answers = files && all(content.answers, (row) => answersOf(row, files));
  if (packages === undefined || !files || !links || !others || !folders || !lent || !answers) return undefined;
  return {
    folder: own.folder,
    name: own.name,
    ...(packages !== null && { packages }),
    files: new Map(files),
    links: new Map(links),
    others: new Map(others),
    folders: new Map(folders),
    lent: new Map(lent),
    answers: new Map(answers),
  };
}

function packageOf(row: unknown): PackageEntry | undefined {
  return isRecord(row) && isPath(row.folder) && typeof row.files === "number"
    ? { folder: row.folder, files: row.files }
    : undefined;
}

function fileOf(row: unknown): readonly [string, PartFile] | undefined {
  if (!Array.isArray(row) || !isPath(row[0])) return undefined;
  const [path, text, facts, unreadable]: readonly unknown[] = row;
  if (![text, facts, unreadable].every((one) => one === null || typeof one === "string")) return undefined;
  return [
    path as string,
    {
      ...(typeof text === "string" && { text }),
      ...(typeof facts === "string" && { facts }),
      ...(typeof unreadable === "string" && { unreadable }),
    },
  ];
}

function linkOf(row: unknown): readonly [string, string] | undefined {
  return Array.isArray(row) && isPath(row[0]) && isPath(row[1]) ? [row[0], row[1]] : undefined;
}

const KINDS: ReadonlySet<unknown> = new Set<Entry["kind"]>(["file", "directory", "link"]);

function folderOf(row: unknown): readonly [string, readonly Entry[]] | undefined {
  if (!Array.isArray(row) || !isPath(row[0])) return undefined;
  const entries = all(row[1], (entry): Entry | undefined =>
    Array.isArray(entry) && typeof entry[0] === "string" && KINDS.has(entry[1])
      ? { name: entry[0], kind: entry[1] as Entry["kind"] }
      : undefined,
  );
  return entries && [row[0], entries];
}

function lentOf(row: unknown): readonly [string, LentFacts] | undefined {
  if (!Array.isArray(row) || !isPath(row[0]) || typeof row[1] !== "string" || typeof row[2] !== "string") {
    return undefined;
  }
  return [row[0], { digest: row[1], facts: row[2] }];
}

function answersOf(
  row: unknown,
  files: readonly (readonly [string, PartFile])[],
): readonly [string, ReadonlyMap<string, Answer>] | undefined {
  if (!Array.isArray(row) || typeof row[0] !== "string" || !Array.isArray(row[1])) return undefined;
  const answers = new Map<string, Answer>();
  for (const [index, answer] of row[1].entries()) {
    const path = files[index]?.[0];
    if (answer === null) continue;
    if (path === undefined || (typeof answer !== "string" && typeof answer !== "boolean")) return undefined;
    answers.set(path, answer);
  }
  return [row[0], answers];
}

/** Undefined where it is no list, or one of its items is not as it should be. */
function all<Item>(rows: unknown, read: (row: unknown) => Item | undefined): Item[] | undefined {
  if (!Array.isArray(rows)) return undefined;
  const items = rows.map(read);
  return items.every((item): item is Item & {} => item !== undefined) ? items : undefined;
}

/** Relative to the root, and below it. */
function isPath(value: unknown): value is string {
  return typeof value === "string" && value !== "" && cleanPath(value) === value;
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
