import type { Dialect, FileFacts } from "../facts/types.ts";
import type { Host } from "../host/host.ts";

export type Answer = string | boolean;

/** A question about a text, whose answer follows from the text alone. */
export interface Question<Given extends Answer> {
  /** Names it: equal keys, equal answers about equal texts. `questionOf` makes the question of it again. */
  readonly key: string;
  answerTo(text: string): Given;
}

/** What is known of texts. Each answer follows from the text alone, so that a cache may have it from an earlier run. */
export interface TextMemory {
  /**
   * The answer to a question about the text of a file; undefined where there is no such file.
   *
   * @throws HostError where the file can't be read
   */
  ask<Given extends Answer>(path: string, question: Question<Given>): Given | undefined;
  /** The facts of a file that is as it was when they were taken. */
  factsOf(path: string, dialect: Dialect): FileFacts | undefined;
  /** Equal digests, equal texts; of a memory that lasts. */
  digestOf?(path: string): string;
  /** The facts of a file that an earlier run of this process asked for are in use still. */
  stillUses?(path: string, dialect: Dialect): void;
  keepFacts(path: string, dialect: Dialect, facts: FileFacts): void;
  /** Whether these files, and those whose facts the last run asked for, all have facts. */
  hasFacts(paths: readonly string[]): boolean;
}

/** Remembers nothing: each answer is worked out. */
export function noMemory(host: Host): TextMemory {
  return {
    ask(path, question) {
      const text = host.readText(path);
      return text === undefined ? undefined : question.answerTo(text);
    },
    factsOf: () => undefined,
    keepFacts: () => undefined,
    hasFacts: (paths) => paths.length === 0,
  };
}
