import type { Finding, Related } from "../diagnostics/finding.ts";
import { sortFindings } from "../diagnostics/finding-list.ts";
import { type FindingDraft, withFingerprints } from "../diagnostics/fingerprint.ts";
import { nearestName } from "../util/nearest-name.ts";
import { type Place, rangeOf } from "./node.ts";

export interface ProblemDetails {
  /** What to do. */
  readonly help?: string;
  readonly related?: readonly { readonly at: Place; readonly message: string }[];
}

/** More than anybody reads; a broken file of 10 MB could make a million. */
const problemsAtMost = 500;
/** Beyond this many candidates no nearest name is looked for: one search is then slower than it is worth. */
const candidatesAtMost = 5_000;

/** Collects what is wrong with a plan. */
export class Problems {
  readonly #drafts: FindingDraft[] = [];
  readonly #places = new Set<string>();
  #isOverfull = false;

  /** True where nothing more is collected, so that looking further is in vain. */
  get isFull(): boolean {
    return this.#isOverfull;
  }

  /** Reports one problem. One place has one problem, the first: what follows is most likely its consequence. */
  add(at: Place, message: string, details: ProblemDetails = {}): void {
    const place = `${at.file.path}:${at.start}:${at.end}`;
    if (this.#isOverfull || this.#places.has(place)) return;
    if (this.#drafts.length >= problemsAtMost) {
      this.#isOverfull = true;
      this.#push(at, `The plan has more than ${problemsAtMost} errors; the rest is not listed`, {});
      return;
    }
    this.#places.add(place);
    this.#push(at, message, details);
  }

  #push(at: Place, message: string, { help, related = [] }: ProblemDetails): void {
    this.#drafts.push({
      rule: "plan-invalid",
      severity: "error",
      at: rangeOf(at),
      message,
      ...(help === undefined ? {} : { help }),
      related: related.map((other): Related => ({ at: rangeOf(other.at), message: other.message })),
      subject: message,
    });
  }

  /** Reports a name that is not among those defined. `noun` reads like `source of this plan`. */
  addUndefined(at: Place, name: string, noun: string, defined: readonly string[]): void {
    if (this.isFull) return;
    const near = nearOf(name, defined);
    this.add(at, `\`${name}\` is no ${noun}${didYouMean(near)}`, {
      help: defined.length === 0 ? "None is defined" : `Defined: ${listNames(defined)}`,
    });
  }

  /** In the order of their places. */
  findings(): Finding[] {
    return sortFindings(withFingerprints(this.#drafts));
  }
}

/** `: did you mean …?` */
export function didYouMean(near: string | undefined): string {
  return near === undefined ? "" : `: did you mean \`${near}\`?`;
}

/** What to say of a word that is not among those of a fixed list. `label` says what it is the value of. */
export function tellWord(label: string, found: string, allowed: readonly string[]) {
  const near = nearOf(found, allowed);
  return {
    message: `${label} is \`${found}\`${near === undefined ? ", which is not allowed" : didYouMean(near)}`,
    help: `Allowed: ${listNames(allowed)}`,
  };
}

export function nearOf(name: string, candidates: readonly string[]): string | undefined {
  return candidates.length > candidatesAtMost ? undefined : nearestName(name, candidates);
}

/** The names in backticks, the first twenty of them. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).map((name) => `\`${name}\``);
  return names.length > namesShown ? `${shown.join(", ")} and ${names.length - namesShown} more` : shown.join(", ");
}

const namesShown = 20;
