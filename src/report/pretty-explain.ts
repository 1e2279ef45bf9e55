import type { Chain, ChainStep, ExplainedCall, Statement } from "../calls/explanation.ts";
import type { Payload, TrackingCall } from "../calls/types.ts";
import { compareRanges, type Range } from "../diagnostics/range.ts";
import { createPaint, type Paint } from "./paint.ts";
import { paintedFrame, sourceTexts } from "./painted-frame.ts";
import { callersText, guardText, placeText } from "./pretty-wrappers.ts";
import { patternText } from "./scan-output.ts";
import { tableLines } from "./table.ts";
import type { Explained, ReportContext } from "./types.ts";
import { visible } from "./visible.ts";
import { wrapped } from "./wrap.ts";

const CALLERS_SHOWN = 12;

/** Why a line is or isn't a tracking call, for people. */
export function prettyExplanation(explained: Explained, context: ReportContext): string {
  return new ExplanationText(explained, context).text();
}

class ExplanationText {
  readonly #explained: Explained;
  readonly #context: ReportContext;
  readonly #paint: Paint;
  readonly #sourceOf: ReturnType<typeof sourceTexts>;

  constructor(explained: Explained, context: ReportContext) {
    this.#explained = explained;
    this.#context = context;
    this.#paint = createPaint(context.colour);
    this.#sourceOf = sourceTexts(explained.textOf);
  }

  text(): string {
    const { asked, notes, calls, others } = this.#explained.explanation;
    const blocks = calls.map((call) => this.#call(call));
    if (calls.length === 0) {
      const at = { file: asked.file, line: asked.line, column: asked.column ?? 1, endLine: asked.line, endColumn: 1 };
      const frame = paintedFrame(this.#sourceOf(at.file), at, { ...this.#look(4), mark: this.#paint.warn });
      blocks.push([`${this.#place(at)}  ${this.#paint.warn("no tracking call")}`, ...frame]);
    }
    if (notes.length > 0) blocks.push(notes.flatMap((note) => this.#statement(note, 0)));
    if (others.length > 0) blocks.push(this.#others(others));
    return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
  }

  #call({ at, callee, verdict, calls, chains, callers, reasons }: ExplainedCall): string[] {
    const isTracking = verdict !== "not-tracking";
    const mark = isTracking ? this.#paint.good : this.#paint.warn;
    const said = mark(VERDICTS[verdict]);
    return [
      `${this.#place(at)}  ${this.#paint.strong(visible(callee))}  ${said}`,
      ...paintedFrame(this.#sourceOf(at.file), at, { ...this.#look(4), mark }),
      ...calls.flatMap((call) => this.#facts(call)),
      ...chains.flatMap((chain, i) => [
        ...(chains.length > 1 ? [`  way ${i + 1} of ${chains.length}`] : []),
        ...this.#chain(chain),
      ]),
      ...reasons.flatMap((reason) => this.#statement(reason, 0)),
      ...this.#callers(callers),
    ];
  }

  /** What a call sends, one label each. */
  #facts(call: TrackingCall): string[] {
    const paint = this.#paint;
    const rows = [
      ["sends", call.kind === "other" ? "" : [call.kind, ...this.#names(call)].join(" ")],
      ["with", [...this.#keys(call.properties), ...this.#keys(call.traits)].join(", ")],
      ["added", this.#keys(call.added).join(", ")],
      ["ids", this.#ids(call)],
      ["guards", call.guards.map((guard) => guardText(guard, call.at, paint, this.#context)).join(", ")],
      ["source", `${visible(call.source)} (${call.platform})`],
    ].filter(([, text]) => text !== "");
    return tableLines(
      rows.map(([label = "", text = ""]) => [paint.dim(label), text]),
      2,
      this.#context.width,
    );
  }

  /** The roles that are filled, with what is written there where that is known. */
  #ids({ ids, at }: TrackingCall): string {
    const isWhole = (other: Range) => compareRanges(other, at) === 0;
    return Object.entries(ids)
      .map(([role, id]) => (isWhole(id.at) ? role : `${role} ${this.#paint.code(visible(id.text))}`))
      .join(", ");
  }

  #names(call: TrackingCall): string[] {
    const known = call.events.map(({ value, at }) => {
      const place = this.#isWithin(at, call.at) ? "" : ` ${this.#paint.dim(`(${this.#near(at, call.at)})`)}`;
      return `${this.#paint.code(visible(value))}${place}`;
    });
    const parts = [...call.patterns.map(patternText), ...call.unresolved].map((text) =>
      this.#paint.code(visible(text)),
    );
    const what = call.role === "forwarder" ? "what its callers name" : "a name that can't be known here";
    const open = call.dynamic && call.patterns.length === 0 ? [what] : [];
    const all = [...known, ...parts, ...open];
    return all.length === 0 ? [] : [all.join(", ")];
  }

  #keys({ properties, complete, openReason }: Payload): string[] {
    const keys = properties.map(({ name, optional }) => this.#paint.code(`${visible(name)}${optional ? "?" : ""}`));
    return complete
      ? keys
      : [...keys, `and more${openReason === undefined ? "" : ` (${this.#paint.prose(visible(openReason))})`}`];
  }

  #chain({ steps, sink, vendorName, at, confidence }: Chain): string[] {
    const { vendor, sdk, method } = sink;
    const name = `${vendorName} ${this.#paint.dim(`(${sdk === vendor ? "" : `${sdk} `}${method})`)}`;
    const byName =
      confidence === "resolved" ? "" : sink.family === "unknown" ? ", told by its name" : ", told by where it goes";
    return [
      ...steps.flatMap((step) => this.#step(step)),
      `  ↳ ${this.#paint.good(name)}${byName}  ${this.#place(at)}`,
      ...(steps.length === 0 ? [] : this.#line(at)),
    ];
  }

  #step({ name, at, feeds, adds }: ChainStep): string[] {
    const code = (text: string) => this.#paint.code(visible(text));
    const from = feeds.length === 0 ? "" : ` from ${feeds.map(code).join(", ")}`;
    const added = adds.length === 0 ? "" : `, adds ${adds.map(code).join(", ")}`;
    return [
      ...this.#bullet("↳", `${this.#paint.strong(visible(name))}${from}${added}  ${this.#place(at)}`, 2),
      ...this.#line(at),
    ];
  }

  #callers(callers: ExplainedCall["callers"]): string[] {
    if (callers.length === 0) return [];
    const shown = callers.slice(0, CALLERS_SHOWN).map(({ at, role }) => {
      const what = role === "site" ? "" : this.#paint.dim(`  ${role === "forwarder" ? "wrapper" : role}`);
      return `      ${this.#place(at)}${what}`;
    });
    const rest = callers.length - CALLERS_SHOWN;
    return [
      `  callers: ${callersText(callers)}`,
      ...shown,
      ...(rest > 0 ? [`      ${rest} more (--format json lists all)`] : []),
    ];
  }

  /** A reason, with its place and code, and what it rests on below it. */
  #statement({ text, at, because = [] }: Statement, depth: number): string[] {
    const indent = 2 + depth * 4;
    const place = at === undefined ? "" : `  ${this.#place(at)}`;
    const code = at === undefined || depth > 0 ? [] : this.#line(at);
    return [
      ...this.#bullet("-", `${this.#paint.prose(visible(text))}${place}`, indent),
      ...code,
      ...because.flatMap((inner) => this.#statement(inner, depth + 1)),
    ];
  }

  #bullet(mark: string, text: string, indent: number): string[] {
    const [first = "", ...rest] = wrapped(text, indent + 2, this.#context.width);
    return [`${" ".repeat(indent)}${mark} ${first.trimStart()}`, ...rest];
  }

  #others(others: Explained["explanation"]["others"]): string[] {
    const named = [...others]
      .sort((a, b) => compareRanges(a.at, b.at))
      .map(({ callee, at }) => `${this.#paint.code(visible(callee))} at column ${at.column}`);
    return wrapped(
      `Also called on this line: ${named.join(", ")}. Name a column to ask about one.`,
      0,
      this.#context.width,
    );
  }

  /** The line of a place, unless it is the one that was asked about, which is shown already. */
  #line(at: Range): string[] {
    const { asked, calls } = this.#explained.explanation;
    const lines = calls.length > 0 ? calls.map((call) => call.at.line) : [asked.line];
    const isShown = at.file === asked.file && lines.includes(at.line);
    if (isShown) return [];
    return paintedFrame(this.#sourceOf(at.file), at, { ...this.#look(6), mark: this.#paint.dim, alone: true });
  }

  #look(indent: number) {
    return { paint: this.#paint, width: this.#context.width, indent };
  }

  #place(at: Range): string {
    return this.#paint.dim(placeText(at, this.#context));
  }

  #near(at: Range, near: Range): string {
    return at.file === near.file ? `line ${at.line}` : placeText(at, this.#context);
  }

  #isWithin(inner: Range, outer: Range): boolean {
    return inner.file === outer.file && outer.line <= inner.line && inner.line <= outer.endLine;
  }
}

const VERDICTS: Readonly<Record<ExplainedCall["verdict"], string>> = {
  site: "is a tracking call",
  forwarder: "is inside a wrapper: its callers are the sites",
  relay: "is a relay of what others captured",
  tenant: "sends with a customer's key",
  "not-tracking": "is not a tracking call",
};
