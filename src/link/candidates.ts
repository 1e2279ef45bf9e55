import { isGeneratedText } from "../discover/generated.ts";
import type { ModuleResolver } from "../discover/types.ts";
import { HostError } from "../host/host.ts";
import type { PlanWrapper } from "../plan/model.ts";
import { consentPlatforms, packageOf, seedGlobals, seedPackages, seedWords, vendorWords } from "../sdks/index.ts";
import type { Progress } from "../util/progress.ts";
import { NAMED_CALL } from "./by-name.ts";
import { COLLECTOR_TEXT, MESSAGE_WORD, PROXIED_TEXT } from "./collectors.ts";
import { NETWORK_CALL } from "./http-requests.ts";
import { CHANNEL_TEXT, POSTING_CALL } from "./posted-messages.ts";
import { SENDING_TEXT } from "./senders.ts";
import type { TextMemory } from "./text-memory.ts";
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

const IMPORT =
  /^[ \t]*(?:import|export)\b[^;'"`]*?\bfrom\s*["'][^"'\n]+["']|^[ \t]*import\s*["'][^"'\n]+["']|\b(?:require|import)\(\s*["'`][^"'`\n]+["'`]/gm;
const SPECIFIER = /["'`]([^"'`\n]+)["'`]/g;

/** Chooses the files that are worth parsing. Every file is read once; what stays of it are its imports. */
export class Candidates {
  readonly unreadable: Unreadable[] = [];
  read = 0;
  readonly #memory: TextMemory;
  readonly #files: readonly string[];
  readonly #resolver: ModuleResolver;
  readonly #packages: ReadonlySet<string>;
  readonly #ofVendor = new Map<string, boolean>();
  #rest: Skimmed[] = [];
  /** Triggers that every text was asked for already. */
  readonly #asked = new Set<string>();
  #sendersAsked = "";

  constructor(memory: TextMemory, files: readonly string[], resolver: ModuleResolver) {
    this.#memory = memory;
    this.#resolver = resolver;
    this.#files = files;
    this.#packages = new Set([...seedPackages, ...consentPlatforms.flatMap((platform) => platform.packages)]);
  }

  /** The files that name an SDK or a consent platform themselves. */
  seeds(wrappers: readonly PlanWrapper[], progress: Progress): string[] {
    const seeds: string[] = [];
    const globals = globalPattern();
    const modules = new Set(wrappers.flatMap((wrapper) => wrapper.module ?? []));
    const names = wrappers.flatMap((wrapper) => (wrapper.module === undefined ? [wrapper.name] : []));
    const isSeed = (text: string, imports: string) =>
      this.#namesPackage(imports, modules) ||
      globals.test(text) ||
      seedWords.some((word) => text.includes(word)) ||
      NAMED_CALL.test(text) ||
      names.some((name) => text.includes(name)) ||
      (sendsSomewhere(text) && NETWORK_CALL.test(text)) ||
      (POSTING_CALL.test(text) && CHANNEL_TEXT.test(text)) ||
      takesGlobal(text) ||
      text.includes("tracklint-");
    const question = `seed ${JSON.stringify([[...modules], names])}`;
    for (const path of this.#files) {
      const imports = this.#ask(path, "imports", (text) => (text.match(IMPORT) ?? []).join("\n"));
      if (imports === undefined) continue;
      this.read += 1;
      progress("skim", this.read, this.#files.length);
      if (this.#ask(path, question, (text) => isSeed(text, imports) && !isGeneratedText(text))) seeds.push(path);
      else this.#rest.push({ path, imports });
    }
    return seeds;
  }

  /** Of the files not chosen yet, those that name something that was found to lead to an SDK. */
  matching(triggers: readonly Trigger[]): string[] {
    if (triggers.length === 0) return [];
    const byName = new Map<string, Trigger[]>();
    const byPath = new Map<string, Trigger[]>();
    const anywhere = this.#textPatterns(triggers);
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
      if (!isNamed && !this.#says(file, anywhere)) return true;
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
  #textPatterns(triggers: readonly Trigger[]): RegExp[] {
    return triggers.flatMap(({ name, members, anywhere }) => {
      const key = `${name}\0${[...(members ?? [])].join("\0")}`;
      if (!anywhere || this.#asked.has(key)) return [];
      this.#asked.add(key);
      const word = (text: string) => `(?<![\\w$])${escaped(text)}(?![\\w$])`;
      const all = [word(name), ...(members ? [`(?:${[...members].map(word).join("|")})`] : [])];
      return [new RegExp(`^${all.map((pattern) => `(?=[^]*?${pattern})`).join("")}`)];
    });
  }

  #says(file: Skimmed, patterns: readonly RegExp[]): boolean {
    return patterns.some((pattern) => this.#isWrittenIn(file.path, pattern));
  }

  /** Whether a text that people wrote says something. */
  #isWrittenIn(path: string, pattern: RegExp): boolean {
    return this.#ask(path, `${pattern}`, (text) => pattern.test(text) && !isGeneratedText(text)) === true;
  }

  /** Of the files not chosen yet, those whose text may send to where this repository takes messages in. */
  sendingTo(pattern: RegExp | undefined): string[] {
    if (pattern === undefined || pattern.source === this.#sendersAsked) return [];
    this.#sendersAsked = pattern.source;
    const chosen: string[] = [];
    this.#rest = this.#rest.filter(({ path }) => {
      if (!this.#isWrittenIn(path, pattern)) return true;
      chosen.push(path);
      return false;
    });
    return chosen;
  }

  /** The first files of these, by path, whose text says something, out of those that are not chosen; they stay so. */
  saying(pattern: RegExp, isAsked: (path: string) => boolean, limit: number): string[] {
    const found: string[] = [];
    for (const { path } of this.#rest) {
      if (found.length === limit) break;
      if (isAsked(path) && this.#isWrittenIn(path, pattern)) found.push(path);
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
    return (
      this.#ask(file.path, `hits ${JSON.stringify(isAlone || [named, members])}`, (text) => {
        if (isGeneratedText(text)) return false;
        if (isAlone || named.some((name) => isHandedOn(text, name))) return true;
        const words = new Set(text.match(/[\w$]+/g));
        return members.some((member) => words.has(member));
      }) === true
    );
  }

  #leadsTo(specifier: string, from: string, path: string | undefined): boolean {
    const resolution = this.#resolver.resolve(specifier, from);
    return resolution?.kind === "file" && resolution.path === path;
  }

  #namesPackage(imports: string, modules: ReadonlySet<string>): boolean {
    for (const [, specifier = ""] of imports.matchAll(SPECIFIER)) {
      if (modules.has(specifier) || (!specifier.startsWith(".") && this.#isOfVendor(specifier))) return true;
    }
    return false;
  }

  /** Files import the same few packages again and again. */
  #isOfVendor(specifier: string): boolean {
    let known = this.#ofVendor.get(specifier);
    if (known === undefined) {
      const name = packageOf(specifier);
      known =
        this.#packages.has(specifier) || this.#packages.has(name) || vendorWords.some((word) => name.includes(word));
      this.#ofVendor.set(specifier, known);
    }
    return known;
  }

  #ask<Answer extends string | boolean>(
    path: string,
    question: string,
    work: (text: string) => Answer,
  ): Answer | undefined {
    try {
      return this.#memory.ask(path, question, work);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      this.unreadable.push({ path, reason: error.message });
      return undefined;
    }
  }
}

/** An address named like analytics, that of a collector, or the path of one in a file that speaks its language. */
function sendsSomewhere(text: string): boolean {
  return SENDING_TEXT.test(text) || COLLECTOR_TEXT.test(text) || (PROXIED_TEXT.test(text) && MESSAGE_WORD.test(text));
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}

/** Whether a file makes, returns, exports or assigns what has this name, and so may lead others to it. */
function isHandedOn(text: string, name: string): boolean {
  const n = escaped(name);
  return new RegExp(
    `\\bnew\\s+${n}\\b|(?:\\breturn|\\bexport\\s+default|=>|[:=]|=\\{)\\s*\\(?\\s*${n}\\s*[,;)}\\n]|\\bexport\\s*\\{[^}]*\\b${n}\\b|\\buse(?:Context)?(?:<[^>\\n]*>)?\\(\\s*${n}\\s*\\)|\\bcreateContext\\s*[<(]|\\bnew\\s+InjectionToken\\b|\\bprovide\\s*\\(`,
  ).test(text);
}

/** `const { posthog } = window`. */
function takesGlobal(text: string): boolean {
  if (!text.includes("} = window") && !text.includes("} = globalThis")) return false;
  const taken = [...text.matchAll(/\{([^{}]*)\} = (?:window|globalThis)\b/g)].map(([, names = ""]) => names).join(",");
  return seedGlobals.some(({ name }) => taken.split(/[^\w$]+/).includes(name));
}

/** Globals of SDKs and consent platforms: unmistakable ones alone, others behind `window` and its like. */
function globalPattern(): RegExp {
  const bare = seedGlobals.filter((global) => global.bare).map((global) => global.name);
  const qualified = seedGlobals.map((global) => global.name);
  const consent = consentPlatforms.flatMap((platform) => platform.globals.map((name) => name.split(".")[0] ?? name));
  const any = (names: readonly string[]) => [...new Set(names)].map((name) => name.replace(/[$]/g, "\\$&")).join("|");
  return new RegExp(
    `\\b(?:window|globalThis|self)(?:\\s+as\\s+\\w+\\))?\\s*(?:[?!]?\\.|\\??\\.?\\[["'])(?:${any(qualified)})\\b|\\b(?:${any([...bare, ...consent])})\\b`,
  );
}
