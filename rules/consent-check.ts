import {
  type ConsentCause,
  consentCauses,
  consentCoverage,
  consentKinds,
  defineRule,
  isClient,
  isExemptFromConsent,
  judgedCalls,
  nameOfCall,
  type Plan,
  type Problem,
  placesOf,
  type SdkStart,
  saysConsentChoice,
  storesNothing,
  type TrackingCall,
} from "../src/plugin.ts";

const options = {
  type: "object",
  additionalProperties: false,
  properties: {
    exemptVendors: {
      type: "array",
      items: { type: "string" },
      default: ["launchdarkly", "growthbook", "statsig", "optimizely"],
    },
  },
} as const;

interface Options {
  /** Vendors that the page needs to work, whatever the user chose: feature flags. */
  readonly exemptVendors: readonly string[];
}

type MessageId = "start" | "sink" | "call" | "operator" | "relay" | "inverted" | "notAwaited" | "empty";

export default defineRule<MessageId, Options>({
  meta: {
    id: "consent-check",
    category: "consent",
    summary: "Nothing is sent, and no SDK that captures by itself is started, without a check of the user's choice",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      start: "No check of the user's choice covers {{vendor}} in `{{sources}}`, which starts here{{what}}",
      sink: "No check of the user's choice covers {{vendor}} in `{{sources}}`, which sends from here{{what}}",
      call: "{{name}} is sent without a check of the user's choice",
      operator: "{{name}} is sent on a switch of whoever runs the software, which is not the user's choice",
      relay: "This relay passes on what others captured without a check of the user's choice",
      inverted: "{{name}} is sent when the user refused: `{{check}}` is tested the wrong way round",
      notAwaited:
        "{{name}} is always sent: `{{check}}` gives a promise, which is true before the user's choice is known",
      empty: "{{name}} is always sent: `{{check}}` reads no choice of the user",
    },
    options,
  },
  defaultOptions: { exemptVendors: options.properties.exemptVendors.default },
  *check({ code, plan, options }) {
    const consent = plan?.consent;
    const coverage = consentCoverage(code, consent);
    const isExempt = (of: { readonly vendor: string }) => options.exemptVendors.includes(of.vendor);
    const calls = judgedCalls(code, { kinds: personalKinds, relays: true }).filter(
      (call) => !call.sinks.every(isExempt) && !isChoice(call) && !isExemptFromConsent(call, plan),
    );
    const untracked = new Set(code.sources.filter(({ tracked }) => !tracked).map(({ name }) => name));
    const starts = code.starts.filter((start) => !isExempt(start) && !untracked.has(start.source));

    // Without a section the question applies where people are recognised again: by the source's own word, or on their device.
    const applies = (of: TrackingCall | SdkStart) =>
      consent !== undefined || (!recognisesNobody(of) && (coverage.hasMechanism(of.source) || isClient(code, of)));
    const asked = { calls: calls.filter(applies), starts: starts.filter(applies) };
    for (const cause of consentCauses({ code, coverage, ...asked })) yield toProblem(cause, plan);
    const judged = new Set([...asked.calls, ...asked.starts].map(({ source }) => source));
    for (const source of new Set([...calls, ...starts].map((of) => of.source))) {
      if (!judged.has(source))
        yield { notJudged: "no consent section, and no consent mechanism is seen in it", source };
    }
  },
});

const personalKinds: readonly TrackingCall["kind"][] = ["track", "identify", "alias", "group", "page", "screen"];

function recognisesNobody(of: TrackingCall | SdkStart): boolean {
  return ("sinks" in of ? of.sinks : [of]).every(({ vendor }) => storesNothing(vendor));
}

/** The event that says what the user chose is itself sent whatever that was. */
function isChoice(call: TrackingCall): boolean {
  return (
    consentKinds.has(call.kind) ||
    (call.events.length > 0 && call.events.every(({ value }) => saysConsentChoice(value)))
  );
}

function toProblem(cause: ConsentCause, plan: Plan | undefined): Problem<MessageId> {
  const { at, calls, starts, verdict, vendor = "" } = cause;
  const name = nameOf(calls);
  return {
    at,
    messageId: messageOf(cause),
    data: {
      vendor,
      name,
      sources: sourcesOf(cause).join("`, `"),
      what: whatIsSent(calls, starts),
      check: checkText(verdict.name),
    },
    help: helpFor(cause, plan),
    plan: plan?.consent?.at,
    related: [
      ...starts.filter((start) => start.at !== at).map((start) => ({ at: start.at, message: "also started here" })),
      ...placesOf(calls, at, "sent here"),
    ],
    ...subjectOf(cause),
    ...(plan?.consent === undefined ? {} : { severity: "error" as const }),
  };
}

/** However many calls share a cause, it is one: their number is no part of what it is about. */
function subjectOf(cause: ConsentCause): Pick<Problem<MessageId>, "subject" | "ofSource"> {
  const { kind, calls, vendor = "" } = cause;
  if (kind === "start" || kind === "sink") return { subject: vendor, ofSource: sourcesOf(cause).join(", ") };
  return { subject: calls.length === 1 ? nameOf(calls) : "several calls" };
}

function messageOf({ kind, calls, verdict }: ConsentCause): MessageId {
  if (kind === "start" || kind === "sink") return kind;
  if (verdict.defect !== undefined) return verdict.defect === "not-awaited" ? "notAwaited" : verdict.defect;
  if (verdict.decider === "operator") return "operator";
  return calls.every(({ role }) => role === "relay") ? "relay" : "call";
}

function helpFor({ kind, verdict }: ConsentCause, plan: Plan | undefined): string {
  if (verdict.defect === "not-awaited") return "Await the check.";
  if (verdict.defect === "inverted") return "Test it the other way round.";
  if (verdict.defect === "empty")
    return "Let the check read what the user chose, and refuse where nothing was chosen yet.";
  if (verdict.decider === "operator") {
    return "Ask the user, or say `consent.operator: true` in the plan where the operator's switch is enough.";
  }
  const declare = plan?.consent === undefined ? "" : "; declare a check that is not recognised under `consent.guards`";
  return kind === "start"
    ? `Start the SDK after the user agreed, or send nothing until then${declare}.`
    : `Send it after a check of what the user chose${declare}.`;
}

function nameOf(calls: readonly TrackingCall[]): string {
  const [first] = calls;
  return calls.length === 1 && first !== undefined ? nameOfCall(first) : `Data of ${calls.length} calls`;
}

function whatIsSent(calls: readonly TrackingCall[], starts: readonly SdkStart[]): string {
  const captures = starts.length > 0 ? ", captures by itself" : "";
  const sends = calls.length === 0 ? "" : ` and has ${calls.length === 1 ? "1 call" : `${calls.length} calls`}`;
  return captures + sends;
}

function sourcesOf({ calls, starts }: ConsentCause): string[] {
  return [...new Set([...calls, ...starts].map(({ source }) => source))].sort();
}

function checkText(name: string | undefined): string {
  return name ?? "the check";
}
