/** Something that results were worked out without, such as a file that nothing led to yet. */
export interface Dependency {
  /** It is known now: what was worked out without it no longer holds. */
  isOutdated: boolean;
}

/** Results that rest on more than this are taken as resting on the whole round. */
const MAX_DEPENDENCIES = 12;

/** Collects what the work under way depends on. Lists are shared between results and never changed. */
export class Dependencies {
  #current: readonly Dependency[] = [];
  #round: Dependency = { isOutdated: false };

  /** Begins a new round: results that rest on the last one as a whole are outdated. */
  nextRound(): void {
    this.#round.isOutdated = true;
    this.#round = { isOutdated: false };
  }

  note(dependency: Dependency): void {
    if (!this.#current.includes(dependency)) this.#current = this.#bounded([...this.#current, dependency]);
  }

  noteRound(): void {
    this.note(this.#round);
  }

  noteAll(dependencies: readonly Dependency[]): void {
    this.#current = this.#joined(this.#current, dependencies);
  }

  /** Runs work, and tells what it depends on. */
  collect<T>(work: () => T): { readonly result: T; readonly dependencies: readonly Dependency[] } {
    const outer = this.#current;
    this.#current = NONE;
    const result = work();
    const dependencies = this.#current;
    this.#current = this.#joined(outer, dependencies);
    return { result, dependencies };
  }

  #joined(a: readonly Dependency[], b: readonly Dependency[]): readonly Dependency[] {
    if (b.length === 0 || a === b) return a;
    if (a.length === 0) return b;
    const added = b.filter((dependency) => !a.includes(dependency));
    return added.length === 0 ? a : this.#bounded([...a, ...added]);
  }

  #bounded(list: readonly Dependency[]): readonly Dependency[] {
    return list.length > MAX_DEPENDENCIES ? [this.#round] : list;
  }
}

const NONE: readonly Dependency[] = [];
