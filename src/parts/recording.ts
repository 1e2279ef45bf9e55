import type { FileFacts } from "../facts/types.ts";
import { type Entry, type Host, HostError } from "../host/host.ts";
import type { Answer, Question, TextMemory } from "../link/text-memory.ts";

/** A text, or why there is none. */
export type ReadText = { readonly text: string } | { readonly unreadable: string };

/** What a run asks of a host beyond the files that are listed. */
export interface Recorder {
  readonly host: Host;
  readonly texts: ReadonlyMap<string, ReadText>;
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  /** Paths that are others behind links. */
  readonly links: ReadonlyMap<string, string>;
  /** Forgets all other texts, and keeps none of them from now on. */
  keepOnly(isKept: (path: string) => boolean): void;
}

export function recordingHost(host: Host): Recorder {
  const texts = new Map<string, ReadText>();
  const entries = new Map<string, readonly Entry[]>();
  const links = new Map<string, string>();
  let isKept = (_path: string) => true;
  const entriesOf = (path: string) => {
    const found = host.entries(path);
    if (found.length > 0) entries.set(path, found);
    return found;
  };
  const recording: Host = {
    root: host.root,
    readText(path) {
      try {
        const text = host.readText(path);
        if (text !== undefined && isKept(path)) texts.set(path, { text });
        return text;
      } catch (error) {
        if (error instanceof HostError && isKept(path)) texts.set(path, { unreadable: error.message });
        throw error;
      }
    },
    isFile: (path) => host.isFile(path),
    isDirectory: (path) => host.isDirectory(path),
    list: (path) => entriesOf(path).map(({ name }) => name),
    entries: entriesOf,
    realPath(path) {
      const real = host.realPath(path);
      if (real !== undefined && real !== path) links.set(path, real);
      return real;
    },
    gitFiles: () => host.gitFiles(),
    stamp: () => undefined,
  };
  const keepOnly = (wanted: (path: string) => boolean) => {
    isKept = wanted;
    for (const path of texts.keys()) if (!wanted(path)) texts.delete(path);
  };
  return { host: recording, texts, entries, links, keepOnly };
}

/** Works all out, and keeps what was asked and answered. */
export class RecordingMemory implements TextMemory {
  readonly answers = new Map<string, Map<string, Answer>>();
  readonly facts = new Map<string, FileFacts>();
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  ask<Given extends Answer>(path: string, question: Question<Given>): Given | undefined {
    const text = this.#host.readText(path);
    if (text === undefined) return undefined;
    const answer = question.answerTo(text);
    const answers = this.answers.get(question.key) ?? new Map<string, Answer>();
    this.answers.set(question.key, answers.set(path, answer));
    return answer;
  }

  factsOf(path: string): FileFacts | undefined {
    return this.facts.get(path);
  }

  keepFacts(path: string, _dialect: unknown, facts: FileFacts): void {
    this.facts.set(path, facts);
  }

  hasFacts(paths: readonly string[]): boolean {
    return paths.length === 0;
  }
}
