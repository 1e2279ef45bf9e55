import {
  byWrapper,
  callsOnTheWay,
  compareRanges,
  defineRule,
  eventMeant,
  excludeEachOther,
  groupBy,
  type IdentifierRole,
  type IdKind,
  type Inventory,
  isClient,
  isNobody,
  isSignupName,
  judgedCalls,
  type KnownId,
  knownIdsIn,
  knowsByEmail,
  listOfNames,
  type Payload,
  type Plan,
  type PlanId,
  type Problem,
  placesOf,
  propertiesOf,
  propertyAt,
  shareVendor,
  type TrackingCall,
} from "../src/plugin.ts";

type MessageId = "fewer" | "other" | "mixed";
type Found = Problem<MessageId>;

export default defineRule<MessageId>({
  meta: {
    id: "single-identifier",
    category: "identity",
    summary: "Every source knows people by the same ids",
    default: { withoutPlan: "off", withPlan: "warn" },
    messages: {
      fewer: "{{what}} carries no {{ids}}, which the plan lists among the ids of `{{source}}`",
      other: "The user's id is {{sort}} here (`{{text}}`) and {{usual}} elsewhere (`{{usualText}}`): one person is two",
      mixed: "The user's id is {{sort}} (`{{text}}`) for some and {{usual}} (`{{usualText}}`) for others",
    },
  },
  defaultOptions: {},
  *check({ code, plan }) {
    if (plan === undefined) return;
    yield* fewerIds(code, plan);
    yield* differentKinds(code, plan);
  },
});

interface Missing {
  readonly call: TrackingCall;
  readonly names: readonly string[];
}

/** Identify calls and signups that lack ids which the plan asks of their source. */
function* fewerIds(code: Inventory, plan: Plan): Generator<Found> {
  const ids = [...(plan.identity?.ids ?? [])];
  if (ids.length === 0) return;
  const waysOf = callsOnTheWay(code);
  const asked = judgedCalls(code, { kinds: ["identify", "track"] }).filter(
    (call) => namesSomebody(call) || isSignup(call, plan),
  );
  const missing = asked.flatMap((call): Missing[] => {
    const way = call.kind === "track" ? waysOf(call).filter((one) => joins(one, call)) : [];
    const names = ids.filter(([, id]) => isAsked(code, call, id) && [call, ...way].every((one) => lacks(one, id)));
    return names.length === 0 ? [] : [{ call, names: names.map(([name]) => name) }];
  });
  for (const group of groupBy(missing, ({ call, names }) => JSON.stringify([call.source, names])).values()) {
    const [{ names }] = group as [Missing];
    for (const { at, items } of byWrapper(
      group.map(({ call }) => call),
      asked,
      (call) => call.at,
    )) {
      const [call] = items as [TrackingCall];
      const event = call.kind === "track" ? call.events[0]?.value : undefined;
      yield {
        at,
        messageId: "fewer",
        data: {
          what: event === undefined ? "This identify" : `The signup \`${event}\``,
          ids: listOfNames(names, 3),
          source: call.source,
        },
        help: `Pass ${places(names, plan)}, or list the sources that have it in the plan (\`sources\` of the id).`,
        plan: plan.identity?.ids.get(names[0] ?? "")?.at,
        related: placesOf(items, at, "sent here"),
        subject: `fewer/${names.join()}/${event ?? "identify"}`,
      };
    }
  }
}

function places(names: readonly string[], plan: Plan): string {
  const paths = names.map((name) => plan.identity?.ids.get(name)?.path ?? name);
  return listOfNames(paths, 3);
}

function namesSomebody({ kind, sinks, ids }: TrackingCall): boolean {
  const isOfPerson = sinks.some(({ subkind }) => subkind === undefined);
  return kind === "identify" && isOfPerson && ids.userId !== undefined && !isNobody(ids.userId);
}

function isSignup(call: TrackingCall, plan: Plan): boolean {
  return call.kind === "track" && eventMeant(call, plan, plan.identity?.signup, isSignupName) !== undefined;
}

/** What an identify of the same flow carries, the signup need not. */
function joins(one: TrackingCall, signup: TrackingCall): boolean {
  return one.kind === "identify" && shareVendor(one, signup) && !excludeEachOther(one, signup);
}

/** Ids that SDKs of clients stamp by themselves, and that are often unknown on a server. */
const ofDevices: ReadonlySet<string> = new Set(["anonymous", "device", "session"]);

/**
 * True for an id that the plan asks of the call's source: by name, or, where it names no sources, of every one. Ids of
 * devices are asked only by name: whether a signup is linked to the visitor is another rule's question.
 */
function isAsked(code: Inventory, call: TrackingCall, { role, path, sources }: PlanId): boolean {
  if (sources !== undefined) return sources.includes(call.source);
  if (ofDevices.has(role) || role === "group") return false;
  if (role === "user") return call.kind === "track" && !isClient(code, call);
  return path !== undefined && (call.kind === "identify" || !path.startsWith("traits."));
}

const idRoots: Readonly<Record<string, IdentifierRole>> = {
  userId: "userId",
  user_id: "userId",
  distinctId: "userId",
  distinct_id: "userId",
  $user_id: "userId",
  anonymousId: "anonymousId",
  anonymous_id: "anonymousId",
  device_id: "anonymousId",
  $device_id: "anonymousId",
  client_id: "anonymousId",
  groupId: "groupId",
};

const idRoles: Readonly<Record<string, IdentifierRole>> = {
  user: "userId",
  anonymous: "anonymousId",
  group: "groupId",
};

/** True where a call certainly doesn't carry an id. */
function lacks(call: TrackingCall, { role, path = "" }: PlanId): boolean {
  const [root = "", ...rest] = path.split(".");
  const place = idRoots[path] ?? idRoles[role];
  if (place !== undefined) {
    const id = call.ids[place];
    return (id === undefined || isNobody(id)) && isClosed(call);
  }
  const payload: Payload | undefined = {
    traits: call.traits,
    context: call.context,
    properties: propertiesOf(call),
  }[root];
  if (payload === undefined) return false;
  return propertyAt(payload, rest.join(".")) === undefined;
}

/** Nothing unknown is spread into what the call sends. */
function isClosed(call: TrackingCall): boolean {
  return propertiesOf(call).complete && call.traits.complete && call.context.complete;
}

interface Known {
  readonly call: TrackingCall;
  /** The kinds of value that the id may be, one example of each. */
  readonly kinds: ReadonlyMap<IdKind, KnownId>;
}

const sorts: Readonly<Record<IdKind, string>> = {
  email: "an e-mail address",
  phone: "a phone number",
  name: "a person's name",
  hash: "a hash",
  id: "an id",
};

/** The better id first, where as many calls use the one as the other. */
const order: readonly IdKind[] = ["id", "hash", "email", "phone", "name"];

/** Calls that fill the user's id from another kind of value than most do, or from one kind or another. */
function* differentKinds(code: Inventory, plan: Plan): Generator<Found> {
  const calls = judgedCalls(code).filter(
    ({ kind, sinks }) => kind !== "alias" && kind !== "group" && !sinks.every(knowsByEmail),
  );
  const known = calls.flatMap((call): Known[] => {
    const values = call.ids.userId === undefined ? [] : knownIdsIn(call.ids.userId);
    return values.length === 0 ? [] : [{ call, kinds: new Map(values.toReversed().map((one) => [one.kind, one])) }];
  });
  const usual = usualKind(known);
  if (usual === undefined) return;
  const wrong = known.filter(({ kinds }) => [...kinds.keys()].some((kind) => kind !== usual.kind));
  const groups = groupBy(wrong, ({ call, kinds }) => JSON.stringify([call.source, [...kinds.keys()].sort()]));
  for (const group of groups.values()) yield toProblem(group, usual, plan);
}

/** The kind that most calls use alone; undefined where none does and none is mixed. */
function usualKind(known: readonly Known[]): KnownId | undefined {
  const count = (kind: IdKind) => known.filter(({ kinds }) => kinds.has(kind)).length;
  const best = order.toSorted((a, b) => count(b) - count(a) || order.indexOf(a) - order.indexOf(b))[0];
  const examples = known.toSorted((a, b) => a.kinds.size - b.kinds.size);
  return best === undefined ? undefined : examples.map(({ kinds }) => kinds.get(best)).find((one) => one !== undefined);
}

const mostPlaces = 8;

function toProblem(group: readonly Known[], usual: KnownId, plan: Plan): Found {
  const sorted = group.toSorted((a, b) => rank(a) - rank(b) || compareRanges(a.call.at, b.call.at));
  const [{ kinds }] = sorted as [Known];
  const isMixed = kinds.size > 1;
  const values = [...kinds.values()].toSorted((a, b) => order.indexOf(b.kind) - order.indexOf(a.kind));
  const own = values[0] ?? usual;
  const other = isMixed ? (values.at(-1) ?? usual) : usual;
  const calls = sorted.map(({ call }) => call);
  return {
    at: own.at,
    messageId: isMixed ? "mixed" : "other",
    data: { sort: sorts[own.kind], text: own.text, usual: sorts[other.kind], usualText: other.text },
    help: "Send the same kind of id everywhere, best the one that your own database has for the person; the rest may be traits.",
    plan: [...(plan.identity?.ids.values() ?? [])].find(({ role }) => role === "user")?.at,
    related: [
      ...(isMixed ? [] : [{ at: usual.at, message: `${sorts[usual.kind]}, as in most calls` }]),
      ...placesOf(calls, own.at, "sent here").slice(0, mostPlaces),
    ],
    subject: `${own.kind}/${other.kind}`,
  };
}

function rank({ call }: Known): number {
  return call.kind === "identify" ? 0 : 1;
}
