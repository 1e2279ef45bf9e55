import { groupBy } from "../util/group-by.ts";
import { fullMessage } from "./full-message.ts";
import { levelWord } from "./level-word.ts";
import type { CheckContext, CheckReport } from "./types.ts";
import { xmlDocument } from "./xml.ts";

/**
 * The XML of Checkstyle, which many tools read; it has no document, but a writer:
 * https://github.com/checkstyle/checkstyle/blob/master/src/main/java/com/puppycrawl/tools/checkstyle/XMLLogger.java
 */
export function checkstyleReport({ findings }: CheckReport, context: CheckContext): string {
  const files = [...groupBy(findings, ({ at }) => at.file)].map(([file, ofFile]) => ({
    name: "file",
    attributes: { name: context.repositoryPath(file) },
    children: ofFile.map((finding) => ({
      name: "error",
      attributes: {
        line: finding.at.line,
        column: finding.at.column,
        severity: levelWord(finding.severity),
        message: fullMessage(finding),
        source: `tracklint.${finding.rule}`,
      },
    })),
  }));
  return xmlDocument({ name: "checkstyle", attributes: { version: "4.3" }, children: files });
}
