import type { ModuleResolver, Resolution } from "../discover/types.ts";
import type { FileFacts } from "../facts/types.ts";
import type { PlanWrapper } from "../plan/model.ts";
import { joinPath, parentOf } from "../util/posix-path.ts";
import { Module } from "./module.ts";
import { starsQuestion, wordQuestion } from "./questions.ts";
import type { Answer, Question } from "./text-memory.ts";

/** Reads a file's facts; undefined where there is no such file or it can't be read. */
export type FactsSource = (path: string) => { readonly text: string; readonly facts: FileFacts } | undefined;

/** What else is read of files. */
export interface Texts {
  /** Undefined where there is no such file or it can't be read. */
  text(path: string): string | undefined;
  /** The answer to a question about the text of a file; undefined where there is none. */
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
  readonly #source: FactsSource;
  readonly #texts: Texts;
  readonly #resolver: ModuleResolver;
  readonly #modules = new Map<string, Module | undefined>();
  readonly #stars = new Map<string, readonly string[]>();
  readonly #mayExport = new Map<string, boolean>();
  #steps = 0;
  #sorted: readonly Module[] | undefined;
  /** By the file that imports and the specifier. */
  readonly #resolutions = new Map<string, Map<string, Resolution | undefined>>();

  constructor(source: FactsSource, texts: Texts, resolver: ModuleResolver, wrappers: readonly PlanWrapper[] = []) {
    this.wrappers = wrappers;
    this.#source = source;
    this.#texts = texts;
    this.#resolver = resolver;
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
    const read = this.#source(path);
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

  isLoaded(path: string): boolean {
    return this.#modules.has(path);
  }

  /**
   * Where a specifier leads. A package is named; a file of the repository is read if it was already, or if `mayRead`.
   */
  target(specifier: string, from: Module, mayRead: boolean): Target | undefined {
    const resolution = this.#resolve(specifier, from.path);
    if (resolution === undefined) return undefined;
    if (resolution.kind === "file") {
      if (!mayRead && !this.isLoaded(resolution.path)) return undefined;
      const module = this.module(resolution.path);
      return module && { kind: "module", module };
    }
    const { name, subpath } = resolution;
    return { kind: "package", pkg: subpath === "" ? name : `${name}/${subpath}`, name, subpath };
  }

  /** Whether `target` would have an answer; reads nothing. */
  leadsSomewhere(specifier: string, from: Module, mayRead: boolean): boolean {
    const resolution = this.#resolve(specifier, from.path);
    return resolution?.kind === "file" ? mayRead || this.isLoaded(resolution.path) : resolution !== undefined;
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
    if (this.#texts.ask(path, wordQuestion(name)) === true) return true;
    return this.#starsOf(path).some((star) => this.#mayName(star, name, seen));
  }

  /** The files that a file exports everything from. */
  #starsOf(path: string): readonly string[] {
    let stars = this.#stars.get(path);
    if (stars === undefined) {
      const specifiers = this.#texts.ask(path, starsQuestion())?.split("\n") ?? [];
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
      resolution = this.#insidePackage(specifier, from) ?? this.#resolver.resolve(specifier, from);
      known.set(specifier, resolution);
    }
    return resolution;
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
    const path = this.#resolver.packageFile(name, subpath, from.path);
    if (path === undefined || (this.#texts.text(path) ?? "").length > MAX_INSTALLED) return undefined;
    return this.module(path);
  }
}

function isInstalled(path: string): boolean {
  return path.startsWith("node_modules/") || path.includes("/node_modules/");
}
