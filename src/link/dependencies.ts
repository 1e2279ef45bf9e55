/** Something that results were worked out without, such as a file that nothing led to yet. */
export interface Dependency {
  /** It is known now: what was worked out without it no longer holds. */
  readonly isOutdated: boolean;
}

/** Lists are kept this short: what is beyond is joined to one. */
const MAX_LISTED = 12;

const NONE: readonly Dependency[] = [];

/** A dependency that is told from outside. */
export class Told implements Dependency {
  isOutdated = false;
}

/** Collects what the work under way depends on. Lists are shared between results and never changed. */
export class Dependencies {
  #current: readonly Dependency[] = NONE;
  #round = new Told();
  /** Counts what became known, so that joined dependencies are looked at once each time. */
  #changes = 0;

  /** Begins a new round: results that rest on the last one as a whole are outdated. */
  nextRound(): void {
    this.outdate(this.#round);
    this.#round = new Told();
  }

  outdate(told: Told): void {
    told.isOutdated = true;
    this.#changes += 1;
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

  /** Begins to collect for work of its own. Returns what `end` is given. */
  begin(): readonly Dependency[] {
    const around = this.#current;
    this.#current = NONE;
    return around;
  }

  /** What the work depends on; the work around it depends on that too. */
  end(around: readonly Dependency[]): readonly Dependency[] {
    const dependencies = this.#current;
    this.#current = this.#joined(around, dependencies);
    return dependencies;
  }

  #joined(a: readonly Dependency[], b: readonly Dependency[]): readonly Dependency[] {
    if (b.length === 0 || a === b) return a;
    if (a.length === 0) return b;
    const added = b.filter((dependency) => !a.includes(dependency));
    return added.length === 0 ? a : this.#bounded([...a, ...added]);
  }

  #bounded(list: readonly Dependency[]): readonly Dependency[] {
    return list.length > MAX_LISTED ? [new Joint(list, () => this.#changes)] : list;
  }
}

/** Many dependencies as one. */
class Joint implements Dependency {
  readonly #parts: readonly Dependency[];
  readonly #changes: () => number;
  #isOutdated = false;
  #lookedAt: number;

  constructor(parts: readonly Dependency[], changes: () => number) {
    this.#parts = parts;
    this.#changes = changes;
    this.#lookedAt = changes();
  }

  get isOutdated(): boolean {
    const changes = this.#changes();
    if (this.#isOutdated || this.#lookedAt === changes) return this.#isOutdated;
    this.#lookedAt = changes;
    this.#isOutdated = this.#parts.some((part) => part.isOutdated);
    return this.#isOutdated;
  }
}
