import type { Chain, Explanation, Statement } from "../calls/explanation.ts";
import { place, span } from "./check-output.ts";
import type { ChainOutput, ExplanationOutput, StatementOutput } from "./output-types.ts";
import { callOutput, sinkOutput } from "./scan-output.ts";

/** The account of one line as data. `root` is absolute. */
export function explanationOutput({ asked, notes, calls, others }: Explanation, root: string): ExplanationOutput {
  return {
    version: 1,
    root,
    asked: { file: asked.file, line: asked.line, ...(asked.column === undefined ? {} : { column: asked.column }) },
    notes: notes.map(statementOutput),
    calls: calls.map((call) => ({
      ...span(call.at),
      callee: call.callee,
      verdict: call.verdict,
      sends: call.calls.map((one) => ({
        ...callOutput(one),
        eventPlaces: one.events.map(({ value, at }) => ({ event: value, ...place(at) })),
      })),
      chains: call.chains.map(chainOutput),
      callers: call.callers.map(({ at, role }) => ({ ...place(at), role })),
      reasons: call.reasons.map(statementOutput),
    })),
    others: others.map(({ callee, at }) => ({ callee, ...place(at) })),
  };
}

function chainOutput({ steps, sink, vendorName, at, kind, confidence }: Chain): ChainOutput {
  return {
    steps: steps.map(({ name, at: declared, calledAt, feeds, adds }) => ({
      name,
      ...place(declared),
      calledAt: place(calledAt),
      feeds,
      adds,
    })),
    sink: { ...sinkOutput(sink), vendorName, kind, ...place(at) },
    confidence,
  };
}

function statementOutput({ text, at, because = [] }: Statement): StatementOutput {
  return {
    text,
    ...(at === undefined ? {} : { at: place(at) }),
    ...(because.length === 0 ? {} : { because: because.map(statementOutput) }),
  };
}
