import type { ModuleResolver } from "../discover/types.ts";
import { HostError } from "../host/host.ts";
import type { PlanWrapper } from "../plan/model.ts";
import type { Progress } from "../util/progress.ts";
import {
  escaped,
  readSkim,
  SPECIFIER,
  saysQuestion,
  skimQuestion,
  usesQuestion,
  writtenQuestion,
} from "./questions.ts";
import type { Answer, Question, TextMemory } from "./text-memory.ts";
import type { Trigger } from "./triggers.ts";

/** The imports of a file as written, joined: all that is kept of a file that is not parsed. */
interface Skimmed {
  readonly path: string;
  readonly imports: string;
}

export interface Unreadable {
  readonly path: string;
  readonly reason: string;
}

/** Chooses the files that are worth parsing. Every file is read once; what stays of it are its imports. */
export class Candidates {
  readonly unreadable: Unreadable[] = [];
  read = 0;
  readonly #memory: TextMemory;
  readonly #files: readonly string[];
  readonly #resolver: ModuleResolver;
  /** All but the seeds. */
  #others: readonly Skimmed[] = [];
  #rest: Skimmed[] = [];
  /** Triggers that every text was asked for already. */
  readonly #asked = new Set<string>();
  #sendersAsked = "";

  constructor(memory: TextMemory, files: readonly string[], resolver: ModuleResolver) {
    this.#memory = memory;
    this.#resolver = resolver;
    this.#files = files;
  }

  /** The files that name an SDK or a consent platform themselves. */
  seeds(wrappers: readonly PlanWrapper[], progress: Progress): string[] {
    const seeds: string[] = [];
    const question = skimQuestion(wrappers);
    for (const path of this.#files) {
      const answer = this.#ask(path, question);
      if (answer === undefined) continue;
      this.read += 1;
      progress("skim", this.read, this.#files.length);
      const { isSeed, imports } = readSkim(answer);
      if (isSeed) seeds.push(path);
      else this.#rest.push({ path, imports });
    }
    this.#others = this.#rest;
    return seeds;
  }

  /** As if no file had been chosen yet but the seeds. */
  restart(): void {
    this.#rest = [...this.#others];
    this.#asked.clear();
    this.#sendersAsked = "";
  }

  /** Of the files not chosen yet, those that name something that was found to lead to an SDK. */
  matching(triggers: readonly Trigger[]): string[] {
    if (triggers.length === 0) return [];
    const byName = new Map<string, Trigger[]>();
    const byPath = new Map<string, Trigger[]>();
    const anywhere = this.#textQuestions(triggers);
    for (const trigger of triggers) {
      if (trigger.anywhere) continue;
      const map = trigger.path ? byPath : byName;
      const list = map.get(trigger.name);
      if (list) list.push(trigger);
      else map.set(trigger.name, [trigger]);
    }
    // Most files name none of it: one pass over their imports tells.
    const any = new RegExp([...byName.keys(), ...byPath.keys()].map(escaped).join("|") || "$^");
    const chosen: string[] = [];
    this.#rest = this.#rest.filter((file) => {
      const isNamed = any.test(file.imports) && this.#matches(file, byName, byPath);
      if (!isNamed && !anywhere.some((question) => this.#ask(file.path, question) === true)) return true;
      chosen.push(file.path);
      return false;
    });
    return chosen;
  }

  /** Of these files, those in scope that are not chosen yet. */
  among(paths: ReadonlySet<string>): string[] {
    const chosen = this.#rest.filter(({ path }) => paths.has(path)).map(({ path }) => path);
    if (chosen.length > 0) this.#rest = this.#rest.filter(({ path }) => !paths.has(path));
    return chosen;
  }

  /** Of triggers that may stand anywhere, those that no text was asked for yet: each of them is worth reading all again once. */
  #textQuestions(triggers: readonly Trigger[]): Question<boolean>[] {
    return triggers.flatMap(({ name, members, anywhere }) => {
      const key = `${name}\0${[...(members ?? [])].join("\0")}`;
      if (!anywhere || this.#asked.has(key)) return [];
      this.#asked.add(key);
      const word = (text: string) => `(?<![\\w$])${escaped(text)}(?![\\w$])`;
      const all = [word(name), ...(members ? [`(?:${[...members].map(word).join("|")})`] : [])];
      return [saysQuestion(new RegExp(`^${all.map((pattern) => `(?=[^]*?${pattern})`).join("")}`))];
    });
  }

  /** Of the files not chosen yet, those whose text may send to where this repository takes messages in. */
  sendingTo(pattern: RegExp | undefined): string[] {
    if (pattern === undefined || pattern.source === this.#sendersAsked) return [];
    this.#sendersAsked = pattern.source;
    const question = saysQuestion(pattern);
    const chosen: string[] = [];
    this.#rest = this.#rest.filter(({ path }) => {
      if (this.#ask(path, question) !== true) return true;
      chosen.push(path);
      return false;
    });
    return chosen;
  }

  /** The first files of these, by path, whose text says something, out of those that are not chosen; they stay so. */
  saying(pattern: RegExp, isAsked: (path: string) => boolean, limit: number): string[] {
    const found: string[] = [];
    const question = saysQuestion(pattern);
    for (const { path } of this.#rest) {
      if (found.length === limit) break;
      if (isAsked(path) && this.#ask(path, question) === true) found.push(path);
    }
    return found;
  }

  #matches(file: Skimmed, byName: ReadonlyMap<string, Trigger[]>, byPath: ReadonlyMap<string, Trigger[]>): boolean {
    const hits: Trigger[] = [];
    for (const [word] of file.imports.matchAll(/[\w$]+/g)) hits.push(...(byName.get(word) ?? []));
    let handsOn = false;
    for (const [, specifier = ""] of file.imports.matchAll(SPECIFIER)) {
      const last = specifier.slice(specifier.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
      const found = (byPath.get(last) ?? []).filter(({ path }) => this.#leadsTo(specifier, file.path, path));
      hits.push(...found);
      // A barrel exports what it leads to under names of its own.
      handsOn ||= found.length > 0 && /^[ \t]*export\b/m.test(file.imports);
    }
    if (hits.length === 0) return false;
    const isAlone = handsOn || hits.some((trigger) => trigger.members === undefined);
    const named = hits.flatMap(({ name, path }) => (path ? [] : [name]));
    const members = hits.flatMap((trigger) => [...(trigger.members ?? [])]);
    return this.#ask(file.path, isAlone ? writtenQuestion() : usesQuestion(named, members)) === true;
  }

  #leadsTo(specifier: string, from: string, path: string | undefined): boolean {
    const resolution = this.#resolver.resolve(specifier, from);
    return resolution?.kind === "file" && resolution.path === path;
  }

  #ask<Given extends Answer>(path: string, question: Question<Given>): Given | undefined {
    try {
      return this.#memory.ask(path, question);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      this.unreadable.push({ path, reason: error.message });
      return undefined;
    }
  }
}
