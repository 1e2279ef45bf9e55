import type { Entry, Host } from "./host.ts";

/** What the runs of one process know of which files there are. Texts are read anew by each of them. */
export class KeptFolders {
  #listed: { readonly files: readonly string[] | undefined } | undefined;
  readonly #entries = new Map<string, readonly Entry[]>();
  readonly #files = new Map<string, boolean>();
  readonly #directories = new Map<string, boolean>();
  readonly #realPaths = new Map<string, string | undefined>();

  /** A file or folder came or went, or git lists others. */
  forget(): void {
    this.#listed = undefined;
    for (const known of [this.#entries, this.#files, this.#directories, this.#realPaths]) known.clear();
  }

  /** A host of a run, which asks the disk only for what no run has asked since `forget`. What can't be read is asked for again. */
  view(host: Host): Host {
    const entries = remembered(this.#entries, host.entries);
    return {
      ...host,
      entries,
      list: (path) => entries(path).map(({ name }) => name),
      isFile: remembered(this.#files, host.isFile),
      isDirectory: remembered(this.#directories, host.isDirectory),
      realPath: remembered(this.#realPaths, host.realPath),
      gitFiles: () => {
        this.#listed ??= { files: host.gitFiles() };
        return this.#listed.files;
      },
    };
  }
}

function remembered<Answer>(known: Map<string, Answer>, ask: (path: string) => Answer): (path: string) => Answer {
  return (path) => {
    if (known.has(path)) return known.get(path) as Answer;
    const answer = ask(path);
    known.set(path, answer);
    return answer;
  };
}
