import type { NotJudged } from "../diagnostics/finding.ts";

/** Whose silence says something. */
export interface Heard {
  /** The plan has mistakes: without it a rule may be silent where it would have spoken. */
  readonly lacksPlan: boolean;
  readonly known: ReadonlySet<string>;
  readonly ran: ReadonlySet<string>;
}

/**
 * False where the silence of a rule in a source says nothing: it was off or failed, had nothing to judge by, or the plan
 * has mistakes. Without a source: in all of them.
 */
export function wasJudged(
  { heard, notJudged }: { readonly heard: Heard; readonly notJudged: readonly NotJudged[] },
  rule: string,
  source: string | undefined,
): boolean {
  if (heard.lacksPlan) return false;
  const isSilent = notJudged.some((one) => one.rule === rule && (one.source === "*" || one.source === source));
  // A rule that is no more reports nothing either.
  return (!heard.known.has(rule) || heard.ran.has(rule)) && !isSilent;
}
