import {
  alternativesOf,
  byWrapper,
  byWrittenPlace,
  type Cause,
  comeFromTheSame,
  defineRule,
  type FateWithoutId,
  fateWithoutId,
  findProperty,
  type Identifier,
  type Inventory,
  isBlank,
  isNobody,
  judgedCalls,
  keepsIdForAll,
  lackedIds,
  mayBeNobody,
  nameOfCall,
  needsNoPerson,
  onlyLiterals,
  type Problem,
  personalIds,
  placesOf,
  propertiesOf,
  type Range,
  runsOnServer,
  type TrackingCall,
  vendorLabel,
} from "../src/plugin.ts";

type MessageId =
  | "empty"
  | "rejected"
  | "personless"
  | "unattributed"
  | "groupless"
  | "constant"
  | "same"
  | "kept"
  | "object"
  | "maybe";

interface Options {
  /** Constants that may stand for a person: the name of a job that has none. */
  readonly constants: readonly string[];
}

const options = {
  type: "object",
  additionalProperties: false,
  properties: { constants: { type: "array", items: { type: "string", minLength: 1 }, default: [] } },
} as const;

export default defineRule<MessageId, Options>({
  meta: {
    id: "missing-identifier",
    category: "identity",
    summary: "A call without an id of its own, or with one that everybody shares",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      empty: "{{what}} carries an empty id: {{vendor}} can't tell whose it is",
      rejected: "{{what}} carries no id: {{vendor}} rejects it",
      personless: "{{what}} carries no distinct id: {{vendor}} keeps it as an event of nobody, under a random id",
      unattributed: "{{what}} carries no id: {{vendor}} counts it for nobody",
      groupless: "{{what}} carries no group id: {{vendor}} rejects it",
      constant: "The id can be `{{value}}`, the same for everybody: {{what}} then counts as one person's",
      same: "The anonymous id and the user id are both `{{text}}`: nothing is linked, and every person is a new visitor too",
      kept: "`{{method}}` keeps the id on a client that all requests share: what is sent next goes out as whoever came last",
      object: "{{what}} is given an object for an id, `{{text}}`: {{vendor}} can't tell whose it is",
      maybe: "{{what}} may carry no id, and {{vendor}} {{fate}}",
    },
    options,
  },
  defaultOptions: { constants: options.properties.constants.default },
  *check({ code, plan, options: { constants }, strict }) {
    const calls = judgedCalls(code, { kinds: personalKinds, relays: true });
    yield* withoutId(code, calls, plan !== undefined, strict);
    yield* withoutGroup(code, calls, plan !== undefined);
    yield* withObject(calls);
    yield* withConstant(calls, constants);
    yield* withOneForBoth(calls);
    yield* keptForAll(code, calls);
  },
});

const personalKinds: readonly TrackingCall["kind"][] = [
  "track",
  "identify",
  "alias",
  "group",
  "page",
  "screen",
  "other",
];

type Found = Problem<MessageId>;

const remedies: Readonly<Record<FateWithoutId, string>> = {
  rejected: "Pass the id of the user, or the anonymous id that the visitor's browser has.",
  personless:
    "Pass `distinctId`, or say that it is meant so with `$process_person_profile: false`, or set a context for each request.",
  unattributed: "Pass the id of the user, or of the device that the visitor's browser has.",
};

/** Calls from a server that name nobody; in `strict` also those that may name nobody. */
function* withoutId(
  code: Inventory,
  calls: readonly TrackingCall[],
  hasPlan: boolean,
  strict: boolean,
): Generator<Found> {
  const contexts = new Set(
    code.calls.flatMap((call) => (call.sinks.some(({ subkind }) => subkind === "context") ? [call.source] : [])),
  );
  const asked = calls.filter((call) => runsOnServer(code, call) && fateWithoutId(call) !== undefined);
  const judged = asked.filter((call) => fateWithoutId(call) !== "personless" || !isMeantPersonless(call, contexts));
  const missing = judged.filter((call) => personalIds(call).every(isNobody));
  for (const cause of byWrapper(missing, asked, ({ at }) => at)) {
    const [first] = cause.items as [TrackingCall];
    const fate = fateWithoutId(first) ?? "unattributed";
    const isEmpty = cause.items.some((call) => personalIds(call).some(hasEmptyText));
    yield {
      ...about(cause, isEmpty ? "empty" : fate),
      data: { what: nameOf(cause.items), vendor: vendorOf(first) },
      help: remedies[fate],
      ...(hasPlan && fate === "rejected" && !isEmpty ? { severity: "error" as const } : {}),
    };
  }
  if (!strict) return;
  for (const call of judged) {
    const ids = personalIds(call);
    if (!ids.every(mayBeNobody) || ids.every(isNobody)) continue;
    const fate = fateWithoutId(call) ?? "unattributed";
    yield {
      ...about({ at: call.at, items: [call] }, "maybe"),
      data: {
        what: nameOf([call]),
        vendor: vendorOf(call),
        fate: fate === "rejected" ? "then rejects it" : "then counts it for nobody",
      },
      help: "Send it only where there is an id, or pass the anonymous id as well.",
    };
  }
}

/** Group calls of a server that name no group. */
function* withoutGroup(code: Inventory, calls: readonly TrackingCall[], hasPlan: boolean): Generator<Found> {
  const asked = calls.filter((call) => call.kind === "group" && runsOnServer(code, call));
  const missing = asked.filter((call) => lackedIds(call).length > 0);
  for (const cause of byWrapper(missing, asked, ({ at }) => at)) {
    const [first] = cause.items as [TrackingCall];
    yield {
      ...about(cause, "groupless"),
      data: { what: nameOf(cause.items), vendor: vendorOf(first) },
      help: "Pass `groupId`, the id of the organization or account.",
      ...(hasPlan && fateWithoutId(first) === "rejected" ? { severity: "error" as const } : {}),
    };
  }
}

/** An SDK that asks for an id takes an empty text for one. */
function hasEmptyText({ value }: Identifier): boolean {
  return alternativesOf(value).some((one) => one.kind === "literal" && typeof one.value === "string");
}

/** PostHog's own exceptions and the like, events that say so, and sources that set the person for each request. */
function isMeantPersonless(call: TrackingCall, contexts: ReadonlySet<string>): boolean {
  const payload = propertiesOf(call);
  const profile = findProperty(payload, "$process_person_profile");
  if (contexts.has(call.source) || !payload.complete) return true;
  if (call.events.length > 0 && call.events.every(({ value }) => value.startsWith("$"))) return true;
  return profile !== undefined && alternativesOf(profile.value).some((one) => one.kind !== "literal" || !one.value);
}

/** Calls whose id is an object that is written out: most often the traits, in the id's place. */
function* withObject(calls: readonly TrackingCall[]): Generator<Found> {
  const found = calls.flatMap((call) => idsOf(call).flatMap((id) => (isObject(id) ? [{ call, id }] : [])));
  for (const { at, items } of byWrittenPlace(found, ({ id }) => id.at)) {
    const [{ call, id }] = items as [(typeof found)[number]];
    const sent = [...new Set(items.map((one) => one.call))];
    yield {
      ...about({ at, items: sent }, "object"),
      data: { what: nameOf(sent), text: id.text, vendor: vendorOf(call) },
      help: "Pass the id here, and what is known of the person as traits.",
    };
  }
}

function isObject({ value }: Identifier): boolean {
  return alternativesOf(value).every((one) => one.kind === "object" && one.shape.properties.length > 0);
}

interface Constant {
  readonly call: TrackingCall;
  readonly value: string;
  readonly at: Range;
}

/** Constants that stand in for an id on some path; each said once, where it is written. */
function* withConstant(calls: readonly TrackingCall[], allowed: readonly string[]): Generator<Found> {
  const isAllowed = (value: string) => allowed.includes(value);
  const found = calls
    .filter((call) => call.kind !== "group" && call.kind !== "other" && !isPersonless(call) && !needsNoPerson(call))
    .flatMap((call) => idsOf(call).flatMap((id) => constantsOf(id).map((one): Constant => ({ ...one, call }))))
    .filter(({ value }) => !isAllowed(value));
  for (const { at, items } of byWrittenPlace(found, (one) => one.at)) {
    const [{ value }] = items as [Constant];
    const sent = [...new Set(items.map(({ call }) => call))];
    yield {
      ...about({ at, items: sent }, "constant"),
      data: { value, what: lowerFirst(nameOf(sent)) },
      help: "Leave the id out, or send nothing, where nobody is known; a random id is better than one for all.",
      subject: value,
    };
  }
}

function idsOf({ ids, kind }: TrackingCall): readonly Identifier[] {
  return [ids.userId, ids.anonymousId, ...(kind === "alias" ? [ids.previousId] : [])].flatMap((id) => id ?? []);
}

function constantsOf({ value }: Identifier): { readonly value: string; readonly at: Range }[] {
  return alternativesOf(value).flatMap((one) =>
    one.kind === "literal" && one.at !== undefined && !isBlank(one) && one.value !== 0 && !isOnesOwn(String(one.value))
      ? [{ value: String(one.value), at: one.at }]
      : [],
  );
}

/** A UUID that is written out is the id of one account, such as the installation's administrator. */
function isOnesOwn(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

function isPersonless(call: TrackingCall): boolean {
  const profile = findProperty(propertiesOf(call), "$process_person_profile");
  return profile !== undefined && onlyLiterals(profile.value)?.every(({ value }) => value === false) === true;
}

/** Calls whose two ids are one expression; said at the wrapper that does it. */
function* withOneForBoth(calls: readonly TrackingCall[]): Generator<Found> {
  const asked = calls.filter(({ ids }) => ids.userId !== undefined && ids.anonymousId !== undefined);
  const wrong = asked.filter(
    ({ ids }) => ids.userId && ids.anonymousId && comeFromTheSame(ids.userId, ids.anonymousId),
  );
  for (const cause of byWrapper(
    wrong,
    asked.filter((call) => !personalIds(call).every(isNobody)),
    ({ at }) => at,
  )) {
    const [{ ids }] = cause.items as [TrackingCall];
    yield {
      ...about(cause, "same"),
      data: { text: ids.userId?.origins?.map(({ text }) => text).join(" or ") ?? "" },
      help: "Pass the anonymous id that the visitor's browser has, or leave it out.",
    };
  }
}

/** Stateful calls on the client of a server; said at the wrapper, with the calls that rely on them. */
function* keptForAll(code: Inventory, calls: readonly TrackingCall[]): Generator<Found> {
  const keeping = calls.filter((call) => keepsIdForAll(code, call));
  for (const cause of byWrapper(keeping, keeping, ({ at }) => at)) {
    const [first] = cause.items as [TrackingCall];
    const relying = calls.filter(
      (call) =>
        !keeping.includes(call) &&
        call.source === first.source &&
        call.sinks.some(({ sdk }) => first.sinks.some((sink) => sink.sdk === sdk)) &&
        personalIds(call).every(isNobody),
    );
    yield {
      ...about(cause, "kept"),
      data: { method: first.sinks[0]?.method ?? first.kind },
      help: "Pass the id with every call, or make a client for each request.",
      related: [
        ...placesOf(cause.items, cause.at, "kept here"),
        ...relying.map(({ at }) => ({ at, message: "sent as whoever came last" })),
      ],
    };
  }
}

function about({ at, items }: Cause<TrackingCall>, messageId: MessageId): Found {
  // However many calls share a cause, it is one: their number is no part of what it is about.
  const name = items.length === 1 ? nameOf(items) : "several calls";
  return { at, messageId, related: placesOf(items, at, "sent here"), subject: `${messageId}/${name}` };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function vendorOf({ sinks }: TrackingCall): string {
  const [sink] = sinks;
  return sink === undefined ? "the vendor" : vendorLabel(sink);
}

function nameOf(calls: readonly TrackingCall[]): string {
  const [first] = calls;
  return calls.length === 1 && first !== undefined ? nameOfCall(first) : `What ${calls.length} calls send`;
}
