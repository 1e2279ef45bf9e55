import type { Dialect, FileFacts } from "../facts/types.ts";
import type { Host } from "../host/host.ts";

/** What is known of texts. Each answer follows from the text alone, so that a cache may have it from an earlier run. */
export interface TextMemory {
  /**
   * The answer to a question about the text of a file; undefined where there is no such file.
   *
   * @param question names the work: equal questions about equal texts have equal answers
   * @throws HostError where the file can't be read
   */
  ask<Answer extends string | boolean>(
    path: string,
    question: string,
    work: (text: string) => Answer,
  ): Answer | undefined;
  /** The facts of a file that is as it was when they were taken. */
  factsOf(path: string, dialect: Dialect): FileFacts | undefined;
  keepFacts(path: string, dialect: Dialect, facts: FileFacts): void;
  /** Whether these files, and those whose facts the last run asked for, all have facts. */
  hasFacts(paths: readonly string[]): boolean;
}

/** Remembers nothing: each answer is worked out. */
export function noMemory(host: Host): TextMemory {
  return {
    ask(path, _question, work) {
      const text = host.readText(path);
      return text === undefined ? undefined : work(text);
    },
    factsOf: () => undefined,
    keepFacts: () => undefined,
    hasFacts: (paths) => paths.length === 0,
  };
}
