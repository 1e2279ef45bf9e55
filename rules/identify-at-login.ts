import {
  callsOnTheWay,
  defineRule,
  eventMeant,
  excludeEachOther,
  externalClient,
  groupBy,
  hasClientOf,
  type Inventory,
  identifiedOnClient,
  identifiesPerson,
  isClient,
  isLoginName,
  isNobody,
  judgedCalls,
  linkingOf,
  type NotJudgedHere,
  type Plan,
  type Problem,
  placesOf,
  type Sink,
  type TrackingCall,
  takesPersons,
  vendorLabel,
} from "../src/plugin.ts";

type MessageId = "nobody";

export default defineRule<MessageId>({
  meta: {
    id: "identify-at-login",
    category: "identity",
    summary: "Who logs in is identified",
    default: { withoutPlan: "off", withPlan: "warn" },
    messages: {
      nobody:
        "Nothing tells {{vendor}} who logs in with `{{event}}`: neither `{{source}}` nor a browser of the product identifies the person",
    },
  },
  defaultOptions: {},
  *check({ code, plan }) {
    const judged = judgedCalls(code);
    const waysOf = callsOnTheWay(code);
    const logins = judgedCalls(code, { kinds: ["track"] }).flatMap((call) => {
      const event = eventMeant(call, plan, plan?.identity?.login, isLoginName);
      return event === undefined ? [] : [...sinksByVendor(call).values()].map((sink): Login => ({ call, event, sink }));
    });
    for (const group of groupBy(logins, ({ call, sink }) => JSON.stringify([call.source, sink.vendor])).values()) {
      yield* judge(group, { code, judged, plan, waysOf });
    }
  },
});

interface Login {
  readonly call: TrackingCall;
  readonly event: string;
  readonly sink: Sink;
}

interface World {
  readonly code: Inventory;
  readonly judged: readonly TrackingCall[];
  readonly plan: Plan | undefined;
  readonly waysOf: (call: TrackingCall) => readonly TrackingCall[];
}

/** The logins that one source sends to one vendor. */
function* judge(logins: readonly Login[], world: World): Generator<Problem<MessageId> | NotJudgedHere> {
  const { code, judged, plan } = world;
  const [{ sink, call }] = logins as [Login];
  if (!takesPersons(sink) || identifiedOnClient(code, judged, sink) !== undefined) return;
  const missing = logins.filter((login) => !isIdentified(login, world));
  const [first] = missing;
  if (first === undefined) return;
  const elsewhere = externalClient(sink.vendor, plan);
  if (elsewhere !== undefined) {
    yield {
      notJudged: `the code of \`${elsewhere}\` is elsewhere, and may identify the person`,
      source: call.source,
    };
    return;
  }
  const event = plan?.find(first.event, "track");
  yield {
    at: first.call.at,
    messageId: "nobody",
    data: { vendor: vendorLabel(sink), event: first.event, source: call.source },
    help: isClient(code, call)
      ? "Call identify with the user's id as soon as the login has succeeded, and whenever a page finds a session."
      : "Call identify with the user's id here, or in the browser after the login.",
    plan: event?.at ?? plan?.identity?.at,
    related: placesOf(
      missing.map((login) => login.call),
      first.call.at,
      "a login",
    ),
    subject: `${first.event}/${sink.vendor}`,
  };
}

/** Something on the way of the login identifies, or the login itself says whose it is and nothing else could be meant. */
function isIdentified({ call, sink }: Login, { code, judged, waysOf }: World): boolean {
  if (linkingOf(sink)?.knowsPeople?.(call) === false) return true;
  const onTheWay = waysOf(call).filter((one) => !excludeEachOther(one, call));
  if ([call, ...onTheWay].some((one) => one.sinks.some((s) => s.vendor === sink.vendor && identifiesPerson(one, s))))
    return true;
  const { userId } = call.ids;
  const saysWhose = userId !== undefined && !isNobody(userId);
  return saysWhose && !needsIdentify(sink) && !hasClientOf(code, judged, sink.vendor);
}

/** What passes messages on to others: these learn of a person by identify only. */
function needsIdentify({ family }: Sink): boolean {
  return family === "segment-spec";
}

function sinksByVendor({ sinks }: TrackingCall): ReadonlyMap<string, Sink> {
  return new Map([...sinks].reverse().map((sink) => [sink.vendor, sink]));
}
