import {
  aliasOrder,
  alternativesOf,
  type Condition,
  comeFromTheSame,
  compareRanges,
  contains,
  defineRule,
  excludeEachOther,
  findProperty,
  type Identifier,
  type IdentifierRole,
  isBlank,
  isNobody,
  judgedCalls,
  lackedIds,
  mayBeNobody,
  meansUser,
  meansVisitor,
  mergesBothWays,
  needsAliasFirst,
  type Plan,
  type Problem,
  type Property,
  placesOf,
  type Range,
  shareVendor,
  type TrackingCall,
  vendorLabel,
} from "../src/plugin.ts";

type MessageId = "visitorAsUser" | "userAsPrevious" | "equal" | "absent" | "maybe" | "untested" | "order" | "key";

export default defineRule<MessageId>({
  meta: {
    id: "alias-arguments",
    category: "identity",
    summary: "An alias joins the user's id with the visitor's, each in its place",
    default: { withoutPlan: "warn", withPlan: "error" },
    messages: {
      visitorAsUser: "The visitor's id `{{id}}` stands in the user's place: {{vendor}} takes {{order}}",
      userAsPrevious: "The user's id `{{id}}` stands in the place of the previous one: {{vendor}} takes {{order}}",
      equal: "Both ids of this alias are `{{id}}`: nothing is joined",
      absent: "This alias has no {{role}}: it joins nothing",
      maybe: "The {{role}} of this alias can be {{value}}: {{what}}",
      untested: "The {{role}} of this alias may be missing: the condition tests `{{tested}}`, the call passes `{{id}}`",
      order: "The alias comes after identify: {{vendor}} joins only an id that it has not seen identified",
      key: "`alias` among the traits of identify joins nothing: it is stored as a property of that name",
    },
  },
  defaultOptions: {},
  *check({ code, plan }) {
    const calls = judgedCalls(code, { kinds: ["alias", "identify"] });
    for (const call of calls) {
      if (call.kind === "identify") {
        const found = aliasKey(call);
        if (found !== undefined) yield found;
        continue;
      }
      yield* judgeArguments(call);
      const late = afterIdentify(call, calls, plan);
      if (late !== undefined) yield late;
    }
  },
});

type Found = Problem<MessageId>;

function judgeArguments(call: TrackingCall): Found[] {
  const { userId, previousId } = call.ids;
  if (userId !== undefined && previousId !== undefined && comeFromTheSame(userId, previousId)) {
    return [
      problem(call, "equal", { id: textOf(userId) }, "Pass the id that the visitor had before as the other one."),
    ];
  }
  const swapped = swap(call, userId, previousId);
  const missing = (["userId", "previousId"] as const).flatMap((role) => absence(call, role) ?? []);
  return [...(swapped === undefined ? [] : [swapped]), ...missing];
}

/** By where the two come from. Two ids of users may well be joined, and some vendors join both ways. */
function swap(
  call: TrackingCall,
  userId: Identifier | undefined,
  previousId: Identifier | undefined,
): Found | undefined {
  if (call.sinks.some(mergesBothWays)) return undefined;
  const help = "Swap the two arguments.";
  const data = { vendor: vendorOf(call), order: call.sinks[0] === undefined ? "" : aliasOrder(call.sinks[0]) };
  if (
    userId !== undefined &&
    all(userId, meansVisitor) &&
    !(previousId !== undefined && all(previousId, meansVisitor))
  ) {
    return problem(call, "visitorAsUser", { ...data, id: textOf(userId) }, help);
  }
  if (previousId === undefined || userId === undefined) return undefined;
  return all(previousId, meansUser) && !all(userId, meansUser) && !areOfOneRecord(userId, previousId)
    ? problem(call, "userAsPrevious", { ...data, id: textOf(previousId) }, help)
    : undefined;
}

/** `{ previousId: account.email, userId: account.id }`: who was known by one id of a record is known by another from now on. */
function areOfOneRecord(userId: Identifier, previousId: Identifier): boolean {
  const records = ({ origins = [] }: Identifier) => origins.map(({ text }) => /^(.+)\.\w+$/.exec(text)?.[1]);
  const [record, ...others] = [...records(userId), ...records(previousId)];
  return record !== undefined && others.every((other) => other === record);
}

function all({ origins = [] }: Identifier, means: (text: string) => boolean): boolean {
  return origins.length > 0 && origins.every(({ text, name }) => means(name ?? text));
}

/** An id that is blank on some path, as far as its value or the conditions around the call tell. */
function absence(call: TrackingCall, role: "userId" | "previousId"): Found | undefined {
  const id = call.ids[role];
  const words = { role: roleWords[role] };
  if (id === undefined) {
    return lackedIds(call).includes(role)
      ? problem(call, "absent", words, "Pass both: the id that the visitor had before, and the user's.")
      : undefined;
  }
  if (mayBeNobody(id)) {
    const value = alternativesOf(id.value).find(isBlank);
    const shown = value?.kind === "literal" ? JSON.stringify(value.value) : "undefined";
    const what = isNobody(id) ? "it joins nothing" : "what is joined then is anybody's";
    return problem(call, "maybe", { ...words, value: shown, what }, "Call alias only where both ids are there.");
  }
  const origins = id.origins ?? [];
  const [origin] = origins;
  if (origin === undefined || origins.length > 1) return undefined;
  const tested = fallbackAround(call, origin.text);
  return tested === undefined
    ? undefined
    : problem(call, "untested", { ...words, tested, id: origin.text }, `Pass \`${tested}\`, which is what was tested.`);
}

const roleWords = { userId: "user's id", previousId: "previous id" } satisfies Partial<Record<IdentifierRole, string>>;

/** The name of a condition around the call that holds for this id or for another in its stead, where none tests the id alone. */
function fallbackAround({ guards }: TrackingCall, id: string): string | undefined {
  const conditions = guards.filter(({ holds }) => holds).flatMap(({ condition }) => conjuncts(condition));
  if (conditions.some((one) => one.kind === "value" && one.name === id)) return undefined;
  for (const one of conditions) {
    if (one.kind !== "value" || one.opened?.kind !== "or" || one.opened.of.length < 2) continue;
    if (one.opened.of.some((option) => option.kind === "value" && option.name === id)) return one.name;
  }
  return undefined;
}

function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === "and" ? condition.of.flatMap(conjuncts) : [condition];
}

function afterIdentify(call: TrackingCall, calls: readonly TrackingCall[], plan: Plan | undefined): Found | undefined {
  const destination = needsAliasFirst(call.sinks, plan);
  if (destination === undefined || call.enclosing === undefined) return undefined;
  const before = calls.find(
    (one) =>
      one.kind === "identify" &&
      one.enclosing === call.enclosing &&
      one.at.file === call.at.file &&
      compareRanges(one.at, call.at) < 0 &&
      shareVendor(one, call) &&
      !excludeEachOther(one, call),
  );
  if (before === undefined) return undefined;
  const found = problem(call, "order", { vendor: destination.label }, "Call alias first, then identify.");
  return { ...found, plan: destination.at, related: [{ at: before.at, message: "identified here" }] };
}

/** `identify(id, { alias: anonymousId })`. A nickname is a trait like others. */
function aliasKey(call: TrackingCall): Found | undefined {
  const alias = findProperty(call.traits, "alias");
  if (alias === undefined || !holdsAnId(alias)) return undefined;
  return { ...problem(call, "key", {}, "Call alias with the two ids."), at: alias.at };
}

function holdsAnId({ value }: Property): boolean {
  const origins = alternativesOf(value).map((one) => ("origin" in one ? (one.origin ?? "") : ""));
  return origins.some((text) => meansVisitor(text) || meansUser(text) || /distinct_?id/i.test(text));
}

function problem(call: TrackingCall, messageId: MessageId, data: Record<string, string>, help: string): Found {
  const subject = `${messageId}/${call.sinks[0]?.vendor ?? ""}`;
  const at = placeOf(call);
  return { at, messageId, data, help, subject, related: placesOf([call], at, "sent here") };
}

/** The call, or the wrapper around the SDK where that itself says which id is which. */
function placeOf({ at, via, ids }: TrackingCall): Range {
  const inside = via.at(-1)?.at.file;
  const own = [ids.userId, ids.previousId].flatMap((id) => id?.origins ?? []);
  const isOwn = own.length > 0 && own.every((one) => one.at.file === inside && !contains(at, one.at));
  return isOwn ? own[0]!.at : at;
}

function textOf({ origins = [] }: Identifier): string {
  return origins.map(({ text }) => text).join(" or ");
}

function vendorOf({ sinks }: TrackingCall): string {
  const [sink] = sinks;
  return sink === undefined ? "the vendor" : vendorLabel(sink);
}
