import type { Entry } from "../host/host.ts";
import type { Answer } from "../link/text-memory.ts";

/** What the files of one package say. See rationale.md. */
export interface Part {
  /** Folder of the package, relative to the root; `""`: what is in no package. */
  readonly folder: string;
  /** Name of the package. */
  readonly name: string;
  /** The packages of the project; of the root's part only. */
  readonly packages?: readonly PackageEntry[];
  /** All files of the package, sorted by path. Paths are relative to the root everywhere. */
  readonly files: ReadonlyMap<string, PartFile>;
  /** Paths that are links, or lie behind one, with what they lead to. */
  readonly links: ReadonlyMap<string, string>;
  /** What was read beside the files of the project: of installed packages, of what git ignores. */
  readonly others: ReadonlyMap<string, PartFile>;
  /** Folders without files of the project that were looked into. */
  readonly folders: ReadonlyMap<string, readonly Entry[]>;
  /** Facts of files of other packages that this one's calls led to: they hold where the file has that text. */
  readonly lent: ReadonlyMap<string, LentFacts>;
  /** Answers to questions about the text of its files, by question and path. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, Answer>>;
}

export interface PackageEntry {
  readonly folder: string;
  /** How many files of code in scope it has. */
  readonly files: number;
}

export interface LentFacts {
  /** Of the text. */
  readonly digest: string;
  /** Packed JSON. */
  readonly facts: string;
}

export interface PartFile {
  /** Packed; absent where it is not carried. */
  readonly text?: string;
  /** Why it could not be read. */
  readonly unreadable?: string;
  /** Packed JSON of its facts; absent where nothing asked for them. */
  readonly facts?: string;
}
