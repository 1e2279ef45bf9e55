import type { Sink } from "../../calls/types.ts";
import type { Plan } from "../../plan/model.ts";
import { sdkById } from "../../sdks/index.ts";

/** True where the vendor joins two ids whichever of them stands first. */
export function mergesBothWays(sink: Sink): boolean {
  return methodOf(sink)?.mergesBothWays ?? false;
}

/** The order in which a method takes the two ids, in words. */
export function aliasOrder(sink: Sink): string {
  const { userId, previousId } = methodOf(sink)?.layouts[0]?.roles ?? {};
  if (userId === undefined || previousId === undefined) return "the user's id";
  if (userId.arg === previousId.arg)
    return `the user's id as \`${userId.path}\`, the one before as \`${previousId.path}\``;
  return previousId.arg < userId.arg
    ? "the previous id first, then the user's"
    : "the user's id first, then the previous one";
}

function methodOf({ sdk, method }: Sink) {
  return sdkById(sdk)?.methods.find(({ name, kind }) => name === method && kind === "alias");
}

/**
 * Destinations that must hear of the alias before they see the person identified (Segment, identify best practices and
 * the pages of these destinations). Mixpanel only on the systems that know alias.
 */
const aliasFirst: Readonly<Record<string, { readonly label: string; readonly merges?: readonly string[] }>> = {
  kissmetrics: { label: "Kissmetrics" },
  vero: { label: "Vero" },
  mixpanel: { label: "Mixpanel", merges: ["legacy", "original"] },
};

/** A destination of the plan that a call reaches and that needs alias before identify; with its place in the plan. */
export function needsAliasFirst(sinks: readonly Sink[], plan: Plan | undefined) {
  for (const [name, { merge, via, at }] of plan?.destinations ?? []) {
    const fact = aliasFirst[name];
    const isReached = sinks.some(({ vendor }) => vendor === name || vendor === via);
    if (fact && isReached && (fact.merges?.includes(merge ?? "") ?? true)) return { label: fact.label, at };
  }
  return undefined;
}
