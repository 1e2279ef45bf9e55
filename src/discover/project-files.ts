import stripJsonComments from "strip-json-comments";
import { type Entry, type Host, HostError } from "../host/host.ts";
import { nameOf, parentOf } from "../util/posix-path.ts";
import { stemsOf } from "./extensions.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** What resolution asks of the file system, each thing once: it lists folders instead of asking for single files. */
export interface ProjectFiles {
  isFile(path: string): boolean;
  isDirectory(path: string): boolean;
  /** The file that a path without extension stands for: the first that exists in the order of `stemsOf`. */
  withExtension(path: string): string | undefined;
  /** Names in a folder. */
  names(folder: string): Iterable<string>;
  /** Undefined where there is no such file or it can't be read. */
  readText(path: string): string | undefined;
  /** A JSON object, comments and trailing commas allowed; undefined where it is missing or broken. */
  readJson(path: string): JsonObject | undefined;
  /** The path with links followed: a file has one name, however it is reached. */
  canonical(path: string): string;
  /** What could not be read, or not be understood, on the way. Grows as more is asked. */
  readonly problems: readonly HostError[];
  note(problem: HostError): void;
}

interface Folder {
  readonly kinds: ReadonlyMap<string, Entry["kind"]>;
  readonly viaLink: boolean;
  /** Names of files by what is left without their extension. */
  readonly byStem: ReadonlyMap<string, string>;
}

export function projectFiles(host: Host): ProjectFiles {
  const folders = new Map<string, Folder | undefined>();
  const jsons = new Map<string, JsonObject | undefined>();
  const problems: HostError[] = [];
  const note = (problem: HostError) => {
    problems.push(problem);
  };

  function folderAt(path: string): Folder | undefined {
    if (folders.has(path)) return folders.get(path);
    const folder = openFolder(path);
    folders.set(path, folder);
    return folder;
  }

  function openFolder(path: string): Folder | undefined {
    const parent = path === "" ? undefined : folderAt(parentOf(path));
    const kind = path === "" ? "directory" : parent?.kinds.get(nameOf(path));
    if (kind === undefined || kind === "file" || (kind === "link" && !host.isDirectory(path))) return undefined;
    const entries = attempt(() => host.entries(path)) ?? [];
    const viaLink = kind === "link" || parent?.viaLink === true;
    return { kinds: new Map(entries.map((entry) => [entry.name, entry.kind])), viaLink, byStem: stems(entries) };
  }

  function attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      note(error);
      return undefined;
    }
  }

  function isFile(path: string): boolean {
    const kind = folderAt(parentOf(path))?.kinds.get(nameOf(path));
    return kind === "file" || (kind === "link" && host.isFile(path));
  }

  function parseJson(path: string): JsonObject | undefined {
    const text = isFile(path) ? attempt(() => host.readText(path)) : undefined;
    if (text === undefined) return undefined;
    const value = parsed(text) ?? parsed(stripJsonComments(text, { trailingCommas: true }));
    if (value === undefined) note(new HostError(path, "is not valid JSON"));
    return isObject(value?.json) ? value.json : undefined;
  }

  return {
    isFile,
    isDirectory: (path) => folderAt(path) !== undefined,
    withExtension(path) {
      const folder = parentOf(path);
      const name = folderAt(folder)?.byStem.get(nameOf(path));
      const file = name === undefined || folder === "" ? name : `${folder}/${name}`;
      return file !== undefined && isFile(file) ? file : undefined;
    },
    names: (folder) => folderAt(folder)?.kinds.keys() ?? [],
    readText: (path) => (isFile(path) ? attempt(() => host.readText(path)) : undefined),
    readJson(path) {
      if (!jsons.has(path)) jsons.set(path, parseJson(path));
      return jsons.get(path);
    },
    canonical(path) {
      const folder = folderAt(parentOf(path));
      const isPlain = folder !== undefined && !folder.viaLink && folder.kinds.get(nameOf(path)) !== "link";
      return isPlain ? path : (host.realPath(path) ?? path);
    },
    problems,
    note,
  };
}

/** Most JSON has no comments: removing them takes longer than parsing. */
function parsed(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function stems(entries: readonly Entry[]): Map<string, string> {
  const byStem = new Map<string, { readonly name: string; readonly rank: number }>();
  for (const { name, kind } of entries) {
    for (const { stem, rank } of kind === "directory" ? [] : stemsOf(name)) {
      const known = byStem.get(stem);
      if (known === undefined || rank < known.rank) byStem.set(stem, { name, rank });
    }
  }
  return new Map([...byStem].map(([stem, { name }]) => [stem, name]));
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The strings of a list; a single string counts as a list of one. */
export function stringsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
