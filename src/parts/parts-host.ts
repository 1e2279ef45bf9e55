import { UserError } from "../errors.ts";
import { type Entry, type Host, HostError } from "../host/host.ts";
import { cleanPath, foldersAbove, nameOf, parentOf } from "../util/posix-path.ts";
import { unpacked } from "./packing.ts";
import type { Part, PartFile } from "./part.ts";

/** What is installed, which no part has as a whole. */
const INSTALLED = /(?:^|\/)node_modules(?:\/|$)/;

/**
 * The code as parts hold it. The disk is asked for two things alone: what is installed and no part looked into, and the
 * text of a file that a part has but doesn't carry.
 *
 * @param disk of the root of the project
 */
export function partsHost(parts: readonly Part[], disk: Host): Host {
  const listed = new Map<string, PartFile>();
  const others = new Map<string, PartFile>();
  const links = new Map<string, string>();
  for (const part of parts) {
    for (const [path, file] of part.files) listed.set(path, file);
    for (const [path, file] of part.others) if (!others.has(path)) others.set(path, file);
    for (const [path, target] of part.links) links.set(path, target);
  }
  const folders = parts.flatMap((part) => [...part.folders]);
  const tree = treeOf([...listed.keys(), ...others.keys()], links, folders);
  const followed = linkFollower(links);
  const texts = new Map<string, string>();

  const fileAt = (path: string) => listed.get(path) ?? others.get(path);
  const isOfDisk = (path: string) => INSTALLED.test(path) && fileAt(path) === undefined && !tree.has(path);
  const kindOf = (path: string) => tree.get(parentOf(path))?.get(nameOf(path));

  function readText(written: string): string | undefined {
    const path = followed(written);
    const known = texts.get(path);
    if (known !== undefined) return known;
    const file = fileAt(path);
    if (file?.unreadable !== undefined) throw new HostError(path, file.unreadable);
    const text = file?.text === undefined ? notCarried(path, file) : unpacked(file.text);
    if (text !== undefined) texts.set(path, text);
    return text;
  }

  function notCarried(path: string, file: PartFile | undefined): string | undefined {
    if (file === undefined && !isOfDisk(path)) return undefined;
    const text = disk.readText(path);
    if (text !== undefined || file === undefined) return text;
    throw new UserError(`No part carries the text of \`${path}\`, which linking asks for.`, {
      help: "Make the part again with the plan of this run, or run `check --from` where the code is.",
    });
  }

  function entries(written: string): readonly Entry[] {
    const path = followed(written);
    if (isOfDisk(path)) return disk.entries(path);
    const names = new Map(tree.get(path));
    if (names.has("package.json") && !names.has("node_modules") && disk.isDirectory(below(path, "node_modules"))) {
      names.set("node_modules", "directory");
    }
    return [...names].map(([name, kind]) => ({ name, kind })).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  return {
    root: disk.root,
    readText,
    isFile(written) {
      const path = followed(written);
      return fileAt(path) !== undefined || kindOf(path) === "file" || (isOfDisk(path) && disk.isFile(path));
    },
    isDirectory(written) {
      const path = followed(written);
      return tree.has(path) || kindOf(path) === "directory" || (isOfDisk(path) && disk.isDirectory(path));
    },
    entries,
    list: (path) => entries(path).map(({ name }) => name),
    realPath(written) {
      const path = followed(written);
      if (fileAt(path) !== undefined || tree.has(path) || kindOf(path) !== undefined) return path;
      return isOfDisk(path) ? disk.realPath(path) : undefined;
    },
    gitFiles: () => [...listed.keys()],
    stamp: () => undefined,
  };
}

type Tree = ReadonlyMap<string, ReadonlyMap<string, Entry["kind"]>>;

function treeOf(
  files: readonly string[],
  links: ReadonlyMap<string, string>,
  folders: readonly (readonly [string, readonly Entry[]])[],
): Tree {
  const tree = new Map<string, Map<string, Entry["kind"]>>([["", new Map()]]);
  const add = (path: string, kind: Entry["kind"]) => {
    const folder = tree.get(parentOf(path)) ?? new Map<string, Entry["kind"]>();
    tree.set(parentOf(path), folder);
    if (!folder.has(nameOf(path))) folder.set(nameOf(path), kind);
    for (const above of foldersAbove(path)) {
      if (above === "" || tree.get(parentOf(above))?.has(nameOf(above))) break;
      tree.set(parentOf(above), (tree.get(parentOf(above)) ?? new Map()).set(nameOf(above), "directory"));
    }
  };
  for (const path of links.keys()) add(path, "link");
  for (const path of files) add(path, "file");
  for (const [folder, entries] of folders) for (const { name, kind } of entries) add(below(folder, name), kind);
  return tree;
}

/** As often as a system follows links that lead to links. */
const MAX_LINKS = 40;

function linkFollower(links: ReadonlyMap<string, string>): (path: string) => string {
  return (written) => {
    let path = cleanPath(written) ?? written;
    if (links.size === 0) return path;
    for (let count = 0; count < MAX_LINKS; count += 1) {
      const link = [path, ...foldersAbove(path)].find((folder) => links.has(folder));
      if (link === undefined) return path;
      path = links.get(link)! + path.slice(link.length);
    }
    return path;
  };
}

function below(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
