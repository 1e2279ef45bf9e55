import { cleanPath, foldersAbove, nameOf, parentOf } from "../util/posix-path.ts";
import { type Entry, type Host, HostError } from "./host.ts";
import { sourceFileText } from "./source-file-text.ts";

export interface MemoryHostOptions {
  /** Absolute path that the host claims to be at; `/project` by default. */
  readonly root?: string;
  /** What `gitFiles` answers; absent: not a git work tree. */
  readonly gitFiles?: readonly string[];
  /** Files that exist but can't be read, with the reason. */
  readonly unreadable?: Readonly<Record<string, string>>;
}

/** A host over texts by path, for tests, examples and editors. It knows no links. */
export function memoryHost(files: Readonly<Record<string, string>>, options: MemoryHostOptions = {}): Host {
  const texts = new Map(Object.entries(files).map(([path, text]) => [keyOf(path), text]));
  const unreadable = new Map(Object.entries(options.unreadable ?? {}).map(([path, why]) => [keyOf(path), why]));
  const folders = foldersOf([...texts.keys(), ...unreadable.keys()]);

  const entries = (path: string): readonly Entry[] => folders.get(cleanPath(path) ?? outside) ?? [];
  const isFile = (path: string): boolean => {
    const key = cleanPath(path) ?? outside;
    return texts.has(key) || unreadable.has(key);
  };
  const isDirectory = (path: string): boolean => folders.has(cleanPath(path) ?? outside);

  return {
    root: options.root ?? "/project",
    readText(path) {
      const key = cleanPath(path);
      if (key === undefined) throw new HostError(path, "lies outside the root");
      const reason = unreadable.get(key);
      if (reason !== undefined) throw new HostError(path, reason);
      const text = texts.get(key);
      return text === undefined ? undefined : sourceFileText(path, text);
    },
    isFile,
    isDirectory,
    entries,
    list: (path) => entries(path).map((entry) => entry.name),
    realPath: (path) => (isFile(path) || isDirectory(path) ? cleanPath(path) : undefined),
    gitFiles: () => options.gitFiles,
    stamp: () => undefined,
  };
}

/** No path of a root is spelt like this. */
const outside = "..";

function keyOf(path: string): string {
  const key = cleanPath(path);
  if (key === undefined || key === "") throw new TypeError(`Not a path relative to the root: ${path}`);
  return key;
}

function foldersOf(paths: readonly string[]): ReadonlyMap<string, readonly Entry[]> {
  const kinds = new Map<string, Map<string, Entry["kind"]>>([["", new Map()]]);
  const add = (path: string, kind: Entry["kind"]) => {
    const folder = parentOf(path);
    const names = kinds.get(folder) ?? new Map<string, Entry["kind"]>();
    kinds.set(folder, names.set(nameOf(path), kind));
  };
  for (const path of paths) {
    add(path, "file");
    for (const folder of foldersAbove(path)) if (folder !== "") add(folder, "directory");
  }
  return new Map(
    [...kinds].map(([folder, names]) => [
      folder,
      [...names].map(([name, kind]) => ({ name, kind })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    ]),
  );
}
