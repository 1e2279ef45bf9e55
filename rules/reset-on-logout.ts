import {
  callerSources,
  callsOnTheWay,
  compareRanges,
  defineRule,
  eventMeant,
  excludeEachOther,
  forgetsPerson,
  forgettingOf,
  type Guard,
  groupBy,
  type Inventory,
  isClient,
  isLogoutName,
  judgedCalls,
  type Logout,
  listOf,
  makesNewVisitor,
  type NotJudgedHere,
  namesPerson,
  nobodyLoggedIn,
  type Plan,
  type Problem,
  reachesVendor,
  type Sink,
  shareVendor,
  type TrackingCall,
  vendorLabel,
} from "../src/plugin.ts";

type MessageId = "never" | "here" | "stranger" | "load" | "before";
type Found = Problem<MessageId>;

export default defineRule<MessageId>({
  meta: {
    id: "reset-on-logout",
    category: "identity",
    summary: "Who logs out is forgotten, and who never logged in is not",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      never: "{{what}} ends the session, and nothing here makes {{vendors}} forget the person",
      here: "This logout doesn't make {{vendors}} forget the person, as other logouts do",
      stranger:
        "This reset also runs where `{{condition}}`: {{vendor}} then takes visitors who never logged in for new ones each time",
      load: "This reset runs whenever the page loads: {{vendor}} takes every visit for that of somebody new",
      before:
        "This reset runs right before identify: in {{vendor}} what the visitor did before the login stays with a stranger",
    },
  },
  defaultOptions: {},
  *check({ code, plan }) {
    const calls = judgedCalls(code).filter((call) => isClient(code, call));
    yield* withoutReset(code, calls, plan);
    yield* forStrangers(code, calls);
  },
});

/** What one source of a client does: who is named there, where that ends, and where they are forgotten. */
interface Client {
  readonly source: string;
  readonly naming: readonly TrackingCall[];
  readonly forgetting: readonly TrackingCall[];
  /** Events that say that somebody has logged out. */
  readonly events: readonly TrackingCall[];
  readonly logouts: readonly Logout[];
}

/** Clients that name the person and go on under that name after the logout. */
function* withoutReset(
  code: Inventory,
  calls: readonly TrackingCall[],
  plan: Plan | undefined,
): Generator<Found | NotJudgedHere> {
  const waysOf = callsOnTheWay(code);
  for (const client of clientsOf(code, calls, plan)) {
    const vendors = [...new Set(client.naming.flatMap((call) => keptBy(call).map(({ vendor }) => vendor)))];
    const kept = vendors.filter((vendor) => client.forgetting.every((call) => !reachesVendor(call, vendor)));
    if (client.events.length + client.logouts.length === 0) {
      if (kept.length > 0) yield { notJudged: "people are identified, and no logout was seen", source: client.source };
      continue;
    }
    if (kept.length > 0) yield neverReset(client, kept, plan);
    const others = vendors.filter((vendor) => !kept.includes(vendor));
    yield* resetElsewhere(client, others, waysOf, plan);
  }
}

function clientsOf(code: Inventory, calls: readonly TrackingCall[], plan: Plan | undefined): Client[] {
  const sourcesOf = sourcesOfCalls(code);
  const inSource = (source: string) => (call: TrackingCall) => sourcesOf(call).has(source);
  const naming = calls.filter((call) => namesPerson(call) && keptBy(call).length > 0);
  const isStartedIn = (source: string, call: TrackingCall) =>
    code.starts.some((start) => reachesVendor(call, start.vendor) && [source, call.source].includes(start.source));
  const sources = [...new Set(naming.flatMap((call) => [...sourcesOf(call)]))].sort();
  return sources.map((source) => ({
    source,
    // A package that serves whatever its user's page has started names nobody by itself.
    naming: naming.filter(inSource(source)).filter((call) => call.source === source || isStartedIn(source, call)),
    forgetting: code.calls.filter((call) => call.role !== "tenant" && forgetsPerson(call)).filter(inSource(source)),
    events: calls.filter((call) => call.source === source && isLogout(call, plan)),
    logouts: code.logouts.filter((logout) => logout.source === source),
  }));
}

/** The sources that a call runs in: its own, and those that call the code of a shared package. */
function sourcesOfCalls(code: Inventory): (call: TrackingCall) => ReadonlySet<string> {
  const shared = new Set(code.sources.filter((source) => source.shared).map(({ name }) => name));
  const known = new Map<TrackingCall, ReadonlySet<string>>();
  return (call) => {
    const found =
      known.get(call) ?? new Set([call.source, ...(shared.has(call.source) ? callerSources(code, call) : [])]);
    known.set(call, found);
    return found;
  };
}

function neverReset(
  { events, logouts, naming, source }: Client,
  kept: readonly string[],
  plan: Plan | undefined,
): Found {
  const sinks = naming.flatMap(keptBy).filter(({ vendor }) => kept.includes(vendor));
  const [event] = events;
  const functions = logouts.filter(({ is }) => is === "function");
  // What ends the session itself says it better than what answers to a click.
  const [logout] = [...functions.filter(({ name }) => !/^(?:handle|on)/i.test(name)), ...functions, ...logouts];
  const at = (event ?? logout)!.at;
  const remedies = new Map(sinks.map((sink) => [vendorLabel(sink), forgettingOf(sink) ?? ""]));
  const calls = [...remedies].map(([vendor, call]) => `${call} of ${vendor}`);
  const others = logouts.filter((one) => one.is === "call" && compareRanges(one.at, at) !== 0);
  return {
    at,
    messageId: "never",
    data: {
      what: event === undefined ? `\`${logout?.name ?? ""}\`` : `What sends \`${logoutName(event, plan)}\``,
      vendors: listOf([...remedies.keys()], mostNamed),
    },
    help: `The next person on this device goes on as the last one. Call ${listOf(calls, mostNamed)} where the session ends.`,
    ...planPlace(event, plan),
    related: [
      ...others.slice(0, mostPlaces).map((one) => ({ at: one.at, message: "the session ends here as well" })),
      ...naming.slice(0, mostPlaces).map((call) => ({ at: call.at, message: "the person is named here" })),
    ],
    subject: `never/${source}`,
    ofSource: source,
  };
}

const mostNamed = 4;
const mostPlaces = 5;

/** Logouts that don't reset, where all the resets of the source stand in others. */
function* resetElsewhere(
  { events, forgetting, naming }: Client,
  vendors: readonly string[],
  waysOf: (call: TrackingCall) => readonly TrackingCall[],
  plan: Plan | undefined,
): Generator<Found> {
  const flows = events.map((event) => {
    const way = waysOf(event);
    return { event, resets: forgetting.filter((reset) => way.includes(reset) && !excludeEachOther(reset, event)) };
  });
  const tied = new Set(flows.flatMap(({ resets }) => resets));
  for (const { event, resets } of flows) {
    const missing = vendors.filter((vendor) => {
      const own = forgetting.filter((reset) => reachesVendor(reset, vendor));
      // What resets whenever the session is gone serves every logout.
      return own.every((reset) => tied.has(reset)) && resets.every((reset) => !reachesVendor(reset, vendor));
    });
    if (missing.length === 0) continue;
    const sinks = naming.flatMap(keptBy).filter(({ vendor }) => missing.includes(vendor));
    const right = forgetting.filter((reset) => missing.some((vendor) => reachesVendor(reset, vendor)));
    yield {
      at: event.at,
      messageId: "here",
      data: { vendors: listOf([...new Set(sinks.map(vendorLabel))], mostNamed) },
      help: "The next person on this device goes on as the last one. Reset here as well, or log out in one place only.",
      ...planPlace(event, plan),
      related: right.slice(0, mostPlaces).map(({ at }) => ({ at, message: "another logout resets here" })),
      subject: `here/${logoutName(event, plan)}`,
    };
  }
}

/** Resets that give another anonymous id to visitors whom nobody knows. */
function* forStrangers(code: Inventory, calls: readonly TrackingCall[]): Generator<Found> {
  const asked = calls.filter(makesNewVisitor);
  for (const together of groupBy(asked, strangerKey).values()) {
    const [reset] = together as [TrackingCall];
    const found = forStranger(code, calls, reset);
    if (found !== undefined) yield found;
  }
}

/** Resets of several vendors under one condition are one mistake. */
function strangerKey(reset: TrackingCall): string {
  const guard = nobodyLoggedIn(reset);
  return JSON.stringify(guard === undefined ? reset.at : [reset.innermost, guard.at]);
}

function forStranger(code: Inventory, calls: readonly TrackingCall[], reset: TrackingCall): Found | undefined {
  const name = reset.enclosing === undefined ? "" : (code.functions.get(reset.enclosing)?.name ?? "");
  const vendor = reset.sinks[0] === undefined ? "" : vendorLabel(reset.sinks[0]);
  if (saysLeaving.test(name)) return undefined;
  const guard = nobodyLoggedIn(reset);
  if (guard !== undefined) {
    return {
      at: reset.at,
      messageId: "stranger",
      data: { condition: guard.holds ? guard.text : negated(guard.text), vendor },
      help: "Reset only where somebody was identified before: in the logout itself, or when the user changes from somebody to nobody.",
      related: [{ at: guard.at, message: "the condition" }],
      subject: `stranger/${reset.sinks[0]?.vendor ?? ""}`,
    };
  }
  if (reset.innermost === undefined && reset.via.length === 0) {
    return {
      at: reset.at,
      messageId: "load",
      data: { vendor },
      help: "Reset in the logout itself.",
      subject: `load/${reset.sinks[0]?.vendor ?? ""}`,
    };
  }
  const identify = identifiedAfter(calls, reset);
  if (identify === undefined) return undefined;
  return {
    at: reset.at,
    messageId: "before",
    data: { vendor },
    help: "Leave the reset to the logout. Where another person may be logged in, reset only if the id that is known differs.",
    related: [{ at: identify.at, message: "identified here" }],
    subject: `before/${reset.sinks[0]?.vendor ?? ""}`,
  };
}

function negated(text: string): string {
  return /^[\w$.?]+$/.test(text) ? `!${text}` : `!(${text})`;
}

/** The name of what ends a session, or changes to another person's. */
const saysLeaving = /(?:log|sign)_?out|expire|unauthori[sz]ed|switch|impersonat|change|reset|clear|delete/i;

/** An identify that follows a reset in the same function, whenever the reset runs. */
function identifiedAfter(calls: readonly TrackingCall[], reset: TrackingCall): TrackingCall | undefined {
  return calls.find(
    (call) =>
      namesPerson(call) &&
      call.innermost === reset.innermost &&
      call.at.file === reset.at.file &&
      compareRanges(reset.at, call.at) < 0 &&
      shareVendor(call, reset) &&
      reset.guards.every((guard) => call.guards.some((other) => isSameGuard(guard, other))),
  );
}

function isSameGuard(a: Guard, b: Guard): boolean {
  return a.at.file === b.at.file && compareRanges(a.at, b.at) === 0 && a.holds === b.holds;
}

/** The SDKs of a call that keep the person and can be told to forget. */
function keptBy(call: TrackingCall): readonly Sink[] {
  return call.sinks.filter((sink) => forgettingOf(sink) !== undefined);
}

function isLogout(call: TrackingCall, plan: Plan | undefined): boolean {
  return call.kind === "track" && logoutName(call, plan) !== undefined;
}

function logoutName(call: TrackingCall, plan: Plan | undefined): string | undefined {
  // A name that can be any of many says nothing of this call.
  return call.events.length > mostNamed ? undefined : eventMeant(call, plan, plan?.identity?.logout, isLogoutName);
}

function planPlace(event: TrackingCall | undefined, plan: Plan | undefined): Pick<Found, "plan"> {
  const name = event === undefined ? undefined : logoutName(event, plan);
  const at = name === undefined ? undefined : plan?.find(name, "track")?.at;
  return at === undefined ? {} : { plan: at };
}
