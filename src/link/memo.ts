import type { Dependencies, Dependency } from "./dependencies.ts";
import { UNKNOWN, type Value } from "./value.ts";

/** What is remembered under a key; a number is the level of work that is under way. */
export type Remembered = Value | Provisional | Dependent | number;

/** A result that rests on work still under way: good until that is done. */
class Provisional {
  readonly value: Value;
  readonly level: number;
  readonly dependencies: readonly Dependency[];

  constructor(value: Value, level: number, dependencies: readonly Dependency[]) {
    this.value = value;
    this.level = level;
    this.dependencies = dependencies;
  }
}

/** A result that holds until something becomes known that it was worked out without. */
class Dependent {
  readonly value: Value;
  readonly dependencies: readonly Dependency[];

  constructor(value: Value, dependencies: readonly Dependency[]) {
    this.value = value;
    this.dependencies = dependencies;
  }
}

/**
 * Remembers results whose work may lead back to itself. What leads back finds "unknown" there, and what was worked out
 * on the way round is forgotten with the end of the way: else it would matter who asks first.
 */
export class Memo {
  readonly #dependencies: Dependencies;
  #level = 0;
  /** The outermost work under way that the present work rests on. */
  #restsOn = Number.POSITIVE_INFINITY;
  #provisional: { readonly map: Map<unknown, Remembered>; readonly key: unknown }[] = [];

  /** @param dependencies shared by memos whose results lead into each other */
  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** Whether nothing is under way: a question from outside. */
  get isIdle(): boolean {
    return this.#level === 0;
  }

  get<K>(map: Map<K, Remembered>, key: K, work: () => Value): Value {
    const known = map.get(key);
    if (typeof known === "number") return this.#resting(known, UNKNOWN);
    if (known instanceof Provisional) {
      this.#dependencies.noteAll(known.dependencies);
      return this.#resting(known.level, known.value);
    }
    if (known instanceof Dependent) {
      if (!known.dependencies.some((dependency) => dependency.isOutdated)) {
        this.#dependencies.noteAll(known.dependencies);
        return known.value;
      }
    } else if (known !== undefined) return known;
    const level = this.#level;
    const outer = this.#restsOn;
    const earlier = this.#provisional.length;
    this.#level += 1;
    this.#restsOn = Number.POSITIVE_INFINITY;
    map.set(key, level);
    const { result: value, dependencies } = this.#dependencies.collect(work);
    const restsOn = this.#restsOn;
    if (restsOn < level) {
      map.set(key, new Provisional(value, restsOn, dependencies));
      this.#provisional.push({ map: map as Map<unknown, Remembered>, key });
    } else {
      for (const entry of this.#provisional.splice(earlier)) entry.map.delete(entry.key);
      map.set(key, dependencies.length > 0 ? new Dependent(value, dependencies) : value);
    }
    this.#level = level;
    this.#restsOn = Math.min(outer, restsOn < level ? restsOn : Number.POSITIVE_INFINITY);
    return value;
  }

  /** Says that work was cut short by where it stood: only the question from outside may keep its result. */
  giveUp(): Value {
    return this.#resting(0, UNKNOWN);
  }

  #resting(level: number, value: Value): Value {
    this.#restsOn = Math.min(this.#restsOn, level);
    return value;
  }
}
