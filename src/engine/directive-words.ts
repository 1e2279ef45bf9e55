import type { DirectiveKind } from "../calls/suppression.ts";

/** The words that may follow `tracklint-` in a comment. */
export const DIRECTIVE_WORDS = [
  "disable-next-line",
  "disable-line",
  "disable",
  "enable",
  "disable-file",
] as const satisfies readonly DirectiveKind[];
