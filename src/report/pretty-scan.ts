import stringWidth from "fast-string-width";
import type { Inventory, TrackingCall } from "../calls/types.ts";
import { groupBy } from "../util/group-by.ts";
import { createPaint } from "./paint.ts";
import { count } from "./pretty-summary.ts";
import { patternText } from "./scan-output.ts";
import { tableLines } from "./table.ts";
import type { ReportContext } from "./types.ts";
import { visible } from "./visible.ts";

interface Row {
  readonly name: string;
  readonly kind: string;
  readonly sdks: string;
  readonly place: string;
}

const NAME_WIDTH = 44;

/** The inventory for people: a table a source, with the events in alphabetical order and every place of each. */
export function prettyScan(code: Inventory, context: ReportContext): string {
  const paint = createPaint(context.colour);
  const blocks: string[] = [];
  const bySource = [...groupBy(code.calls, (call) => call.source)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [source, calls] of bySource) {
    const platforms = [...new Set(calls.map((call) => call.platform))].sort().join(", ");
    const title = `${paint.strong(visible(source))} ${paint.dim(`(${platforms}) · ${count(calls.length, "call")}`)}`;
    const rows = rowsOf(calls, context);
    let previous: Row | undefined;
    const cells = rows.map((row) => {
      const again = previous?.name === row.name && previous.kind === row.kind && previous.sdks === row.sdks;
      previous = row;
      return again ? ["", "", "", row.place] : [row.name, paint.dim(row.kind), paint.dim(row.sdks), row.place];
    });
    const lines = tableLines(cells, 2, context.width);
    blocks.push([title, ...lines].join("\n"));
  }
  const names = new Set(code.calls.flatMap((call) => call.events.map((event) => event.value)));
  const total = `${count(code.calls.length, "tracking call")}, ${count(names.size, "event name")}, ${count(bySource.length, "source")}`;
  return `${[...blocks, total].join("\n\n")}\n`;
}

function rowsOf(calls: readonly TrackingCall[], context: ReportContext): Row[] {
  const rows = calls.flatMap((call) =>
    namesOf(call).map((name) => ({
      name: shorten(visible(name), NAME_WIDTH),
      kind: call.kind,
      sdks: [...new Set(call.sinks.map((sink) => sink.sdk))].sort().join(", "),
      place: `${visible(context.displayPath(call.at.file))}:${call.at.line}:${call.at.column}`,
    })),
  );
  // Sorting is stable: the places of one event stay in their order.
  const keyOf = (row: Row) => [row.name.toLowerCase(), row.name, row.kind, row.sdks].join("\0");
  return rows.sort((a, b) => compare(keyOf(a), keyOf(b)));
}

function namesOf(call: TrackingCall): string[] {
  const known = [...call.events.map((event) => event.value), ...call.patterns.map(patternText), ...call.unresolved];
  // Its callers are listed with the names that they pass.
  if (call.role === "forwarder") return [...known, "(wrapper)"];
  if (call.dynamic) return [...known, `(dynamic${call.eventText === undefined ? "" : `: ${call.eventText}`})`];
  return known.length === 0 ? ["–"] : known;
}

function shorten(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (stringWidth(kept + character) >= width) break;
    kept += character;
  }
  return `${kept}…`;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
