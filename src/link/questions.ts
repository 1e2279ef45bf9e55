import { isGeneratedText } from "../discover/generated.ts";
import type { PlanWrapper } from "../plan/model.ts";
import { consentPlatforms, packageOf, seedGlobals, seedPackages, seedWords, vendorWords } from "../sdks/index.ts";
import { hasWord } from "../util/has-word.ts";
import { NAMED_CALL } from "./by-name.ts";
import { COLLECTOR_TEXT, MESSAGE_WORD, PROXIED_TEXT } from "./collectors.ts";
import { NETWORK_CALL } from "./http-requests.ts";
import { CHANNEL_TEXT, POSTING_CALL } from "./posted-messages.ts";
import { ADDRESS, SENDING_TEXT } from "./senders.ts";
import type { Answer, Question } from "./text-memory.ts";

/** What is asked of texts, as plain data: it names the question, and is all that its answer depends on beside the text. */
type Asked =
  | { readonly is: "skim"; readonly modules: readonly string[]; readonly names: readonly string[] }
  | { readonly is: "says"; readonly pattern: string; readonly flags: string }
  | { readonly is: "uses"; readonly named: readonly string[]; readonly members: readonly string[] }
  | { readonly is: "written" }
  | { readonly is: "stars" }
  | { readonly is: "word"; readonly word: string };

/** The imports of a file as written, joined, and whether it names an SDK or a consent platform itself. */
export interface Skim {
  readonly isSeed: boolean;
  readonly imports: string;
}

/** What `readSkim` reads. */
export function skimQuestion(wrappers: readonly PlanWrapper[]): Question<string> {
  const modules = [...new Set(wrappers.flatMap((wrapper) => wrapper.module ?? []))];
  const names = wrappers.flatMap((wrapper) => (wrapper.module === undefined ? [wrapper.name] : []));
  return asked({ is: "skim", modules, names }, skimmer(modules, names));
}

export function readSkim(answer: string): Skim {
  return { isSeed: answer.startsWith(SEED), imports: answer.slice(1) };
}

/** Whether a text that people wrote says something. */
export function saysQuestion(pattern: RegExp): Question<boolean> {
  const { source, flags } = pattern;
  return asked({ is: "says", pattern: source, flags }, (text) => pattern.test(text) && !isGeneratedText(text));
}

/** Whether people wrote a text. */
export function writtenQuestion(): Question<boolean> {
  return asked({ is: "written" }, (text) => !isGeneratedText(text));
}

/** Whether a text that people wrote hands one of these names on, or has one of these members as a word. */
export function usesQuestion(named: readonly string[], members: readonly string[]): Question<boolean> {
  return asked({ is: "uses", named, members }, (text) => {
    if (isGeneratedText(text)) return false;
    if (named.some((name) => isHandedOn(text, name))) return true;
    const words = new Set(text.match(/[\w$]+/g));
    return members.some((member) => words.has(member));
  });
}

/** The files that a text exports everything from, as specifiers, one a line. */
export function starsQuestion(): Question<string> {
  return asked({ is: "stars" }, (text) =>
    [...text.matchAll(/\bexport\s*\*\s*from\s*["']([^"'\n]+)["']/g)].map(([, specifier]) => specifier).join("\n"),
  );
}

/** Whether a name stands in a text as a word of its own. */
export function wordQuestion(word: string): Question<boolean> {
  return asked({ is: "word", word }, (text) => hasWord(text, word));
}

/** The question that has a key, as an earlier run asked it. */
export function questionOf(key: string): Question<Answer> {
  const data: Asked = JSON.parse(key);
  switch (data.is) {
    case "skim":
      return asked(data, skimmer(data.modules, data.names));
    case "says":
      return saysQuestion(new RegExp(data.pattern, data.flags));
    case "uses":
      return usesQuestion(data.named, data.members);
    case "written":
      return writtenQuestion();
    case "stars":
      return starsQuestion();
    case "word":
      return wordQuestion(data.word);
  }
}

function asked<Given extends Answer>(data: Asked, answerTo: (text: string) => Given): Question<Given> {
  return { key: JSON.stringify(data), answerTo };
}

const IMPORT =
  /^[ \t]*(?:import|export)\b[^;'"`]*?\bfrom\s*["'][^"'\n]+["']|^[ \t]*import\s*["'][^"'\n]+["']|\b(?:require|import)\(\s*["'`][^"'`\n]+["'`]/gm;
/** A specifier as written, in what a skim keeps. */
export const SPECIFIER = /["'`]([^"'`\n]+)["'`]/g;
const SEED = "+";
const REST = "-";

function skimmer(modules: readonly string[], names: readonly string[]): (text: string) => string {
  const namesPackage = packageFinder(new Set(modules));
  const globals = globalPattern();
  const isSeed = (text: string, imports: string) =>
    namesPackage(imports) ||
    globals.test(text) ||
    seedWords.some((word) => text.includes(word)) ||
    NAMED_CALL.test(text) ||
    names.some((name) => text.includes(name)) ||
    (sendsSomewhere(text) && NETWORK_CALL.test(text)) ||
    (POSTING_CALL.test(text) && CHANNEL_TEXT.test(text)) ||
    takesGlobal(text) ||
    text.includes("tracklint-");
  return (text) => {
    const imports = (text.match(IMPORT) ?? []).join("\n");
    return (isSeed(text, imports) && !isGeneratedText(text) ? SEED : REST) + imports;
  };
}

/** Tells whether imports name a vendor's package, or one of these modules. */
function packageFinder(modules: ReadonlySet<string>): (imports: string) => boolean {
  const packages = new Set([...seedPackages, ...consentPlatforms.flatMap((platform) => platform.packages)]);
  // Files import the same few packages again and again.
  const ofVendor = new Map<string, boolean>();
  const isOfVendor = (specifier: string) => {
    let known = ofVendor.get(specifier);
    if (known === undefined) {
      const name = packageOf(specifier);
      known = packages.has(specifier) || packages.has(name) || vendorWords.some((word) => name.includes(word));
      ofVendor.set(specifier, known);
    }
    return known;
  };
  return (imports) => {
    for (const [, specifier = ""] of imports.matchAll(SPECIFIER)) {
      if (modules.has(specifier) || (!specifier.startsWith(".") && isOfVendor(specifier))) return true;
    }
    return false;
  };
}

/** An address named like analytics, that of a collector, or the path of one in a file that speaks its language. */
function sendsSomewhere(text: string): boolean {
  return (
    (ADDRESS.test(text) && SENDING_TEXT.test(text)) ||
    COLLECTOR_TEXT.test(text) ||
    (PROXIED_TEXT.test(text) && MESSAGE_WORD.test(text))
  );
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

export function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}
