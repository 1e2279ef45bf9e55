/** What tracklint reports by itself, beside its rules. None of these can be configured or suppressed. */
export const ENGINE_CODES = {
  "parse-error": "A source file has syntax errors; what could be read of it was judged",
  "unreadable-file": "A source file could not be read",
  "missing-part": "A package with code has no part among those of `check --from`",
  "link-limit": "Following wrappers was cut off at a limit",
  "plan-invalid": "The tracking plan breaks the plan format",
  "internal-error": "A rule or a stage of tracklint failed; the other findings still came",
} as const satisfies Record<string, string>;

export type EngineCode = keyof typeof ENGINE_CODES;
