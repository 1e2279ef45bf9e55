export interface StageTime {
  readonly name: string;
  readonly milliseconds: number;
}

/** Times stages one after the other. */
export class Stopwatch {
  readonly #stages: StageTime[] = [];

  get stages(): readonly StageTime[] {
    return this.#stages;
  }

  async time<Result>(name: string, stage: () => Result | Promise<Result>): Promise<Result> {
    const start = performance.now();
    try {
      return await stage();
    } finally {
      this.#stages.push({ name, milliseconds: performance.now() - start });
    }
  }
}
