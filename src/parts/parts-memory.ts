import type { FileFacts } from "../facts/types.ts";
import type { Host } from "../host/host.ts";
import type { Answer, Question, TextMemory } from "../link/text-memory.ts";
import { digestOf, unpacked } from "./packing.ts";
import type { LentFacts, Part, PartFile } from "./part.ts";

/** What parts know of the texts of their files. What they were not asked is worked out from the texts. */
export class PartsMemory implements TextMemory {
  readonly #host: Host;
  readonly #files = new Map<string, PartFile>();
  readonly #answers = new Map<string, Map<string, Answer>>();
  readonly #lent = new Map<string, LentFacts[]>();
  readonly #facts = new Map<string, FileFacts>();

  constructor(parts: readonly Part[], host: Host) {
    this.#host = host;
    for (const part of parts) {
      for (const [path, file] of [...part.files, ...part.others]) {
        if (file.facts !== undefined || !this.#files.has(path)) this.#files.set(path, file);
      }
      for (const [path, lent] of part.lent) {
        const list = this.#lent.get(path);
        if (list) list.push(lent);
        else this.#lent.set(path, [lent]);
      }
      for (const [question, answers] of part.answers) {
        const known = this.#answers.get(question) ?? new Map<string, Answer>();
        this.#answers.set(question, known);
        for (const [path, answer] of answers) known.set(path, answer);
      }
    }
  }

  ask<Given extends Answer>(path: string, question: Question<Given>): Given | undefined {
    // Of equal questions about equal texts the answers are equal, and so is their type.
    const known = this.#answers.get(question.key)?.get(path) as Given | undefined;
    if (known !== undefined) return known;
    const text = this.#host.readText(path);
    return text === undefined ? undefined : question.answerTo(text);
  }

  factsOf(path: string): FileFacts | undefined {
    const known = this.#facts.get(path);
    if (known !== undefined) return known;
    const text = this.#files.get(path)?.facts ?? this.#lentFacts(path);
    if (text === undefined) return undefined;
    const facts: FileFacts = JSON.parse(unpacked(text));
    this.#facts.set(path, facts);
    return facts;
  }

  /** What another package's part knows of a file, if it saw the text that its own part holds. */
  #lentFacts(path: string): string | undefined {
    const lent = this.#lent.get(path);
    if (lent === undefined) return undefined;
    const digest = digestOf(this.#host.readText(path) ?? "");
    return lent.find((one) => one.digest === digest)?.facts;
  }

  keepFacts(path: string, _dialect: unknown, facts: FileFacts): void {
    this.#facts.set(path, facts);
  }

  hasFacts(paths: readonly string[]): boolean {
    return paths.every(
      (path) =>
        this.#facts.has(path) || this.#files.get(path)?.facts !== undefined || this.#lentFacts(path) !== undefined,
    );
  }
}
