import { levelWord } from "./level-word.ts";
import type { CheckReport, ReportContext } from "./types.ts";
import { visible } from "./visible.ts";

/** One line a finding, `file:line:column severity rule message`, for `grep` and the problem matchers of editors. */
export function compactReport({ findings }: CheckReport, { displayPath }: ReportContext): string {
  return findings
    .map(({ at, severity, rule, message }) => {
      const place = `${displayPath(at.file)}:${at.line}:${at.column}`;
      return `${visible(`${place} ${levelWord(severity)} ${rule} ${message}`)}\n`;
    })
    .join("");
}
