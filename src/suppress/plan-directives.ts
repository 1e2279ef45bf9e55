import type { Directive } from "../calls/suppression.ts";
import { SourceText } from "../diagnostics/source-text.ts";
import { parseDirectives } from "./parse-directive.ts";
import { toDirective } from "./to-directive.ts";

const PLAN_COMMENT = /^\s*(?:$|#)/;

/** The suppressions in the comments of a plan file. `disable-next-line` speaks of the next line that holds more than a comment. */
export function readPlanDirectives(file: string, text: string): Directive[] {
  if (!text.includes("tracklint-")) return [];
  const source = new SourceText(text);
  const directives: Directive[] = [];
  for (let line = 1; line <= source.lineCount; line += 1) {
    const content = source.lineAt(line);
    // In YAML a comment starts a line or follows white space.
    const comment = /(?<=^|\s)#\s*tracklint-/.exec(content);
    if (!comment) continue;
    const start = source.offsetOf(line, comment.index + 1);
    for (const raw of parseDirectives(content.slice(comment.index), start)) {
      directives.push(toDirective(raw, source, file, PLAN_COMMENT));
    }
  }
  return directives;
}
