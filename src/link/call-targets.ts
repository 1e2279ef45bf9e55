import type { CallFact, ExprId } from "../facts/types.ts";
import { matchByName } from "./by-name.ts";
import { argumentsTo } from "./call-result.ts";
import { collectedBy } from "./collectors.ts";
import type { Evaluator } from "./evaluator.ts";
import { requestsOf } from "./http-requests.ts";
import type { Module } from "./module.ts";
import { matchPlanned } from "./planned-wrappers.ts";
import { postingOf } from "./posted-messages.ts";
import { receivedFrom } from "./receivers.ts";
import { type Arguments, methodArguments } from "./roles.ts";
import { type SinkMatch, sinksOf } from "./sdk-match.ts";
import { type Sending, sendingOf } from "./senders.ts";
import { alternatives, type Env, type External, type Place, present } from "./value.ts";

/** What a call performs: a method of an SDK, with the arguments as that method counts them. */
export interface CallTarget {
  readonly match: SinkMatch;
  readonly args: Arguments;
  /** `name`: told by what things are called, because what is called is not in the repository. */
  readonly confidence: "resolved" | "name";
  /** Where this message is written, of several that one call sends. */
  readonly part?: Place;
}

/** The SDK methods that a call performs; what is resolved comes before what is only told by name. */
export function targetsOf(ev: Evaluator, m: Module, call: CallFact, env: Env | undefined): CallTarget[] {
  const expr = m.expr(call.x);
  if (expr.k !== "call") return [];
  const ref = { m, x: call.x, env };
  const planned = matchPlanned(ev, ev.world.wrappers, m, call.x, env);
  if (planned) {
    const values = expr.a.map((x) => ev.value(m, x, env));
    return [{ match: planned, args: { values, steps: [], ref }, confidence: "resolved" }];
  }
  const targets = alternatives(present(ev.value(m, expr.f, env))).flatMap((callee): CallTarget[] => {
    if (callee.k !== "ext") return [];
    return matchesOf(ev, m, call, callee, env).map((match) => ({
      match,
      args: methodArguments(ev, match, callee, ref),
      confidence: "resolved",
    }));
  });
  if (targets.length > 0) return targets;
  const named = matchByName(ev, m, call.x, env);
  if (named) {
    const values = expr.a.map((x) => ev.value(m, x, env));
    return [{ match: named, args: { values, steps: [], ref }, confidence: "name" }];
  }
  return sendingsOf(ev, m, call.x, env).map(({ match, values, part, isKnown }) => ({
    match,
    args: { values, steps: [], ref },
    confidence: isKnown ? "resolved" : "name",
    ...(part && { part }),
  }));
}

/** What a call sends to a collector, to a handler of this repository that tracks it, to an address or on a channel named like tracking. */
function sendingsOf(ev: Evaluator, m: Module, x: ExprId, env: Env | undefined): readonly Sending[] {
  const requests = requestsOf(ev, m, x, env);
  const collected = collectedBy(ev, requests);
  if (collected.length > 0) return collected;
  const sending = receivedFrom(ev, m, x, env, requests) ?? sendingOf(ev, requests) ?? postingOf(ev, m, x, env);
  return sending ? [sending] : [];
}

/** The SDK methods that a call of an external value performs. */
function matchesOf(ev: Evaluator, m: Module, call: CallFact, callee: External, env: Env | undefined): SinkMatch[] {
  return sinksOf(callee, (list) => {
    const [first] = argumentsTo(ev, callee, { m, x: call.x, env });
    const text = list ? (first?.k === "list" ? first.items[0] : undefined) : first;
    return text?.k === "lit" && typeof text.v === "string" ? text.v : undefined;
  });
}
