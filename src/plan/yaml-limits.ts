/** Bounds on what a plan may hold: it is untrusted input. They keep memory below about 2 GB. */
export const yamlLimits = {
  /** UTF-16 code units of all files together. */
  size: 16 * 1024 * 1024,
  /** Lexical tokens of one file: brackets and commas cost far more than their size. */
  tokens: 5_000_000,
  /** Maps and lists within each other, aliases followed. */
  depth: 100,
  /** Nodes that the aliases of one file add, each counted as often as it is named: against alias bombs. */
  aliasedNodes: 1_000_000,
} as const;
