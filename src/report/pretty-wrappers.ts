import type { Guard, Sink, Wrapper, WrapperCaller } from "../calls/types.ts";
import { formatPlace, type Range } from "../diagnostics/range.ts";
import { createPaint, type Paint } from "./paint.ts";
import { count } from "./pretty-summary.ts";
import { tableLines } from "./table.ts";
import type { ReportContext } from "./types.ts";
import { visible } from "./visible.ts";

/** The wrappers for people, most called first: what each sends, from what, what it adds, and who calls it. */
export function prettyWrappers(wrappers: readonly Wrapper[], context: ReportContext): string {
  const paint = createPaint(context.colour);
  const blocks = wrappers.map((wrapper) => wrapperBlock(wrapper, paint, context).join("\n"));
  const uncalled = wrappers.filter(({ callers }) => callers.length === 0).length;
  const total = count(wrappers.length, "wrapper") + (uncalled === 0 ? "" : `, ${uncalled} without a caller`);
  return `${[...blocks, total].join("\n\n")}\n`;
}

function wrapperBlock(wrapper: Wrapper, paint: Paint, context: ReportContext): string[] {
  const { name, at, kinds, sinks, feeds, adds, guards, callers } = wrapper;
  const code = (text: string) => paint.code(visible(text));
  const rows = [
    ["sends", `${kinds.join(", ")} to ${sinks.map(sinkText).join(", ")}`],
    ["from", feeds.map(code).join(", ")],
    ["adds", adds.map(code).join(", ")],
    ["guards", guards.map((guard) => guardText(guard, at, paint, context)).join(", ")],
    ["callers", callers.length === 0 ? paint.warn("none found") : callersText(callers)],
  ].filter(([, text]) => text !== "");
  const place = paint.dim(placeText(at, context));
  return [
    `${paint.strong(visible(name))}  ${place}`,
    ...tableLines(
      rows.map(([label = "", text = ""]) => [paint.dim(label), text]),
      2,
      context.width,
    ),
  ];
}

export function sinkText({ sdk, method }: Sink): string {
  return `${sdk} ${method}`;
}

/** A condition and where it stands, shortened to the line where it is in the file that is spoken of. */
export function guardText({ text, holds, at }: Guard, near: Range, paint: Paint, context: ReportContext): string {
  const condition = paint.code(visible(conditionText(text, holds)));
  const place = at.file === near.file ? `line ${at.line}` : placeText(at, context);
  return `${condition} ${paint.dim(`(${place})`)}`;
}

/** What holds on the way to a call: `isEnabled` for `if (!isEnabled) return`. */
function conditionText(text: string, holds: boolean): string {
  if (holds) return text;
  return /^![\w$.?]+(?:\([^()]*\))?$/.test(text) ? text.slice(1) : `not (${text})`;
}

export function placeText(at: Range, context: ReportContext): string {
  return visible(formatPlace({ ...at, file: context.displayPath(at.file) }));
}

/** `10 sites, 2 wrappers`. */
export function callersText(callers: readonly WrapperCaller[]): string {
  const of = (role: WrapperCaller["role"]) => callers.filter((caller) => caller.role === role).length;
  const parts = [
    [of("site"), "site"],
    [of("forwarder"), "wrapper"],
    [of("relay"), "relay"],
    [of("tenant"), "tenant's call"],
    [of("unread"), "that could not be followed"],
  ] as const;
  return parts
    .flatMap(([n, word]) => (n === 0 ? [] : [word.startsWith("that") ? `${n} ${word}` : count(n, word)]))
    .join(", ");
}
