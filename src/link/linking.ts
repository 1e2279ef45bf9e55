import type { ModuleResolver } from "../discover/types.ts";
import type { PlanWrapper } from "../plan/model.ts";
import type { Progress } from "../util/progress.ts";
import { CallIndex } from "./call-index.ts";
import type { Candidates } from "./candidates.ts";
import { Evaluator } from "./evaluator.ts";
import { handedFiles } from "./handed.ts";
import { findEmitters } from "./listener-triggers.ts";
import { metadataTriggers } from "./metadata-triggers.ts";
import type { Module } from "./module.ts";
import { findReceivers, textSendingTo } from "./receivers.ts";
import { isSame } from "./table.ts";
import { type Traced, trace } from "./trace.ts";
import { findTriggers, type Trigger } from "./triggers.ts";
import type { Files, World } from "./world.ts";

/** Rounds of looking for files that name what the last round found. */
export const MAX_ROUNDS = 12;

export interface Linked {
  /** Evaluates without reading files that nothing led to. */
  readonly among: Evaluator;
  /** Reads further files for what tracking calls name. */
  readonly ev: Evaluator;
  readonly index: CallIndex;
  readonly traced: Traced;
  /** The files that were searched for calls: those with a reason of their own. What is read on demand holds constants. */
  readonly searched: readonly Module[];
  /** What made further files worth parsing. */
  readonly triggers: readonly Trigger[];
  /** Files that make emitters whose listeners track. */
  readonly homes: ReadonlySet<string>;
  /** Files that were not read because wrappers of wrappers were followed too often. */
  readonly unread: readonly string[];
  /** The code was too much to evaluate: the files are those of the last round that came to its end. */
  readonly isCutShort: boolean;
}

/** From the files that name an SDK to all that track: traces, looks for files that name what was found, and traces again. */
export class Linking {
  readonly world: World;
  readonly #among: Evaluator;
  readonly #ev: Evaluator;
  readonly #index: CallIndex;
  /** Names that were found to lead to an SDK. */
  readonly #known = new Set<string>();
  readonly #seeds: readonly string[];
  #searched: Module[];
  /** What can be gone on from. */
  #last: Pick<Round, "linked" | "leads"> | undefined;

  /** @param seeds the files that name an SDK themselves */
  constructor(world: World, seeds: readonly string[]) {
    this.world = world;
    this.#seeds = seeds;
    this.#searched = seeds.flatMap((path) => world.module(path) ?? []);
    const isKnown = (name: string, specifier: string) =>
      this.#known.has(name) || this.#known.has(lastSegment(specifier));
    this.#among = new Evaluator(world, this.#searched, isKnown);
    this.#ev = new Evaluator(world, this.#searched, () => true, this.#among);
    this.#index = new CallIndex(this.#among);
    world.nextRound();
  }

  link(candidates: Candidates, progress: Progress): Linked {
    const { world } = this;
    let last: Linked | undefined;
    for (let round = 1; ; round += 1) {
      progress("link");
      const { linked, isDone } = this.#round(candidates, last);
      if (world.isExhausted && last) {
        // Half a round is no basis: what the one before found is sound.
        world.resume();
        this.#searched = [...last.searched];
        this.#nextRound();
        return { ...last, isCutShort: true };
      }
      if (isDone || round === MAX_ROUNDS || world.isExhausted) {
        if (world.isKept && isDone && !linked.isCutShort) this.#keep(candidates, linked);
        return linked;
      }
      last = linked;
      this.#searched.push(...linked.unread.flatMap((path) => world.module(path) ?? []));
      world.nextRound();
      this.#nextRound();
    }
  }

  #keep(candidates: Candidates, linked: Linked): void {
    candidates.restart();
    this.#last = { linked, leads: this.#leadsOf(candidates, linked) };
  }

  /**
   * Links again, some time later: what rests on files that are as they were still holds. Undefined where so much has
   * changed that all must be linked anew; then it can't be used any more. Only what stands in the files may be another:
   * what leads to other files being searched or read would be found in another order than by a run of its own.
   */
  linkAgain(
    files: Files,
    resolver: ModuleResolver,
    seeds: readonly string[],
    candidates: Candidates,
  ): Linked | undefined {
    const { world } = this;
    if (this.#last === undefined || !isSame(seeds, this.#seeds)) return undefined;
    const replaced = world.renew(files, resolver);
    if (replaced === undefined) return undefined;
    this.#among.replace(replaced);
    this.#ev.replace(replaced);
    this.#searched = this.#searched.map((m) => replaced.get(m) ?? m);
    if (this.#mayTellTooMuch()) return undefined;
    this.#nextRound();
    const before = world.size;
    const { linked, leads, isDone } = this.#round(candidates, this.#last.linked);
    const isAlike =
      isDone &&
      !linked.isCutShort &&
      world.size === before &&
      isSame(leads.files, this.#last.leads.files) &&
      isSame(leads.names, this.#last.leads.names);
    this.#last = isAlike ? { linked, leads } : undefined;
    return this.#last?.linked;
  }

  /** Whether a file has syntax errors that a run of its own might not read: what named it may be gone. */
  #mayTellTooMuch(): boolean {
    const searched = new Set(this.#searched);
    return this.world.modules.some((m) => m.facts.errors.length > 0 && !searched.has(m));
  }

  #round(candidates: Candidates, last: Linked | undefined): Round {
    const [among, ev, index] = [this.#among, this.#ev, this.#index];
    const traced = trace(ev, index, last?.traced);
    const emitters = findEmitters(ev, traced);
    const triggers = [...findTriggers(among, traced.members), ...emitters.triggers, ...metadataTriggers(ev, traced)];
    const before = this.#known.size + among.receivers.length;
    for (const { name, anywhere } of triggers) if (!anywhere) this.#known.add(name);
    among.setReceivers(findReceivers(ev, traced));
    const round = { among, ev, index, traced, homes: emitters.homes, triggers };
    const leads = this.#leadsOf(candidates, round);
    const read = new Set(this.#searched.map((m) => m.path));
    const unread = leads.files.filter((path) => !read.has(path));
    const linked = { ...round, searched: [...this.#searched], unread, isCutShort: this.world.isExhausted };
    return {
      linked,
      leads,
      isDone: unread.length === 0 && this.#known.size + among.receivers.length === before,
    };
  }

  /** What was found leads to: names, and of the files that `candidates` still has those to search. */
  #leadsOf(candidates: Candidates, { traced, triggers, homes }: Pick<Linked, "traced" | "triggers" | "homes">): Leads {
    const files = [
      ...candidates.matching(triggers),
      ...candidates.among(homes),
      ...candidates.sendingTo(textSendingTo(this.#among.receivers)),
      ...handedFiles(this.#ev, traced.outside),
    ];
    return { files: [...new Set(files)], names: [...new Set(triggers.map(({ name }) => name))] };
  }

  #nextRound(): void {
    this.#among.nextRound(this.#searched);
    this.#ev.nextRound(this.#searched);
  }
}

/** Keeps what one run linked for the next one of the same process. A run that fails leaves nothing. */
export class KeptLinking {
  #linking: Linking | undefined;

  /** Gives it away, unless the plan describes other tracking functions now. */
  take(wrappers: readonly PlanWrapper[] = []): Linking | undefined {
    const linking = this.#linking;
    this.#linking = undefined;
    return JSON.stringify(linking?.world.wrappers) === JSON.stringify(wrappers) ? linking : undefined;
  }

  keep(linking: Linking): void {
    this.#linking = linking;
  }
}

interface Leads {
  readonly files: readonly string[];
  readonly names: readonly string[];
}

interface Round {
  readonly linked: Linked;
  readonly leads: Leads;
  /** Nothing is new. */
  readonly isDone: boolean;
}

function lastSegment(specifier: string): string {
  return specifier.slice(specifier.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
}
