import { cleanPath, foldersAbove, nameOf, parentOf } from "../util/posix-path.ts";
import type { Entry, Host } from "./host.ts";
import { sourceFileText } from "./source-file-text.ts";

/**
 * A host in which some files have other texts than on the disk.
 *
 * @param texts by path; undefined for a file that is not there
 */
export function overlayHost(base: Host, texts: ReadonlyMap<string, string | undefined>): Host {
  if (texts.size === 0) return base;
  const folders = new Map<string, Map<string, Entry["kind"]>>();
  for (const [path, text] of texts) {
    if (text === undefined) continue;
    const below = foldersOf(folders, parentOf(path));
    below.set(nameOf(path), "file");
    for (const folder of foldersAbove(path)) {
      if (folder !== "") foldersOf(folders, parentOf(folder)).set(nameOf(folder), "directory");
    }
  }
  const isOver = (path: string) => texts.has(cleanPath(path) ?? path);
  const textAt = (path: string) => texts.get(cleanPath(path) ?? path);

  function entries(path: string): readonly Entry[] {
    const folder = cleanPath(path) ?? path;
    const own = folders.get(folder);
    const rest = base
      .entries(path)
      .filter(({ name }) => own?.has(name) !== true && !isHidden(folder === "" ? name : `${folder}/${name}`));
    if (own === undefined) return rest;
    const added = [...own].map(([name, kind]): Entry => ({ name, kind }));
    return [...rest, ...added].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  const isHidden = (path: string) => texts.has(path) && texts.get(path) === undefined;

  return {
    root: base.root,
    readText(path) {
      if (!isOver(path)) return base.readText(path);
      const text = textAt(path);
      return text === undefined ? undefined : sourceFileText(path, text);
    },
    isFile: (path) => (isOver(path) ? textAt(path) !== undefined : base.isFile(path)),
    isDirectory: (path) => folders.has(cleanPath(path) ?? path) || (!isOver(path) && base.isDirectory(path)),
    entries,
    list: (path) => entries(path).map(({ name }) => name),
    realPath(path) {
      if (!isOver(path)) return folders.has(cleanPath(path) ?? path) ? cleanPath(path) : base.realPath(path);
      return textAt(path) === undefined ? undefined : cleanPath(path);
    },
    gitFiles() {
      const listed = base.gitFiles();
      if (listed === undefined) return undefined;
      const there = [...texts].flatMap(([path, text]) => (text === undefined ? [] : [path]));
      return [...new Set([...listed.filter((path) => !texts.has(path)), ...there])];
    },
    stamp: (path) => (isOver(path) ? undefined : base.stamp(path)),
  };
}

function foldersOf(folders: Map<string, Map<string, Entry["kind"]>>, folder: string): Map<string, Entry["kind"]> {
  const known = folders.get(folder) ?? new Map<string, Entry["kind"]>();
  folders.set(folder, known);
  return known;
}
