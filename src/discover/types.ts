import type { Source } from "../calls/types.ts";
import type { HostError } from "../host/host.ts";

/** Where an import leads. Paths are relative to the root. */
export type Resolution =
  /** A file of the repository (a workspace package is resolved to its source). */
  | { readonly kind: "file"; readonly path: string }
  /** A package that is not of the repository. `subpath` is `""` or `edge`, `lib/x`. */
  | { readonly kind: "package"; readonly name: string; readonly subpath: string };

/** Resolves imports as TypeScript and bundlers do, with no node_modules installed. Memoises per folder and specifier. */
export interface ModuleResolver {
  /** Undefined where a relative or aliased specifier leads to no file. */
  resolve(specifier: string, fromFile: string): Resolution | undefined;
  /**
   * The file (`.d.ts`, else code) inside node_modules that an installed package exports under `subpath`; undefined
   * where it is not installed. Read only for constants, enums and types that a tracking call names.
   */
  packageFile(name: string, subpath: string, fromFile: string): string | undefined;
}

/** The workspace packages and what was learnt from their manifests. */
export interface Workspace {
  /** Name in package.json, else the folder's name. */
  readonly name: string;
  /** Folder relative to the root; `""` for the root. */
  readonly directory: string;
  /** Names of all dependencies, of every kind. */
  readonly dependencies: ReadonlySet<string>;
  /** The package manager links it, or Nx knows it: task runners run tasks in it. */
  readonly isDeclared: boolean;
}

export interface Discovery {
  /** All files of the project, whatever they hold; unsorted. */
  readonly listed: readonly string[];
  /** Files in scope, sorted. */
  readonly files: readonly string[];
  /** Why a file that exists is not in scope, as the end of a sentence; undefined for one that is. */
  whyLeftOut(file: string): string | undefined;
  readonly workspaces: readonly Workspace[];
  readonly resolver: ModuleResolver;
  /** The service that a file belongs to: by the plan's `sources` (most specific path wins), else its workspace. */
  sourceOf(file: string): Source;
  /** Folders, manifests and configs that could not be read or understood. Grows while imports are resolved. */
  readonly problems: readonly HostError[];
}
