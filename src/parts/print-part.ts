import { digestOf } from "./packing.ts";
import type { Part, PartFile } from "./part.ts";

/** Of the format; another one is another file. */
export const PART_FORMAT = 1;

const START = '{"tracklintPart":';

/** A file: path, text, facts, why it could not be read. */
export type FileRow = readonly [path: string, text: string | null, facts: string | null, unreadable: string | null];

/**
 * The text of a part: deterministic JSON, a line for each file.
 *
 * @param build names what made it: facts and answers of another build are foreign
 */
export function printPart(part: Part, build: string): string {
  const files = [...part.files];
  const body = [
    line("package", { folder: part.folder, name: part.name }),
    line("packages", part.packages ?? null),
    list("files", files.map(rowOf)),
    line("links", [...part.links]),
    list("others", [...part.others].map(rowOf)),
    line(
      "folders",
      [...part.folders].map(([folder, entries]) => [folder, entries.map(({ name, kind }) => [name, kind])]),
    ),
    list(
      "lent",
      [...part.lent].map(([path, { digest, facts }]) => [path, digest, facts]),
    ),
    list(
      "answers",
      [...part.answers].map(([question, answers]) => [question, files.map(([path]) => answers.get(path) ?? null)]),
    ),
  ].join(",\n");
  return `${START}${PART_FORMAT},"build":${JSON.stringify(build)},"digest":"${digestOf(body)}",\n${body}}\n`;
}

export function isPart(text: string): boolean {
  return text.startsWith(START);
}

function rowOf([path, { text, facts, unreadable }]: readonly [string, PartFile]): FileRow {
  return [path, text ?? null, facts ?? null, unreadable ?? null];
}

function line(key: string, value: unknown): string {
  return `${JSON.stringify(key)}:${JSON.stringify(value)}`;
}

function list(key: string, rows: readonly unknown[]): string {
  return `${JSON.stringify(key)}:[${rows.map((row) => `\n${JSON.stringify(row)}`).join(",")}]`;
}
