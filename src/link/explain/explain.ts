import type { AskedPlace, ExplainedCall, Explanation, Statement } from "../../calls/explanation.ts";
import type { Inventory, TrackingCall } from "../../calls/types.ts";
import { compareRanges } from "../../diagnostics/range.ts";
import { isGeneratedText } from "../../discover/generated.ts";
import { UserError } from "../../errors.ts";
import type { CallFact } from "../../facts/types.ts";
import { functionKey } from "../call-index.ts";
import { forwardedParams } from "../forwarding.ts";
import { paramText, spokenName } from "../function-name.ts";
import type { Module } from "../module.ts";
import type { Arrival } from "../trace.ts";
import { callersOfWrapper, callsByPlace, functionRange, placeKey } from "../wrappers.ts";
import { calleeText, callsAt, mainCalls } from "./call-places.ts";
import { chainsOf } from "./chains.ts";
import { DeadEnds, startStatement } from "./dead-ends.ts";
import type { LinkedWorld } from "./linked-world.ts";
import { unsearched } from "./unsearched.ts";

/**
 * Why a line is or isn't a tracking call: the chain to the SDK, or the point where it breaks.
 *
 * @throws UserError where the file has no such line
 */
export function explain(linked: LinkedWorld, asked: AskedPlace): Explanation {
  const text = linked.textOf(asked.file) ?? "";
  requireLine(text, asked);
  const m = linked.world.module(asked.file);
  if (m === undefined) return { asked, notes: [outOfScope(linked, asked.file, text)], calls: [], others: [] };
  const notes = linked.searched.includes(m) ? [] : [outOfScope(linked, asked.file, text)];
  return explainLine(linked, m, asked, notes);
}

function requireLine(text: string, { file, line }: AskedPlace): void {
  const lines = text.split(/\r\n|\n|\r/).length;
  if (line >= 1 && line <= lines) return;
  throw new UserError(`\`${file}\` has no line ${line}: it has ${lines}.`, {
    help: "Write the place as FILE:LINE or FILE:LINE:COLUMN.",
  });
}

/** Why a file was not searched for calls. */
function outOfScope(linked: LinkedWorld, file: string, text: string): Statement {
  if (!linked.discovery.files.includes(file)) {
    const why = linked.discovery.whyLeftOut(file) ?? "it is not among the files that were named";
    return { text: `\`${file}\` is not in scope: ${why}` };
  }
  if (isGeneratedText(text))
    return { text: `\`${file}\` is not searched: its text says that a program wrote it, or it is minified` };
  return unsearched(linked, file, text);
}

function explainLine(linked: LinkedWorld, m: Module, asked: AskedPlace, notes: readonly Statement[]): Explanation {
  const tracking = trackingAt(linked.inventory.calls, asked);
  const atPlace = callsByPlace(tracking);
  const chosen = callsAt(m, asked);
  const isTracking = (call: CallFact) => atPlace.has(placeKey(m.rangeOf(call.x)));
  const told = chosen.some(isTracking) ? chosen.filter(isTracking) : mainCalls(m, chosen);
  const known = new Set(m.facts.calls.map(({ x }) => placeKey(m.rangeOf(x))));
  const elements = tracking.filter(({ at }) => at.line === asked.line && !known.has(placeKey(at)));
  const deadEnds = new DeadEnds(linked);
  const explained = [
    ...told.map((call) => explainCall(linked, deadEnds, m, call, atPlace.get(placeKey(m.rangeOf(call.x))) ?? [])),
    ...(chosen.some(isTracking) ? [] : elements.map(explainElement)),
  ];
  const started = startsAt(linked.inventory, asked, explained);
  const isTracked = explained.some(({ verdict }) => verdict !== "not-tracking");
  const bare = explained.length === 0 ? deadEnds.ofLine(m, asked) : isTracked ? [] : deadEnds.wrappersOn(m, asked);
  return {
    asked,
    notes: [...notes, ...started, ...bare],
    calls: explained.sort((a, b) => compareRanges(a.at, b.at)),
    others: chosen
      .filter((call) => !told.includes(call))
      .map((call) => ({ callee: calleeText(m, call), at: m.rangeOf(call.x) })),
  };
}

/** Tracking calls that begin on the line, or lie around the column. */
function trackingAt(calls: readonly TrackingCall[], asked: AskedPlace): TrackingCall[] {
  return calls.filter(({ at }) => at.file === asked.file && at.line <= asked.line && asked.line <= at.endLine);
}

function explainCall(
  linked: LinkedWorld,
  deadEnds: DeadEnds,
  m: Module,
  call: CallFact,
  tracking: readonly TrackingCall[],
): ExplainedCall {
  const { ev, traced } = linked;
  const [first] = tracking;
  const common = { at: m.rangeOf(call.x), callee: calleeText(m, call), calls: tracking };
  if (first === undefined) {
    const reasons = deadEnds.ofCall(m, call);
    return { ...common, verdict: "not-tracking", chains: [], callers: [], reasons };
  }
  const arrivals = [...traced.sites, ...traced.forwarders].filter(({ route }) => {
    const [leg] = route.legs;
    return leg?.m === m && leg.call.x === call.x;
  });
  const around = arrivals.flatMap((arrival) =>
    forwardedParams(ev, arrival).map((param) => ({
      param,
      wrapper: traced.wrappers.get(functionKey(param.m, param.fn)),
    })),
  );
  const wrappers = [...new Set(around.flatMap(({ wrapper }) => wrapper ?? []))];
  const callers =
    first.role === "forwarder" ? wrappers.flatMap(({ m: of, fn }) => callersOfWrapper(linked.inventory, of, fn)) : [];
  const reasons = new Map(
    around.flatMap(({ param, wrapper }) => {
      const text = reasonOf(first, arrivals, paramText(param), spokenName(param.m, param.fn), wrapper?.callers.length);
      return text === undefined ? [] : [[text, { text, at: functionRange(param.m, param.fn) }] as const];
    }),
  );
  return {
    ...common,
    verdict: first.role,
    chains: chainsOf(ev, traced, arrivals),
    callers,
    reasons: [...reasons.values(), ...roleReasons(first)],
  };
}

/** What follows from the name being a parameter. */
function reasonOf(
  { role, kind }: TrackingCall,
  arrivals: readonly Arrival[],
  param: string,
  fn: string,
  callers: number | undefined,
): string | undefined {
  const subject = kind === "track" ? "its name" : "what it sends";
  if (role === "forwarder" && callers !== undefined)
    return `${subject} is the parameter \`${param}\` of \`${fn}\`, which only passes it on: the calls of \`${fn}\` are the sites`;
  if (role !== "site") return undefined;
  if (callers === 0)
    return `${subject} is the parameter \`${param}\` of \`${fn}\`, which no code here calls: so this call is the site`;
  if (arrivals.some(({ route }) => route.base))
    return `${subject} comes from the parameter \`${param}\` of \`${fn}\`: this call is the site, with what its callers pass`;
  return `${subject} is the parameter \`${param}\` of \`${fn}\`, which uses it for more than tracking: so this call is the site`;
}

function roleReasons({ role, kind, confidence, sinks }: TrackingCall): Statement[] {
  const reasons: Statement[] = [];
  if (role === "relay")
    reasons.push({ text: "its name or its payload comes from a request: it passes on what others captured" });
  if (role === "tenant") reasons.push({ text: "it is sent with a customer's key, and never judged" });
  if (kind === "other") reasons.push({ text: "it sends no event: it changes what later calls carry" });
  if (confidence === "name")
    reasons.push({ text: sinks.some(({ family }) => family === "unknown") ? BY_NAME : BY_MESSAGE });
  return reasons;
}

const BY_MESSAGE = "it is told by where the message goes, and by the event in it";
const BY_NAME = "what it calls is not in this repository: it is told by what receiver and method are called";

/** A component of an SDK, or an attribute, that tracks. */
function explainElement(call: TrackingCall): ExplainedCall {
  const chains = call.sinks.map((sink) => ({
    steps: [],
    sink,
    vendorName: sink.vendor,
    at: call.at,
    kind: call.kind,
    confidence: call.confidence,
  }));
  return { at: call.at, callee: "an element", verdict: call.role, calls: [call], chains, callers: [], reasons: [] };
}

/** Components that start an SDK; calls that do are told with the call. */
function startsAt({ starts }: Inventory, { file, line }: AskedPlace, told: readonly ExplainedCall[]): Statement[] {
  const known = new Set(told.map(({ at }) => placeKey(at)));
  return starts
    .filter(({ at }) => at.file === file && at.line <= line && line <= at.endLine && !known.has(placeKey(at)))
    .map(startStatement);
}
