import type { Dependencies, Dependency } from "./dependencies.ts";

/** What is remembered under a key; a number is the level of work that is under way. */
export type Remembered<T extends object> = T | Provisional<T> | Dependent<T> | number;

/** A result that rests on work still under way: good until that is done. */
class Provisional<T extends object> {
  readonly value: T;
  readonly level: number;
  readonly dependencies: readonly Dependency[];

  constructor(value: T, level: number, dependencies: readonly Dependency[]) {
    this.value = value;
    this.level = level;
    this.dependencies = dependencies;
  }
}

/** A result that holds until something becomes known that it was worked out without. */
class Dependent<T extends object> {
  readonly value: T;
  readonly dependencies: readonly Dependency[];

  constructor(value: T, dependencies: readonly Dependency[]) {
    this.value = value;
    this.dependencies = dependencies;
  }
}

/**
 * Remembers results whose work may lead back to itself. What leads back finds a stand-in there, and what was worked out
 * on the way round is forgotten with the end of the way: else it would matter who asks first.
 */
export class Memo {
  readonly #dependencies: Dependencies;
  #level = 0;
  /** The outermost work under way that the present work rests on. */
  #restsOn = Number.POSITIVE_INFINITY;
  #provisional: { readonly map: { delete(key: unknown): void }; readonly key: unknown }[] = [];

  /** @param dependencies shared by memos whose results lead into each other */
  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** Whether nothing is under way: a question from outside. */
  get isIdle(): boolean {
    return this.#level === 0;
  }

  /** @param underWay stands for work that leads back to itself */
  get<K, T extends object>(map: Map<K, Remembered<T>>, key: K, work: () => T, underWay: T): T {
    return this.known(map, key, underWay) ?? this.#workOut(map, key, work);
  }

  /** What is remembered and still holds. */
  known<K, T extends object>(map: Map<K, Remembered<T>>, key: K, underWay: T): T | undefined {
    const known = map.get(key);
    if (known === undefined) return undefined;
    if (typeof known === "number") {
      this.#restOn(known);
      return underWay;
    }
    if (known instanceof Provisional) {
      this.#dependencies.noteAll(known.dependencies);
      this.#restOn(known.level);
      return known.value;
    }
    if (!(known instanceof Dependent)) return known;
    if (known.dependencies.some((dependency) => dependency.isOutdated)) return undefined;
    this.#dependencies.noteAll(known.dependencies);
    return known.value;
  }

  #workOut<K, T extends object>(map: Map<K, Remembered<T>>, key: K, work: () => T): T {
    const level = this.#level;
    const outer = this.#restsOn;
    const earlier = this.#provisional.length;
    this.#level += 1;
    this.#restsOn = Number.POSITIVE_INFINITY;
    map.set(key, level);
    const around = this.#dependencies.begin();
    const value = work();
    const dependencies = this.#dependencies.end(around);
    const restsOn = this.#restsOn;
    if (restsOn < level) {
      map.set(key, new Provisional(value, restsOn, dependencies));
      this.#provisional.push({ map, key });
    } else {
      for (const entry of this.#provisional.splice(earlier)) entry.map.delete(entry.key);
      map.set(key, dependencies.length > 0 ? new Dependent(value, dependencies) : value);
    }
    this.#level = level;
    this.#restsOn = Math.min(outer, restsOn < level ? restsOn : Number.POSITIVE_INFINITY);
    return value;
  }

  /** Says that work was cut short by where it stood: only the question from outside may keep its result. */
  giveUp(): void {
    this.#restOn(0);
  }

  #restOn(level: number): void {
    this.#restsOn = Math.min(this.#restsOn, level);
  }
}
