import type { ModuleResolver, Resolution } from "../discover/types.ts";
import type { FileFacts } from "../facts/types.ts";
import { Module } from "./module.ts";

/** Reads a file's facts; undefined where there is no such file or it can't be read. */
export type FactsSource = (path: string) => { readonly text: string; readonly facts: FileFacts } | undefined;

export type Target =
  | { readonly kind: "module"; readonly module: Module }
  | { readonly kind: "package"; readonly pkg: string; readonly name: string; readonly subpath: string };

/** The files that linking asked for. Facts are taken one by one, on demand. */
export class World {
  readonly #source: FactsSource;
  readonly #textOf: (path: string) => string | undefined;
  readonly #resolver: ModuleResolver;
  readonly #modules = new Map<string, Module | undefined>();
  /** The words of files that barrels export from; `true` where any name may come from them. */
  readonly #words = new Map<string, ReadonlySet<string> | true>();
  #sorted: readonly Module[] | undefined;
  readonly #resolutions = new Map<string, Resolution | undefined>();

  constructor(source: FactsSource, textOf: (path: string) => string | undefined, resolver: ModuleResolver) {
    this.#source = source;
    this.#textOf = textOf;
    this.#resolver = resolver;
  }

  module(path: string): Module | undefined {
    if (this.#modules.has(path)) return this.#modules.get(path);
    const read = this.#source(path);
    const module = read && new Module(path, read.text, read.facts);
    this.#modules.set(path, module);
    this.#sorted = undefined;
    return module;
  }

  /** All modules taken so far, in the order of their paths. The same list until one is added. */
  get modules(): readonly Module[] {
    this.#sorted ??= [...this.#modules.values()]
      .filter((m): m is Module => m !== undefined)
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
    const resolution = this.#resolve(specifier, from);
    if (resolution === undefined) return undefined;
    if (resolution.kind === "file") {
      if (!mayRead && !this.isLoaded(resolution.path)) return undefined;
      const module = this.module(resolution.path);
      return module && { kind: "module", module };
    }
    const { name, subpath } = resolution;
    return { kind: "package", pkg: subpath === "" ? name : `${name}/${subpath}`, name, subpath };
  }

  /**
   * Whether the file that a specifier leads to may export a name: its text has it, or it exports all of another file.
   * Spares parsing every file of a barrel for one name. True for what was read already.
   */
  mayExport(specifier: string, from: Module, name: string): boolean {
    const resolution = this.#resolve(specifier, from);
    if (resolution?.kind !== "file" || this.isLoaded(resolution.path)) return true;
    const { path } = resolution;
    let words = this.#words.get(path);
    if (words === undefined) {
      const text = this.#textOf(path);
      words = text === undefined || text.includes("export *") ? true : new Set(text.match(/[\w$]+/g));
      this.#words.set(path, words);
    }
    return words === true || words.has(name);
  }

  #resolve(specifier: string, from: Module): Resolution | undefined {
    const key = `${from.path}\0${specifier}`;
    let resolution = this.#resolutions.get(key);
    if (resolution === undefined && !this.#resolutions.has(key)) {
      resolution = this.#resolver.resolve(specifier, from.path);
      this.#resolutions.set(key, resolution);
    }
    return resolution;
  }

  /** The module that an installed package exports, for a constant, an enum or a type that a call names. */
  installed(name: string, subpath: string, from: Module): Module | undefined {
    const path = this.#resolver.packageFile(name, subpath, from.path);
    return path === undefined ? undefined : this.module(path);
  }
}
