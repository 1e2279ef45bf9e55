import { isLeftOut } from "../discover/candidates.ts";
import { discover } from "../discover/discover.ts";
import type { Workspace } from "../discover/types.ts";
import { UserError } from "../errors.ts";
import { dialectOf } from "../facts/dialect.ts";
import { type Host, HostError } from "../host/host.ts";
import { entriesIfReadable } from "../host/if-readable.ts";
import type { Plan } from "../plan/model.ts";
import { nearestName } from "../util/nearest-name.ts";
import { foldersAbove, nameOf } from "../util/posix-path.ts";
import { closureOf, ownerFinder, packagesOf } from "./packages.ts";
import { digestOf, packed } from "./packing.ts";
import type { Part, PartFile } from "./part.ts";
import { isPart } from "./print-part.ts";
import { type ReadText, type Recorder, RecordingMemory, recordingHost } from "./recording.ts";

export interface PartInput {
  readonly host: Host;
  readonly plan: Plan | undefined;
  /** Folder of a package, relative to the root. */
  readonly folder: string;
}

/**
 * Reads one package. Its calls are looked for together with the packages that it depends on, so that most of what the
 * whole will ask of its files is known; what is not is worked out when the parts are joined.
 *
 * @throws UserError where the folder is no package
 */
export async function makePart({ host, plan, folder }: PartInput): Promise<Part> {
  const recorder = recordingHost(host);
  const { include = [], exclude = [] } = plan?.lint ?? {};
  const discovery = discover(recorder.host, { include, exclude, ...(plan && { plan }) });
  const packages = packagesOf(discovery.workspaces);
  const own = packages.find(({ directory }) => directory === folder);
  if (own === undefined) throw noPackage(folder, packages);
  const ownerOf = ownerFinder(packages.map(({ directory }) => directory));
  const listed = new Set(discovery.listed);
  recorder.keepOnly((path) => !listed.has(path) || ownerOf(path) === folder);

  const memory = new RecordingMemory(recorder.host);
  const closure = closureOf(folder, packages);
  const files = discovery.files.filter((file) => closure.has(ownerOf(file)));
  const { buildInventory } = await import("../link/build-inventory.ts");
  await buildInventory({ host: recorder.host, discovery: { ...discovery, files }, plan, memory });

  const inScope = new Set(discovery.files);
  const names = discovery.listed.filter((file) => ownerOf(file) === folder).sort();
  const ownFile = (path: string): [string, PartFile][] => {
    const known = recorder.texts.get(path);
    if (known === undefined && !inScope.has(path) && !isCarried(path)) return [[path, {}]];
    const read = known ?? attemptText(host, path);
    // The parts of an earlier run are no part of the code.
    return read !== undefined && "text" in read && isPart(read.text) ? [] : [[path, partFile(read, memory, path)]];
  };
  return {
    folder,
    name: own.name,
    ...(folder === "" && { packages: entriesOf(packages, discovery.files, ownerOf) }),
    files: new Map(names.flatMap(ownFile)),
    links: new Map([...linksIn(names, folder, host), ...recorder.links].sort(([a], [b]) => (a < b ? -1 : 1))),
    ...beside(recorder, memory, listed),
    lent: lentTo(folder, memory, listed, ownerOf, host),
    answers: ownAnswers(memory, ownerOf, folder),
  };
}

function noPackage(folder: string, packages: readonly Workspace[]): UserError {
  const folders = packages.map(({ directory }) => directory).filter((directory) => directory !== "");
  const near = nearestName(folder, folders);
  return new UserError(`\`${folder}\` is no package: a part is made of a workspace package, or of the root.`, {
    help: near === undefined ? "Name its folder, or run it there." : `Did you mean \`${near}\`?`,
  });
}

/** Package locks are the largest JSON files of a repository, and nothing imports them. */
const LOCK = /^(?:package-lock|npm-shrinkwrap)\.json$/;
/** Those of tests too: a `tsconfig.json` may refer to `tsconfig.test.json`. */
const CONFIGURATION =
  /^(?:pnpm-workspace\.yaml|\.gitattributes|template\.ya?ml|(?:package|project|lerna)\.json|[tj]sconfig.*\.json)$/;

/** Whether linking or discovery may ask for the text, whoever is looking. Tests and the like it asks for only where code imports them. */
function isCarried(path: string): boolean {
  const name = nameOf(path);
  if (CONFIGURATION.test(name)) return true;
  if (dialectOf(path) === undefined || LOCK.test(name)) return false;
  return !isLeftOut(path) || /\.d(?:\.[^./]+)?\.[mc]?ts$/.test(name);
}

function attemptText(host: Host, path: string): ReadText | undefined {
  try {
    const text = host.readText(path);
    return text === undefined ? undefined : { text };
  } catch (error) {
    if (error instanceof HostError) return { unreadable: error.message };
    throw error;
  }
}

function partFile(read: ReadText | undefined, memory: RecordingMemory, path: string): PartFile {
  if (read === undefined) return {};
  if ("unreadable" in read) return read;
  const facts = memory.facts.get(path);
  return { text: packed(read.text), ...(facts && { facts: packed(JSON.stringify(facts)) }) };
}

function entriesOf(packages: readonly Workspace[], files: readonly string[], ownerOf: (file: string) => string) {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(ownerOf(file), (counts.get(ownerOf(file)) ?? 0) + 1);
  return packages
    .filter(({ directory }) => directory !== "")
    .map(({ directory }) => ({ folder: directory, files: counts.get(directory) ?? 0 }));
}

/** Links in the folders of these files. What is installed is linked elsewhere, and asked for by name. */
function linksIn(files: readonly string[], folder: string, host: Host): Map<string, string> {
  const folders = new Set([folder, ...files.flatMap((file) => [...foldersAbove(file)])]);
  const links: [string, string][] = [];
  for (const parent of [...folders].sort()) {
    if (parent !== folder && folder !== "" && !parent.startsWith(`${folder}/`)) continue;
    for (const { name, kind } of entriesIfReadable(host, parent)) {
      const path = parent === "" ? name : `${parent}/${name}`;
      const target = kind === "link" && name !== "node_modules" ? host.realPath(path) : undefined;
      if (target !== undefined && target !== "") links.push([path, target]);
    }
  }
  return new Map(links);
}

/** What was read that is no file of the project. */
function beside({ texts, entries }: Recorder, memory: RecordingMemory, listed: ReadonlySet<string>) {
  const ofProject = new Set(["", ...[...listed].flatMap((file) => [...foldersAbove(file)])]);
  const files = [...texts.keys()].filter((path) => !listed.has(path)).sort();
  const folders = [...entries.keys()].filter((path) => !ofProject.has(path)).sort();
  return {
    others: new Map(files.map((path) => [path, partFile(texts.get(path), memory, path)])),
    folders: new Map(folders.map((path) => [path, entries.get(path)!])),
  };
}

function lentTo(
  folder: string,
  memory: RecordingMemory,
  listed: ReadonlySet<string>,
  ownerOf: (file: string) => string,
  host: Host,
): Part["lent"] {
  const lent = [...memory.facts]
    .filter(([path]) => listed.has(path) && ownerOf(path) !== folder)
    .map(([path, facts]) => {
      const digest = digestOf(host.readText(path) ?? "");
      return [path, { digest, facts: packed(JSON.stringify(facts)) }] as const;
    });
  return new Map(lent.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function ownAnswers(memory: RecordingMemory, ownerOf: (file: string) => string, folder: string): Part["answers"] {
  const questions = [...memory.answers].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    questions.flatMap(([question, answers]) => {
      const own = [...answers].filter(([path]) => ownerOf(path) === folder);
      return own.length === 0 ? [] : [[question, new Map(own)] as const];
    }),
  );
}
