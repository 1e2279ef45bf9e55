import { deserialize, serialize } from "node:v8";
import type { Dialect, FileFacts } from "../facts/types.ts";
import type { Host } from "../host/host.ts";
import type { TextMemory } from "../link/text-memory.ts";
import type { Store } from "./store.ts";

type Answer = string | boolean;

/** Answers by question and digest of the text. */
type Answers = ReadonlyMap<string, ReadonlyMap<string, Answer>>;

interface SavedFacts {
  /** The files that were asked for. */
  readonly paths: readonly string[];
  /** Serialised facts by digest and dialect. */
  readonly facts: ReadonlyMap<string, Uint8Array>;
}

const ANSWERS = "answers";
const FACTS = "facts";

/** A memory that lasts from run to run. It keeps what one run asked for, so that it grows no further than a codebase. */
export class LastingMemory implements TextMemory {
  readonly #host: Host;
  readonly #digestOf: (path: string) => string;
  readonly #store: Store;
  readonly #answersBefore: Answers;
  readonly #factsBefore: SavedFacts;
  readonly #answers = new Map<string, Map<string, Answer>>();
  readonly #facts = new Map<string, Uint8Array>();
  readonly #paths = new Set<string>();
  #hasNewAnswers = false;
  #hasNewFacts = false;

  constructor(host: Host, digestOf: (path: string) => string, store: Store) {
    this.#host = host;
    this.#digestOf = digestOf;
    this.#store = store;
    this.#answersBefore = (store.read(ANSWERS) as Answers | undefined) ?? new Map();
    this.#factsBefore = (store.read(FACTS) as SavedFacts | undefined) ?? { paths: [], facts: new Map() };
  }

  ask<Given extends Answer>(path: string, question: string, work: (text: string) => Given): Given | undefined {
    const digest = this.#digestOf(path);
    // Of equal questions about equal texts the answers are equal, and so is their type.
    const known = (this.#answers.get(question)?.get(digest) ?? this.#answersBefore.get(question)?.get(digest)) as
      | Given
      | undefined;
    const answer = known ?? this.#workOut(path, work);
    if (answer === undefined) return undefined;
    const answers = this.#answers.get(question) ?? new Map<string, Answer>();
    this.#answers.set(question, answers.set(digest, answer));
    return answer;
  }

  #workOut<Given extends Answer>(path: string, work: (text: string) => Given): Given | undefined {
    const text = this.#host.readText(path);
    if (text === undefined) return undefined;
    this.#hasNewAnswers = true;
    return work(text);
  }

  factsOf(path: string, dialect: Dialect): FileFacts | undefined {
    this.#paths.add(path);
    const key = this.#keyOf(path, dialect);
    const bytes = this.#facts.get(key) ?? this.#factsBefore.facts.get(key);
    if (bytes === undefined) return undefined;
    this.#facts.set(key, bytes);
    return deserialize(bytes) as FileFacts;
  }

  keepFacts(path: string, dialect: Dialect, facts: FileFacts): void {
    this.#facts.set(this.#keyOf(path, dialect), serialize(facts));
    this.#hasNewFacts = true;
  }

  hasFacts(paths: readonly string[]): boolean {
    const known = new Set([...this.#factsBefore.facts.keys(), ...this.#facts.keys()].map(digestIn));
    return [...paths, ...this.#factsBefore.paths].every((path) => {
      const digest = this.#digestOf(path);
      return known.has(digest) || !this.#host.isFile(path);
    });
  }

  save(): void {
    if (this.#hasNewAnswers) this.#store.write(ANSWERS, this.#answers);
    if (this.#hasNewFacts)
      this.#store.write(FACTS, { paths: [...this.#paths], facts: this.#facts } satisfies SavedFacts);
  }

  #keyOf(path: string, dialect: Dialect): string {
    return `${this.#digestOf(path)} ${dialect}`;
  }
}

function digestIn(key: string): string {
  return key.slice(0, key.indexOf(" "));
}
