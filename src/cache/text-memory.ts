import { randomUUID } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import type { Dialect, FileFacts } from "../facts/types.ts";
import type { Answer, Question, TextMemory } from "../link/text-memory.ts";
import type { Recorder } from "./recording-host.ts";
import type { Store } from "./store.ts";

/** Answers by question and digest of the text. */
type Answers = ReadonlyMap<string, ReadonlyMap<string, Answer>>;

interface SavedAnswers {
  /** Tells apart what different runs left. */
  readonly id: string;
  readonly answers: Answers;
}

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
  readonly #recorder: Recorder;
  readonly #store: Store;
  readonly #answersBefore: SavedAnswers | undefined;
  readonly #factsBefore: SavedFacts;
  readonly #answers = new Map<string, Map<string, Answer>>();
  readonly #facts = new Map<string, Uint8Array>();
  readonly #paths = new Set<string>();
  #hasNewAnswers = false;
  #hasNewFacts = false;

  constructor(recorder: Recorder, store: Store) {
    this.#recorder = recorder;
    this.#store = store;
    this.#answersBefore = store.read(ANSWERS) as SavedAnswers | undefined;
    this.#factsBefore = (store.read(FACTS) as SavedFacts | undefined) ?? { paths: [], facts: new Map() };
  }

  ask<Given extends Answer>(path: string, question: Question<Given>): Given | undefined {
    const { key } = question;
    const digest = this.#recorder.asks(path);
    // Of equal questions about equal texts the answers are equal, and so is their type.
    const known = (this.#answers.get(key)?.get(digest) ?? this.#answersBefore?.answers.get(key)?.get(digest)) as
      | Given
      | undefined;
    const answer = known ?? this.#workOut(path, question);
    if (answer === undefined) return undefined;
    const answers = this.#answers.get(key) ?? new Map<string, Answer>();
    this.#answers.set(key, answers.set(digest, answer));
    return answer;
  }

  #workOut<Given extends Answer>(path: string, question: Question<Given>): Given | undefined {
    const text = this.#recorder.askedText(path);
    if (text === undefined) return undefined;
    this.#hasNewAnswers = true;
    return question.answerTo(text);
  }

  factsOf(path: string, dialect: Dialect): FileFacts | undefined {
    const bytes = this.#bytesOf(path, dialect);
    return bytes && (deserialize(bytes) as FileFacts);
  }

  digestOf(path: string): string {
    return this.#recorder.asks(path);
  }

  stillUses(path: string, dialect: Dialect): void {
    this.#bytesOf(path, dialect);
  }

  #bytesOf(path: string, dialect: Dialect): Uint8Array | undefined {
    this.#paths.add(path);
    const key = this.#keyOf(path, dialect);
    const bytes = this.#facts.get(key) ?? this.#factsBefore.facts.get(key);
    if (bytes !== undefined) this.#facts.set(key, bytes);
    return bytes;
  }

  keepFacts(path: string, dialect: Dialect, facts: FileFacts): void {
    this.#facts.set(this.#keyOf(path, dialect), serialize(facts));
    this.#hasNewFacts = true;
  }

  hasFacts(paths: readonly string[]): boolean {
    const known = new Set([...this.#factsBefore.facts.keys(), ...this.#facts.keys()].map(digestIn));
    return [...paths, ...this.#factsBefore.paths].every((path) => {
      const digest = this.#recorder.digestOf(path);
      return known.has(digest) || !this.#recorder.host.isFile(path);
    });
  }

  /** Returns what names the answers that are kept, among which all are that were asked for. */
  save(): string {
    if (this.#hasNewFacts)
      this.#store.write(FACTS, { paths: [...this.#paths], facts: this.#facts } satisfies SavedFacts);
    if (this.#answersBefore !== undefined && !this.#hasNewAnswers) return this.#answersBefore.id;
    const id = randomUUID();
    this.#store.write(ANSWERS, { id, answers: this.#answers } satisfies SavedAnswers);
    return id;
  }

  #keyOf(path: string, dialect: Dialect): string {
    return `${this.#recorder.digestOf(path)} ${dialect}`;
  }
}

/** A text that was only asked about, and is another one now. */
export interface ChangedText {
  /** The digest that it had. */
  readonly before: string;
  readonly text: string;
}

/**
 * Whether all that was asked of these texts has the same answers now.
 *
 * @param id what `save` gave
 */
export function areAnsweredAlike(
  store: Store,
  id: string,
  changed: readonly ChangedText[],
  questionOf: (key: string) => Question<Answer>,
): boolean {
  const saved = store.read(ANSWERS) as SavedAnswers | undefined;
  if (saved?.id !== id) return false;
  const unanswered = new Set(changed);
  for (const [key, answers] of saved.answers) {
    const asked = changed.filter(({ before }) => answers.has(before));
    if (asked.length === 0) continue;
    const question = questionOf(key);
    for (const one of asked) {
      const answer = answers.get(one.before);
      if (question.answerTo(one.text) !== answer) return false;
      unanswered.delete(one);
    }
  }
  // Nothing is known of a text that could not be read.
  return unanswered.size === 0;
}

function digestIn(key: string): string {
  return key.slice(0, key.indexOf(" "));
}
