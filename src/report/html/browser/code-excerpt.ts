import type { PlaceData } from "../data.ts";
import { h } from "./dom.ts";
import type { Model } from "./model.ts";

const MOST_LINES = 5;

type Span = PlaceData & { readonly endLine?: number; readonly endColumn?: number };

/** The line of a place, with those around it that the report has; what the place spans is marked. */
export function codeExcerpt(model: Model, at: Span, around = 0): HTMLElement | undefined {
  const known = model.data.lines[at.file] ?? {};
  const last = Math.min(at.endLine ?? at.line, at.line + MOST_LINES - 1);
  const numbers = Array.from({ length: last - at.line + 1 + 2 * around }, (_, index) => at.line - around + index);
  const lines = numbers.filter((line) => known[line] !== undefined);
  if (lines.length === 0) return undefined;
  return h(
    "pre",
    { class: "code", tabindex: 0, role: "region", "aria-label": `Code at ${model.place(at)}` },
    lines.map((line) =>
      h(
        "span",
        { class: line >= at.line && line <= last ? "line here" : "line" },
        h("span", { class: "gutter", "aria-hidden": "true" }, line),
        h("code", {}, marked(known[line]!, line, at)),
      ),
    ),
  );
}

function marked(text: string, line: number, { line: first, column, endLine, endColumn }: Span) {
  const plain = (part: string) => part.replaceAll("\t", "  ");
  if (endLine === undefined || endColumn === undefined || line < first || line > endLine) return plain(text);
  const from = line === first ? column - 1 : text.length - text.trimStart().length;
  const to = line === endLine ? endColumn - 1 : text.length;
  const middle = text.slice(from, to);
  return [plain(text.slice(0, from)), middle !== "" && h("mark", {}, plain(middle)), plain(text.slice(to))];
}
