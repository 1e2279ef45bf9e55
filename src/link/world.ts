import type { ModuleResolver, Resolution } from "../discover/types.ts";
import type { FileFacts } from "../facts/types.ts";
import type { PlanWrapper } from "../plan/model.ts";
import { joinPath, parentOf } from "../util/posix-path.ts";
import { Module } from "./module.ts";
import { starsQuestion, wordQuestion } from "./questions.ts";
import type { Answer, Question } from "./text-memory.ts";

/** What is read of files. */
export interface Files {
  /** Undefined where there is no such file or it can't be read. */
  facts(path: string): { readonly text: string; readonly facts: FileFacts } | undefined;
  /** As `facts`, for who has them already from an earlier run: the text is as it was. */
  stillHas(path: string, facts: FileFacts): void;
  text(path: string): string | undefined;
  /** Equal digests, equal texts. Asking for it is no reading. */
  digestOf(path: string): string | undefined;
  /** The answer to a question about the text of a file. */
  ask<Given extends Answer>(path: string, question: Question<Given>): Given | undefined;
}

export type Target =
  | { readonly kind: "module"; readonly module: Module }
  | { readonly kind: "package"; readonly pkg: string; readonly name: string; readonly subpath: string };

/** Steps of evaluation that a run may take: six times those of a repository with 500 calls in 370 files. */
const MAX_STEPS = 3_000_000;
/** Longer files of packages hold no names of events: they are bundles or generated clients. */
const MAX_INSTALLED = 300_000;

/** The files that linking asked for. Facts are taken one by one, on demand. */
export class World {
  /** Tracking functions that the plan describes, because their source is not in the repository. */
  readonly wrappers: readonly PlanWrapper[];
  readonly isKept: boolean;
  #files: Files;
  #resolver: ModuleResolver;
  readonly #modules = new Map<string, Module | undefined>();
  readonly #stars = new Map<string, readonly string[]>();
  readonly #mayExport = new Map<string, boolean>();
  /** Digests of the texts that were asked for it. */
  readonly #skimmed = new Map<string, string | undefined>();
  /** The files that were read before this round. What is read meanwhile is there for the next: else it would matter who asks first. */
  #known: ReadonlySet<string> = new Set();
  #steps = 0;
  #sorted: readonly Module[] | undefined;
  /** By the file that imports and the specifier. */
  readonly #resolutions = new Map<string, Map<string, Resolution | undefined>>();
  /** The files of installed packages, by what names them. */
  readonly #installed = new Map<string, string | undefined>();

  /** @param isKept another run of this process may go on from it, when files have changed */
  constructor(files: Files, resolver: ModuleResolver, wrappers: readonly PlanWrapper[] = [], isKept = false) {
    this.wrappers = wrappers;
    this.isKept = isKept;
    this.#files = files;
    this.#resolver = resolver;
  }

  /**
   * Reads the files as they are now. Gives the modules that took the place of others; undefined where more has changed
   * than what is in files that were read: imports lead elsewhere, files came or went. Then it can't be used any more.
   */
  renew(files: Files, resolver: ModuleResolver): ReadonlyMap<Module, Module> | undefined {
    this.#files = files;
    this.#resolver = resolver;
    this.#steps = 0;
    if (!this.#leadsWhereItDid()) return undefined;
    const replaced = new Map<Module, Module>();
    for (const [path, module] of this.#modules) {
      if (module !== undefined && files.text(path) === module.source.text) {
        files.stillHas(path, module.facts);
        continue;
      }
      const read = files.facts(path);
      if ((read === undefined) !== (module === undefined)) return undefined;
      if (read && module) replaced.set(module, new Module(path, read.text, read.facts));
    }
    for (const module of replaced.values()) this.#modules.set(module.path, module);
    this.#sorted = undefined;
    return replaced;
  }

  #leadsWhereItDid(): boolean {
    for (const [from, known] of this.#resolutions) {
      for (const [specifier, resolution] of known) {
        if (!isSameResolution(this.#resolveAnew(specifier, from), resolution)) return false;
      }
    }
    for (const [key, path] of this.#installed) {
      const [name, subpath, from] = key.split("\0") as [string, string, string];
      if (this.#installedAnew(name, subpath, from) !== path) return false;
    }
    if ([...this.#skimmed].every(([path, digest]) => digest === this.#files.digestOf(path))) return true;
    this.#skimmed.clear();
    this.#stars.clear();
    for (const [key, may] of this.#mayExport) {
      const [path, name] = key.split("\0") as [string, string];
      if (this.#mayName(path, name, new Set()) !== may) return false;
    }
    return true;
  }

  /** Counts a step of evaluation; false once a run has taken too many, and what is still unknown stays so. */
  mayStep(): boolean {
    this.#steps += 1;
    return this.#steps <= MAX_STEPS;
  }

  /** Allows as many steps again. */
  resume(): void {
    this.#steps = 0;
  }

  get isExhausted(): boolean {
    return this.#steps > MAX_STEPS;
  }

  module(path: string): Module | undefined {
    if (this.#modules.has(path)) return this.#modules.get(path);
    const read = this.#files.facts(path);
    const module = read && new Module(path, read.text, read.facts);
    this.#modules.set(path, module);
    this.#sorted = undefined;
    return module;
  }

  /** All modules of the repository taken so far, in the order of their paths. The same list until one is added. */
  get modules(): readonly Module[] {
    this.#sorted ??= [...this.#modules.values()]
      .filter((m): m is Module => m !== undefined && !isInstalled(m.path))
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    return this.#sorted;
  }

  /** How many files were asked for. */
  get size(): number {
    return this.#modules.size;
  }

  /** From now on imports lead to the files that were read so far. */
  nextRound(): void {
    this.#known = new Set(this.#modules.keys());
  }

  /**
   * Where a specifier leads. A package is named; a file of the repository is read if `mayRead`, or if it was before this round.
   */
  target(specifier: string, from: Module, mayRead: boolean): Target | undefined {
    const resolution = this.#resolve(specifier, from.path);
    if (resolution === undefined) return undefined;
    if (resolution.kind === "file") {
      if (!mayRead && !this.#known.has(resolution.path)) return undefined;
      const module = this.module(resolution.path);
      return module && { kind: "module", module };
    }
    const { name, subpath } = resolution;
    return { kind: "package", pkg: subpath === "" ? name : `${name}/${subpath}`, name, subpath };
  }

  /** Whether `target` would have an answer; reads nothing. */
  leadsSomewhere(specifier: string, from: Module, mayRead: boolean): boolean {
    const resolution = this.#resolve(specifier, from.path);
    return resolution?.kind === "file" ? mayRead || this.#known.has(resolution.path) : resolution !== undefined;
  }

  /** The file of the repository that a specifier leads to. */
  pathOf(specifier: string, from: Module): string | undefined {
    const resolution = this.#resolve(specifier, from.path);
    return resolution?.kind === "file" ? resolution.path : undefined;
  }

  /**
   * Whether the file that a specifier leads to may export a name: the name stands in its text, or in that of a file
   * from which it exports everything. Spares parsing every file of a barrel for one name.
   */
  mayExport(specifier: string, from: Module, name: string): boolean {
    const resolution = this.#resolve(specifier, from.path);
    if (resolution?.kind !== "file") return true;
    const key = `${resolution.path}\0${name}`;
    let may = this.#mayExport.get(key);
    if (may === undefined) {
      may = this.#mayName(resolution.path, name, new Set());
      this.#mayExport.set(key, may);
    }
    return may;
  }

  #mayName(path: string, name: string, seen: Set<string>): boolean {
    if (seen.has(path)) return false;
    seen.add(path);
    if (this.isKept && !this.#skimmed.has(path)) this.#skimmed.set(path, this.#files.digestOf(path));
    if (this.#files.ask(path, wordQuestion(name)) === true) return true;
    return this.#starsOf(path).some((star) => this.#mayName(star, name, seen));
  }

  /** The files that a file exports everything from. */
  #starsOf(path: string): readonly string[] {
    let stars = this.#stars.get(path);
    if (stars === undefined) {
      const specifiers = this.#files.ask(path, starsQuestion())?.split("\n") ?? [];
      stars = specifiers.flatMap((specifier) => {
        const resolution = specifier === "" ? undefined : this.#resolve(specifier, path);
        return resolution?.kind === "file" ? [resolution.path] : [];
      });
      this.#stars.set(path, stars);
    }
    return stars;
  }

  #resolve(specifier: string, from: string): Resolution | undefined {
    let known = this.#resolutions.get(from);
    if (known === undefined) {
      known = new Map();
      this.#resolutions.set(from, known);
    }
    let resolution = known.get(specifier);
    if (resolution === undefined && !known.has(specifier)) {
      resolution = this.#resolveAnew(specifier, from);
      known.set(specifier, resolution);
    }
    return resolution;
  }

  #resolveAnew(specifier: string, from: string): Resolution | undefined {
    return this.#insidePackage(specifier, from) ?? this.#resolver.resolve(specifier, from);
  }

  /** Declarations of a package name each other by their output: `export * from "./names.js"`. */
  #insidePackage(specifier: string, from: string): Resolution | undefined {
    const [, name, inside] = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(from) ?? [];
    if (name === undefined || inside === undefined || !specifier.startsWith(".")) return undefined;
    const subpath = joinPath(parentOf(inside), specifier);
    const path = subpath === undefined ? undefined : this.#resolver.packageFile(name, subpath, from);
    return path === undefined ? undefined : { kind: "file", path };
  }

  /** The module that an installed package exports, for a constant, an enum or a type that a call names. */
  installed(name: string, subpath: string, from: Module): Module | undefined {
    const key = `${name}\0${subpath}\0${from.path}`;
    let path = this.#installed.get(key);
    if (path === undefined && !this.#installed.has(key)) {
      path = this.#installedAnew(name, subpath, from.path);
      this.#installed.set(key, path);
    }
    return path === undefined ? undefined : this.module(path);
  }

  #installedAnew(name: string, subpath: string, from: string): string | undefined {
    const path = this.#resolver.packageFile(name, subpath, from);
    return path === undefined || (this.#files.text(path) ?? "").length > MAX_INSTALLED ? undefined : path;
  }
}

function isSameResolution(a: Resolution | undefined, b: Resolution | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.kind === "file") return b.kind === "file" && a.path === b.path;
  return b.kind === "package" && a.name === b.name && a.subpath === b.subpath;
}

function isInstalled(path: string): boolean {
  return path.startsWith("node_modules/") || path.includes("/node_modules/");
}
