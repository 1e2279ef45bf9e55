import { consentPlatforms } from "../../sdks/index.ts";
import { splitWords } from "../naming/words.ts";

/** Whose decision a name stands for. */
export type Decider =
  /** The person whose data it is: consent, a preference, opt-in or opt-out, Do Not Track, Global Privacy Control. */
  | "user"
  /** Whoever runs the software: environment, configuration, licence, admin, a switch of the deployment. */
  | "operator"
  /** Nobody: a key is present, a script has loaded, some value that says nothing of tracking. */
  | "nobody";

export interface ChoiceReading {
  readonly decider: Decider;
  /** True where a true value allows tracking: `hasConsent`, not `optedOut`. */
  readonly allows: boolean;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Words that speak of a person's choice by themselves. Multi-word signals are joined before: see `joinSignals`. */
const choice = set("consent consents consented consenting gdpr ccpa optin optout dnt gpc tcf tcfapi");
/** A part of the page or its state, not what was chosen. */
const scenery = set(
  "banner modal dialog popup drawer show shown shows visible visibility open opened loading loaded ready " +
    "initialized initialised version component rendered mounted",
);
/** What is allowed or refused. */
const subject = set(
  "analytics analytical analytic tracking telemetry statistics statistical stats marketing measurement cookies cookie " +
    "advertising targeting personalization personalisation metrics diagnostics",
);
const permission = set(
  "allow allowed allows permit permitted permission permissions accept accepted accepts agree agreed grant granted given " +
    "choice choices chosen preference preferences prefs pref approve approved denied deny declined decline rejected " +
    "reject refused refuse disallow disallowed objected objection",
);
/** Where a person's settings are kept. Alone they say nothing: `localStorage.getItem("analytics_queue")`. */
const storage = set("localstorage sessionstorage asyncstorage storage cookies cookie mmkv getitem getcookie");
const settings = set("settings setting preferences preference prefs pref");
const person = set("user users me my profile visitor customer member person");
const switched = set("enabled enable enables active on off disabled disable");
/** What such a store holds besides choices. */
const notAChoice = set(
  "id ids uuid guid key keys token queue session sessions time timestamp date url count events event data cache " +
    "anonymous device distinct first last source campaign",
);
const operator = set(
  "env environment config configs configuration licence license licensed admin administrator deployment infra instance " +
    "selfhosted edition vars",
);
/** Settings of somebody else than the person, though not of whoever runs the software either. */
const others = set(
  "server system site feature features flag flags toggle toggles hosted cloud organization organisation workspace tenant",
);
const refusal = set(
  "optout dnt gpc not no never without missing unset undecided required requires require needs need needed pending denied " +
    "deny declined decline rejected reject refused refuse revoked revoke withdrawn withdraw disabled disable block " +
    "blocked disallow disallowed isnt hasnt doesnt opposed objected objection",
);
/** Says only how the program is built, started or loaded. */
const technical = set(
  "node production prod development dev test testing ci debug window document key keys token dsn host url endpoint id ssr " +
    "client sdk started logged login auth authenticated account role",
);

const doNotTrack = set("dnt");
const environmentRead = /^(?:globalThis\.)?(?:process\.env|import\.meta\.env|Deno\.env|Bun\.env|env|ENV)\b/;
/** VS Code's own switch is the user's. */
const editorSwitch = /(?:^|\.)(?:vscode\.)?env\.(?:isTelemetryEnabled|telemetryLevel)$/;

/**
 * Reads whose decision a condition's name (and the texts it is called with) speaks of. It reads words only: a function
 * whose body is known is judged by that, not by this.
 */
export function readChoice(name: string, texts: readonly string[] = []): ChoiceReading {
  const key = JSON.stringify([name, texts]);
  const known = readings.get(key) ?? readNow(name, texts);
  readings.set(key, known);
  return known;
}

/** Every call through a wrapper brings the wrapper's guards along: the same few names are read again and again. */
const readings = new Map<string, ChoiceReading>();

function readNow(name: string, texts: readonly string[]): ChoiceReading {
  const segments = [...name.split("."), ...texts];
  const words = wordsOf(segments);
  const has = (vocabulary: ReadonlySet<string>) => words.some((word) => vocabulary.has(word));
  const allows = words.filter((word) => refusal.has(word)).length % 2 === 0;
  return { decider: deciderOf(name, segments, has), allows };
}

/** True for an event that tells what the user chose: `Consent Updated`, `cookies_accepted`, `tracking_opted_out`. */
export function saysConsentChoice(event: string): boolean {
  const words = wordsOf([event]);
  const has = (vocabulary: ReadonlySet<string>) => words.some((word) => vocabulary.has(word));
  return has(choice) || (has(subject) && has(permission));
}

/** True for a name that says what it reads, and that it is no choice: the environment, what has loaded, who is logged in. */
export function saysSomethingElse(name: string, texts: readonly string[] = []): boolean {
  const all = [name, ...texts];
  if (all.some((text) => environmentRead.test(text))) return true;
  const words = wordsOf(all);
  const has = (vocabulary: ReadonlySet<string>) => words.some((word) => vocabulary.has(word));
  // What is kept on the device may be a choice unless its key says what it is.
  if (has(storage)) return has(notAChoice);
  return [technical, scenery, person, notAChoice, operator, others].some(has);
}

/** What else people opt into and out of: it tells nothing of tracking. */
const otherOffers = set(
  "signin newsletter newsletters email emails mail sms push notification notifications beta waitlist",
);
/** Joined signals that need not be about tracking. */
const offered = set("optin optout");
/** What somebody may do with a product, `permissions.canRunMetricQueries()`, is decided by who runs it. */
const MAY_DO = /(?:^|[.?])can(?!(?:Track|Collect|Send|Log|Capture|Measure|Use|Set|Store))[A-Z]/;

type Has = (vocabulary: ReadonlySet<string>) => boolean;

function deciderOf(name: string, segments: readonly string[], has: Has): Decider {
  if (editorSwitch.test(name) || isPlatformRead(name)) return "user";
  // Where a shell has it, it is the person's own: consoledonottrack.com.
  if (environmentRead.test(name)) return has(doNotTrack) ? "user" : operatorOrNobody(has);
  if (MAY_DO.test(name) || (has(otherOffers) && has(offered) && !has(subject))) return "nobody";
  if (has(choice) && (!has(scenery) || has(permission))) return has(operator) && has(switched) ? "operator" : "user";
  if (has(operator) || has(others)) return operatorOrNobody(has);
  // `Cookies.get(…)` names where something is kept; what it is about is said by the key.
  const about = wordsOf(segments.filter((segment) => !wordsOf([segment]).every((word) => isStore(word))));
  if (!about.some((word) => subject.has(word))) return operatorOrNobody(has);
  return has(permission) || isKeptForThePerson(has) ? "user" : operatorOrNobody(has);
}

function isKeptForThePerson(has: Has): boolean {
  if (has(notAChoice)) return false;
  return has(settings) || has(storage) || (has(person) && has(switched));
}

/** An operator's switch is about tracking, or about who runs the software; a bare key or mode is nobody's decision. */
function operatorOrNobody(has: Has): Decider {
  if (has(subject) && (has(switched) || has(operator) || has(permission))) return "operator";
  return has(operator) && !has(technical) ? "operator" : "nobody";
}

function isStore(word: string): boolean {
  return storage.has(word) || word === "get" || word === "store";
}

function wordsOf(segments: readonly string[]): string[] {
  return joinSignals(segments.flatMap((segment) => splitWords(segment).map((word) => word.toLowerCase())));
}

/** `do not track`, `global privacy control`, `opt in` and `opted out` as one word each. */
function joinSignals(words: readonly string[]): string[] {
  return ` ${words.join(" ")} `
    .replace(/ (?:do not track|donottrack) /g, " dnt ")
    .replace(/ (?:global privacy control|sec gpc|globalprivacycontrol) /g, " gpc ")
    .replace(/ opt(?:ed|s|ing)? ?in /g, " optin ")
    .replace(/ opt(?:ed|s|ing)? ?out /g, " optout ")
    .replace(/ sign in /g, " signin ")
    .replace(/ self hosted /g, " selfhosted ")
    .replace(/ local storage /g, " localstorage ")
    .trim()
    .split(" ");
}

const platformGlobals = consentPlatforms.flatMap(({ globals }) => globals);
const platformChecks = consentPlatforms.flatMap(({ checks }) => checks);

/** Reads a consent platform: a member of one of its globals, or a function that it gives. Its mere presence is no choice. */
function isPlatformRead(name: string): boolean {
  const bare = name.replace(/^(?:window|globalThis|self)\./, "");
  const isMember = platformGlobals.some(
    (global) => bare.startsWith(`${global}.`) || (bare === global && global.includes(".")),
  );
  return isMember || platformChecks.some((check) => bare === check || bare.endsWith(`.${check}`));
}
