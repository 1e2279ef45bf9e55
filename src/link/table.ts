import { type Dependencies, Told } from "./dependencies.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";

/** What each of the files searched tells, by key: who calls a function, who implements an interface. */
export interface TableKind<V> {
  /** No value rests on it: it is brought up to date once, after the others. */
  readonly isLast?: true;
  readonly entriesOf: (ev: Evaluator, m: Module) => Iterable<readonly [string, V]>;
}

/** Rounds of updating: what one table tells may change what is told to another. */
export const MAX_UPDATES = 4;

/**
 * A table over all files searched. It is filled when it is first asked; in each further round only files are read anew
 * that are new, or that rest on something that changed. Who asks for a key depends on what is under it, and on no more.
 */
export class Table<V> {
  readonly #ev: Evaluator;
  readonly #kind: TableKind<V>;
  readonly #dependencies: Dependencies;
  readonly #asked = new Map<string, Told>();
  #entries = new Map<string, V[]>();
  #state: "empty" | "filling" | "full" = "empty";

  constructor(ev: Evaluator, kind: TableKind<V>, dependencies: Dependencies) {
    this.#ev = ev;
    this.#kind = kind;
    this.#dependencies = dependencies;
  }

  get isLast(): boolean {
    return this.#kind.isLast === true;
  }

  /** What is known under a key, in the order of the files. Who asks while the table is being filled sees what there is so far, and keeps no result. */
  get(key: string): readonly V[] {
    if (this.#state === "empty") this.#fill();
    if (this.#state === "filling") {
      this.#ev.giveUp();
      this.#dependencies.noteRound();
      return this.#entries.get(key) ?? NOTHING;
    }
    let asked = this.#asked.get(key);
    if (asked === undefined) {
      asked = new Told();
      this.#asked.set(key, asked);
    }
    this.#dependencies.note(asked);
    return this.#entries.get(key) ?? NOTHING;
  }

  /** All of it. Who asks depends on there being no more files. */
  all(): ReadonlyMap<string, readonly V[]> {
    this.get("");
    this.#dependencies.noteRound();
    return this.#entries;
  }

  /** Reads what changed since the last round. Returns whether somebody was told what no longer holds. */
  update(): boolean {
    if (this.#state !== "full") return false;
    const before = this.#entries;
    this.#fill();
    let isChanged = false;
    for (const [key, told] of this.#asked) {
      if (isSame(before.get(key) ?? NOTHING, this.#entries.get(key) ?? NOTHING)) continue;
      this.#dependencies.outdate(told);
      this.#asked.delete(key);
      isChanged = true;
    }
    return isChanged;
  }

  #fill(): void {
    this.#state = "filling";
    const entries = new Map<string, V[]>();
    // What is asked for meanwhile is found as far as it is known: at first what was there before.
    if (this.#entries.size === 0) this.#entries = entries;
    for (const m of this.#ev.modules) {
      for (const [key, value] of this.#ev.keep(this.#kind, m, () => [...this.#kind.entriesOf(this.#ev, m)], [])) {
        const list = entries.get(key);
        if (list) list.push(value);
        else entries.set(key, [value]);
      }
    }
    this.#entries = entries;
    this.#state = "full";
  }
}

const NOTHING: readonly never[] = [];

/** Whether two lists hold the same items in the same order. */
export function isSame<V>(a: readonly V[], b: readonly V[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
