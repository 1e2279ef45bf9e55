import { randomUUID } from "node:crypto";
import type { Host } from "../host/host.ts";
import { textIfReadable } from "../host/if-readable.ts";
import type { Answer, Question, TextMemory } from "../link/text-memory.ts";
import { digestOf } from "./digest.ts";
import { type KnownText, KnownTexts } from "./known-texts.ts";
import { answersAlike, type HostAnswers, recordingHost } from "./recording-host.ts";
import type { Store } from "./store.ts";
import { areAnsweredAlike, type ChangedText, LastingMemory } from "./text-memory.ts";

/** What a run computed, of plain data, and what it had asked to do so. */
interface SavedRun {
  readonly answers: HostAnswers;
  /** Tells it from all others. */
  readonly id: string;
  /** Names the answers of texts among which are those that it asked for. */
  readonly textAnswers: string;
  readonly result: unknown;
}

interface SavedBeside {
  /** The id of the run. */
  readonly run: string;
  readonly value: unknown;
}

const MARKS = "marks";
const RUN = "run-";
const BESIDE = "beside-";
const PLAN = "plan-";
/** Of so many kinds of runs (other plans, other folders) the results are kept. */
const MAX_RUNS = 4;

/** What may be kept for later runs. */
export interface Kept {
  /** @param question names it, with all else that it depends on */
  recall<Value>(question: unknown): Value | undefined;
  keep(question: unknown, value: unknown): void;
}

/** What earlier runs left of what they read through a host. See rationale.md. */
export class Cache {
  readonly #store: Store;
  readonly #host: Host;
  readonly #texts: KnownTexts;
  /** The run whose result was given last. */
  #run: { readonly name: string; readonly id: string } | undefined;

  /** @param now milliseconds since 1970, before anything was read */
  constructor(store: Store, host: Host, now: number) {
    this.#store = store;
    this.#host = host;
    const marks = store.read(MARKS) as ReadonlyMap<string, KnownText> | undefined;
    this.#texts = new KnownTexts(host, marks ?? new Map(), now);
  }

  /**
   * What a computation gave before, where all that it asks of the host is as it was.
   *
   * @param question all else that the result depends on
   * @param questionsOf gives what makes questions of their keys, where some are to be asked again
   */
  async recall<Result>(
    question: unknown,
    questionsOf: () => Promise<(key: string) => Question<Answer>>,
  ): Promise<Result | undefined> {
    const run = this.#store.read(nameOf(question)) as SavedRun | undefined;
    if (run === undefined || !answersAlike(this.#host, this.#texts, run.answers)) return undefined;
    const changed = this.#changedTexts(run.answers.asked);
    if (changed === undefined) return undefined;
    if (changed.length > 0 && !areAnsweredAlike(this.#store, run.textAnswers, changed, await questionsOf()))
      return undefined;
    this.#saveMarks();
    this.#run = { name: nameOf(question), id: run.id };
    return run.result as Result;
  }

  /** Undefined where one of them can't be read now. */
  #changedTexts(asked: HostAnswers["asked"]): ChangedText[] | undefined {
    const changed: ChangedText[] = [];
    for (const [path, before] of asked) {
      if (this.#texts.digestOf(path) === before) continue;
      const text = textIfReadable(this.#host, path);
      if (text === undefined) return undefined;
      changed.push({ before, text });
    }
    return changed;
  }

  /** Keeps what a computation gives; it reads through the host and the memory that it is handed, and nothing else. */
  async record<Result>(question: unknown, work: (host: Host, memory: TextMemory) => Promise<Result>): Promise<Result> {
    const recorder = recordingHost(this.#host, this.#texts);
    const memory = new LastingMemory(recorder, this.#store);
    const result = await work(recorder.host, memory);
    const textAnswers = memory.save();
    const [name, id] = [nameOf(question), randomUUID()];
    this.#store.write(name, { id, answers: recorder.answers(), textAnswers, result } satisfies SavedRun);
    this.#run = { name, id };
    this.#store.keepNewest(RUN, MAX_RUNS);
    this.#saveMarks();
    return result;
  }

  /** What is kept beside the result that `recall` or `record` gave last: it goes with it. */
  beside(): Kept {
    return this.#kept(BESIDE, this.#run?.name, this.#run?.id);
  }

  /** What is kept of plans: who asks knows whether it still holds. */
  plans(): Kept {
    return this.#kept(PLAN, "plan", "any");
  }

  #kept(kind: string, name: string | undefined, run: string | undefined): Kept {
    return {
      recall: <Value>(question: unknown) => {
        const saved = this.#store.read(nameOf([name, question], kind)) as SavedBeside | undefined;
        return saved !== undefined && saved.run === run ? (saved.value as Value) : undefined;
      },
      keep: (question, value) => {
        if (run === undefined) return;
        this.#store.write(nameOf([name, question], kind), { run, value } satisfies SavedBeside);
        this.#store.keepNewest(kind, MAX_RUNS);
      },
    };
  }

  #saveMarks(): void {
    if (this.#texts.hasChanged) this.#store.write(MARKS, this.#texts.marks);
  }
}

function nameOf(question: unknown, kind = RUN): string {
  return `${kind}${digestOf(JSON.stringify(question))}`;
}
