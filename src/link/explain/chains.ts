import type { Chain, ChainStep } from "../../calls/explanation.ts";
import { sinkOf } from "../build-calls.ts";
import { functionKey } from "../call-index.ts";
import type { Evaluator } from "../evaluator.ts";
import { forwardedParams } from "../forwarding.ts";
import { paramText, spokenName } from "../function-name.ts";
import { type Arrival, arrivalsOf, type Leg, type Traced } from "../trace.ts";
import { addedNames, functionRange } from "../wrappers.ts";

/** The ways from a call to SDKs, one for each chain of wrappers and each method at its end. */
export function chainsOf(ev: Evaluator, traced: Traced, arrivals: readonly Arrival[]): Chain[] {
  const chains = new Map<string, Chain>();
  for (const arrival of arrivals) {
    const { route, match, method, confidence } = arrival;
    const key = `${legsKey(route.legs)} ${match.sdk.id} ${method.name} ${method.kind}`;
    const last = route.legs.at(-1);
    if (chains.has(key) || last === undefined) continue;
    chains.set(key, {
      steps: route.legs.flatMap((leg, i) => stepOf(ev, traced, arrival, leg, route.legs.slice(i + 1))),
      sink: sinkOf(arrival),
      vendorName: match.sdk.vendorName,
      at: last.m.rangeOf(last.call.x),
      kind: method.kind,
      confidence,
    });
  }
  return [...chains.values()];
}

function stepOf(ev: Evaluator, traced: Traced, arrival: Arrival, leg: Leg, inner: readonly Leg[]): ChainStep[] {
  if (leg.enters === undefined) return [];
  const { m, fn } = leg.enters;
  const same = insideOf(ev, traced, leg, inner).filter(
    ({ method }) => method.name === arrival.method.name && method.kind === arrival.method.kind,
  );
  const further = new Set(
    inner[0]?.enters === undefined
      ? []
      : insideOf(ev, traced, inner[0], inner.slice(1)).flatMap((one) => addedNames(ev, one)),
  );
  const params = same.flatMap((one) => forwardedParams(ev, one)).filter((param) => param.m === m && param.fn === fn);
  const adds = same.flatMap((one) => addedNames(ev, one)).filter((name) => !further.has(name));
  return [
    {
      name: spokenName(m, fn),
      at: functionRange(m, fn),
      calledAt: leg.m.rangeOf(leg.call.x),
      feeds: [...new Set(params.map(paramText))],
      adds: [...new Set(adds)],
    },
  ];
}

/** What is sent from inside the wrapper that a leg enters, with the wrapper's parameters open. */
function insideOf(ev: Evaluator, traced: Traced, leg: Leg, inner: readonly Leg[]): readonly Arrival[] {
  const wrapper = leg.enters && traced.wrappers.get(functionKey(leg.enters.m, leg.enters.fn));
  const known = wrapper?.inside.filter(({ route }) => legsKey(route.legs) === legsKey(inner)) ?? [];
  return known.length > 0 ? known : arrivalsOf(ev, { legs: inner });
}

function legsKey(legs: readonly Leg[]): string {
  return legs.map(({ m, call }) => `${m.path}:${call.x}`).join(">");
}
