import {
  callsOnTheWay,
  defineRule,
  eventMeant,
  excludeEachOther,
  externalClient,
  type Inventory,
  identifiedOnClient,
  isAlias,
  isClient,
  isSignupName,
  judgedCalls,
  linkingOf,
  type NotJudgedHere,
  type Plan,
  type Problem,
  reachesVendor,
  runsOnEveryBranch,
  type Sink,
  type TrackingCall,
  vendorLabel,
} from "../src/plugin.ts";

type MessageId = "unlinked" | "unidentified" | "noAlias" | "someBranches";

export default defineRule({
  meta: {
    id: "alias-at-signup",
    category: "identity",
    summary: "A signup is linked to what the visitor did before it",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      unlinked:
        "The signup `{{event}}` is not linked to the visitor in {{vendor}}: what came before it stays with a stranger",
      unidentified:
        "After the signup `{{event}}` nothing tells {{vendor}} who the person is: what came before it stays with a stranger",
      noAlias: "The signup `{{event}}` is not aliased in {{vendor}}, as the plan asks of every signup",
      someBranches: "The signup `{{event}}` is aliased in {{vendor}} on some branches only",
    },
  },
  defaultOptions: {},
  *check({ code, plan }) {
    const waysOf = callsOnTheWay(code);
    const judged = judgedCalls(code);
    for (const signup of judgedCalls(code, { kinds: ["track"] })) {
      const event = eventMeant(signup, plan, plan?.identity?.signup, isSignupName);
      if (event === undefined) continue;
      const way = waysOf(signup);
      const seen = new Set<string>();
      for (const sink of signup.sinks) {
        if (seen.has(sink.vendor)) continue;
        seen.add(sink.vendor);
        const said = judgeSignup({ signup, event, sink, way, judged, code, plan });
        if (said !== undefined) yield said;
      }
    }
  },
});

interface Signup {
  readonly signup: TrackingCall;
  readonly event: string;
  readonly sink: Sink;
  /** Calls of its function, of those it calls, and of those that call it. */
  readonly way: readonly TrackingCall[];
  readonly judged: readonly TrackingCall[];
  readonly code: Inventory;
  readonly plan: Plan | undefined;
}

function judgeSignup(of: Signup): Problem<MessageId> | NotJudgedHere | undefined {
  const { signup, sink, way, plan } = of;
  const linking = linkingOf(sink);
  if (linking === undefined || linking.knowsPeople?.(signup) === false) return undefined;
  const sameVendor = way.filter((call) => reachesVendor(call, sink.vendor) && !excludeEachOther(call, signup));
  if (plan?.identity?.merge === "alias") {
    const aliases = sameVendor.filter(isAlias);
    if (aliases.some((call) => runsOnEveryBranch(call, signup))) return undefined;
    const related = aliases.map(({ at }) => ({ at, message: "aliased here" }));
    return problem(
      of,
      aliases.length > 0 ? "someBranches" : "noAlias",
      "Call alias on every way to the signup.",
      related,
    );
  }
  const mergeOf = (vendor: string) => plan?.destinations.get(vendor)?.merge;
  if (
    sameVendor.some((call) => linking.links(call, { mergeOf })) ||
    identifiedOnClient(of.code, of.judged, sink) !== undefined
  )
    return undefined;
  const elsewhere = externalClient(sink.vendor, plan);
  if (elsewhere !== undefined) {
    return {
      notJudged: `the code of \`${elsewhere}\` is elsewhere, and may identify the person`,
      source: signup.source,
    };
  }
  // A browser sends the signup as the visitor that it knows: what is missing is the person.
  if (isClient(of.code, signup)) return problem(of, "unidentified", "Identify the person after the signup.", []);
  return problem(of, "unlinked", linking.remedy, []);
}

function problem(
  of: Signup,
  messageId: MessageId,
  help: string,
  related: Problem<MessageId>["related"],
): Problem<MessageId> {
  const { signup, event, sink, plan } = of;
  const isStated = plan?.identity !== undefined && plan.identity.signup.length > 0 && plan.identity.merge !== undefined;
  return {
    at: signup.at,
    messageId,
    data: { event, vendor: vendorLabel(sink) },
    help,
    related: related ?? [],
    plan:
      messageId === "unlinked" || messageId === "unidentified"
        ? plan?.identity?.signupAt
        : (plan?.identity?.mergeAt ?? plan?.identity?.signupAt),
    subject: `${event}/${sink.vendor}`,
    ...(isStated ? { severity: "error" as const } : {}),
  };
}
