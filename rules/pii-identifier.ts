import {
  byWrapper,
  type Cause,
  compareRanges,
  defineRule,
  groupBy,
  type IdentifierRole,
  judgedCalls,
  knowsByEmail,
  listOf,
  listOfNames,
  type PersonalId,
  type PersonalIdKind,
  type Plan,
  type Problem,
  personalIdOf,
  placesOf,
  type Range,
  shareVendor,
  type TrackingCall,
  vendorLabel,
} from "../src/plugin.ts";

type MessageId = "id";

interface Options {
  readonly kinds: readonly PersonalIdKind[];
}

const options = {
  type: "object",
  additionalProperties: false,
  properties: {
    kinds: {
      type: "array",
      items: { enum: ["email", "phone", "name"] },
      uniqueItems: true,
      default: ["email", "phone", "name"],
    },
  },
} as const;

const sorts = { email: "an e-mail address", phone: "a phone number", name: "a person's name" } as const;
const roles = { userId: "user's id", anonymousId: "anonymous id", previousId: "previous id" } as const;
const personalRoles = ["userId", "anonymousId", "previousId"] as const satisfies readonly IdentifierRole[];

export default defineRule<MessageId, Options>({
  meta: {
    id: "pii-identifier",
    category: "identity",
    summary: "An id says nothing of who the person is",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: { id: "{{vendor}} {{gets}} {{sort}} as the {{role}}{{often}}: {{text}}" },
    options,
  },
  defaultOptions: { kinds: options.properties.kinds.default },
  *check({ code, plan, options: { kinds } }) {
    const asked = judgedCalls(code).filter((call) => personalRoles.some((role) => call.ids[role] !== undefined));
    const found = asked.flatMap((call) => personalIdIn(call, kinds) ?? []);
    const groups = groupBy(found, ({ call }) => JSON.stringify([call.source, call.sinks.map(({ vendor }) => vendor)]));
    for (const group of groups.values()) {
      const byCall = new Map(group.map((one) => [one.call, one]));
      for (const cause of causesOf([...byCall.keys()], asked, byCall)) yield toProblem(cause, byCall, plan);
    }
  },
});

interface Found extends PersonalId {
  readonly call: TrackingCall;
  readonly role: (typeof personalRoles)[number];
}

function personalIdIn(call: TrackingCall, kinds: readonly PersonalIdKind[]): Found | undefined {
  for (const role of personalRoles) {
    const id = call.ids[role];
    const personal = id === undefined ? undefined : personalIdOf(id);
    if (personal === undefined || !kinds.includes(personal.kind)) continue;
    if (personal.kind === "email" && call.sinks.every(knowsByEmail)) continue;
    return { ...personal, call, role };
  }
  return undefined;
}

/**
 * A wrapper all of whose callers are wrong is one cause. So is a source that mostly sends nothing else to the vendor:
 * there it is a decision, said where the person is identified.
 */
function causesOf(
  wrong: readonly TrackingCall[],
  asked: readonly TrackingCall[],
  found: ReadonlyMap<TrackingCall, Found>,
): Cause<TrackingCall>[] {
  const placeOf = placesIn(wrong, found);
  const causes = byWrapper(wrong, asked, placeOf);
  const [first] = wrong as [TrackingCall];
  const ofVendor = asked.filter((call) => call.source === first.source && shareVendor(call, first));
  if (causes.length < 2 || wrong.length * 2 <= ofVendor.length) return causes;
  const best = wrong.toSorted((a, b) => rank(a) - rank(b) || compareRanges(a.at, b.at))[0] ?? first;
  return [{ at: placeOf(best), items: [best, ...wrong.filter((call) => call !== best)] }];
}

/** Where the id is told; one function that passes the same value several times says it once. */
function placesIn(
  wrong: readonly TrackingCall[],
  found: ReadonlyMap<TrackingCall, Found>,
): (call: TrackingCall) => Range {
  const keyOf = ({ at, enclosing }: TrackingCall, text: string) => JSON.stringify([at.file, enclosing, text]);
  const places = new Map<string, Range>();
  for (const call of wrong) {
    const one = found.get(call);
    const key = keyOf(call, one?.text ?? "");
    if (one !== undefined && call.via.length === 0 && !places.has(key)) places.set(key, one.at);
  }
  return (call) => {
    const one = found.get(call);
    return (call.via.length === 0 ? places.get(keyOf(call, one?.text ?? "")) : undefined) ?? one?.at ?? call.at;
  };
}

function rank({ kind }: TrackingCall): number {
  return kind === "identify" ? 0 : 1;
}

const mostPlaces = 10;

function toProblem(
  { at, items }: Cause<TrackingCall>,
  found: ReadonlyMap<TrackingCall, Found>,
  plan: Plan | undefined,
): Problem<MessageId> {
  const [{ sinks }] = items as [TrackingCall];
  const all = items.flatMap((call) => found.get(call) ?? []);
  const [{ kind, role }] = all as [Found];
  const texts = all.filter((one) => one.kind === kind).map(({ text }) => text);
  const vendors = [...new Set(sinks.map(vendorLabel))];
  return {
    at,
    messageId: "id",
    data: {
      vendor: listOf(vendors, 3),
      gets: vendors.length === 1 ? "gets" : "get",
      sort: sorts[kind],
      role: roles[role],
      often: items.length === 1 ? "" : ` in ${items.length} calls`,
      text: listOfNames(texts, 3),
    },
    help: helpFor(
      kind,
      sinks.some(({ vendor }) => vendor === "google"),
    ),
    plan: [...(plan?.identity?.ids.values() ?? [])].find((id) => id.role === (role === "userId" ? "user" : "anonymous"))
      ?.at,
    related: placesOf(items, at, "sent here").slice(0, mostPlaces),
    subject: `${kind}/${sinks[0]?.vendor ?? ""}`,
  };
}

function helpFor(kind: PersonalIdKind, isGoogle: boolean): string {
  const forbids = isGoogle ? "Google's policies forbid it. " : "";
  const changes =
    kind === "name"
      ? "names change, and several people have the same"
      : `${sorts[kind]} changes, and who has a new one is a new person`;
  return `${forbids}Send the id that your own database has for the person: ${changes}. It may still be a trait.`;
}
