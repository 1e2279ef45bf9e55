import stringWidth from "fast-string-width";
import { wrapped } from "./wrap.ts";

const GAP = "  ";
const LAST_COLUMN_LEAST = 20;

/**
 * Rows as lines with aligned columns; cells may hold colours. The last column is wrapped to the width, below its own
 * start, where enough of the width is left for it.
 */
export function tableLines(rows: readonly (readonly string[])[], indent: number, width: number): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns - 1 }, (_, index) =>
    Math.max(...rows.map((row) => stringWidth(row[index] ?? ""))),
  );
  const start = indent + widths.reduce((sum, one) => sum + one + GAP.length, 0);
  return rows.flatMap((row) => {
    const head = widths.map((columnWidth, index) => padEnd(row[index] ?? "", columnWidth) + GAP).join("");
    const last = row[columns - 1] ?? "";
    const [first = "", ...rest] = width - start < LAST_COLUMN_LEAST ? [last] : wrapped(last, start, width);
    return [" ".repeat(indent) + head + first.trimStart(), ...rest].map((line) => line.trimEnd());
  });
}

function padEnd(cell: string, width: number): string {
  return cell + " ".repeat(Math.max(0, width - stringWidth(cell)));
}
