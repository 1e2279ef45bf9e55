import type { Progress } from "./progress.ts";

export interface StageTime {
  readonly name: string;
  readonly milliseconds: number;
}

/** Times stages one after the other. */
export class Stopwatch {
  readonly #stages: StageTime[] = [];
  readonly #progress: Progress | undefined;

  /** @param progress is told of each stage as it begins */
  constructor(progress?: Progress) {
    this.#progress = progress;
  }

  get stages(): readonly StageTime[] {
    return this.#stages;
  }

  async time<Result>(name: string, stage: () => Result | Promise<Result>): Promise<Result> {
    this.#progress?.(name);
    const start = performance.now();
    try {
      return await stage();
    } finally {
      this.#stages.push({ name, milliseconds: performance.now() - start });
    }
  }
}
