import {
  carriesMessageId,
  compareRanges,
  defineRule,
  formatPlace,
  groupBy,
  isKnown,
  isMessageIdKey,
  isVendorName,
  judgedCalls,
  listOfNames,
  nameInPlan,
  normaliseName,
  type Plan,
  type Problem,
  placesOf,
  platformIn,
  presenceOf,
  propertiesOf,
  shareLittle,
  shareVendor,
  type TrackingCall,
  typesOf,
} from "../src/plugin.ts";

type MessageId = "types" | "nested" | "only" | "twice";

interface Options {
  /** More keys of a payload by which the second copy of a message is dropped. */
  readonly messageIds: readonly string[];
  /** Events that browser and server both mean to send, `Name` as it is sent. */
  readonly allowTwice: readonly string[];
}

const words = { type: "array", items: { type: "string", minLength: 1 }, default: [] } as const;

export default defineRule<MessageId, Options>({
  meta: {
    id: "event-collision",
    category: "naming",
    summary: "One event name that two sources fill in different ways, or that is counted twice",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: {
      types:
        "`{{property}}` of `{{name}}` is {{here}} in `{{source}}` and {{there}} in `{{other}}`, at {{place}}: no chart can read both",
      nested:
        "`{{name}}` has `{{key}}` flat in `{{source}}` and nested as `{{path}}` in `{{other}}`, at {{place}}: a filter on one misses the other",
      only: "`{{name}}` always has {{keys}} in `{{other}}`, at {{place}}, and never in `{{source}}`: what is filtered by {{it}} misses all that is sent here",
      twice:
        "`{{name}}` is sent here by the browser and at {{place}} by the server, with no id that they share: what happens once is counted twice",
    },
    options: {
      type: "object",
      additionalProperties: false,
      properties: { messageIds: words, allowTwice: words },
    },
  },
  defaultOptions: { messageIds: [], allowTwice: [] },
  *check({ code, plan, options }) {
    const sent = judgedCalls(code, { kinds: ["track"] }).flatMap((call) =>
      call.events
        .filter(({ value }) => !isVendorName(call, value))
        .map(({ value }) => ({ name: nameInPlan(plan, value), call })),
    );
    const ids = [...options.messageIds, ...dedupeKeys(plan)];
    const isOnServer = (call: TrackingCall) => platformIn(code, call) === "server";
    const isInBrowser = (call: TrackingCall) => platformIn(code, call) === "browser";
    for (const [name, uses] of groupBy(sent, ({ name }) => name)) {
      const calls = [...new Set(uses.map(({ call }) => call))];
      if (calls.length < 2) continue;
      const twice = options.allowTwice.includes(name)
        ? undefined
        : twiceProblem(name, calls.filter(isInBrowser), calls.filter(isOnServer), ids);
      const planned = plan?.find(name, "track")?.at;
      if (twice !== undefined) yield { ...twice, plan: planned };
      for (const said of payloadProblems(name, calls, plan, twice === undefined)) yield { ...said, plan: planned };
    }
  },
});

/** The keys by which destinations of the plan drop a second copy: `meta: { dedupe: event_id }`. */
function dedupeKeys(plan: Plan | undefined): string[] {
  return [...(plan?.destinations.values() ?? [])].flatMap(({ dedupe }) => (dedupe === undefined ? [] : [dedupe]));
}

/** Said at the browser's call: what the server sends doesn't get lost. */
function twiceProblem(
  name: string,
  inBrowser: readonly TrackingCall[],
  onServer: readonly TrackingCall[],
  ids: readonly string[],
): Problem<"twice"> | undefined {
  const [browser] = inBrowser.filter((call) => onServer.some((other) => shareVendor(call, other)));
  const servers = browser === undefined ? [] : onServer.filter((call) => shareVendor(call, browser));
  const [server] = servers;
  if (browser === undefined || server === undefined) return undefined;
  const browsers = inBrowser.filter((call) => shareVendor(call, server));
  if ([...browsers, ...servers].every((call) => carriesMessageId(call, ids))) return undefined;
  return {
    at: browser.at,
    messageId: "twice",
    data: { name, place: formatPlace(server.at) },
    help: "Send it from one of them, best from the server, or with one id in both (`messageId`, `event_id`, `$insert_id`) by which the second copy is dropped. Where they are two things, give them two names.",
    related: [
      ...placesOf(servers, browser.at, "sent here by the server"),
      ...browsers.slice(1).map((call) => ({ at: call.at, message: "also sent here by the browser" })),
    ],
    subject: `${name}/twice`,
  };
}

/** What one source sends under a name, for a vendor that another source sends to as well. */
interface Side {
  readonly source: string;
  readonly calls: readonly TrackingCall[];
}

function* payloadProblems(
  name: string,
  calls: readonly TrackingCall[],
  plan: Plan | undefined,
  asksForKeys: boolean,
): Iterable<Problem<"types" | "nested" | "only">> {
  const sides = [...groupBy(calls, ({ source }) => source)].map(([source, ofSource]) => ({ source, calls: ofSource }));
  // The source with most calls is how it is meant; where it is a tie, the one that is written first.
  const ranked = sides.toSorted(
    (a, b) => b.calls.length - a.calls.length || compareRanges(a.calls[0]!.at, b.calls[0]!.at),
  );
  const told = new Set<string>();
  for (const [index, other] of ranked.entries()) {
    for (const side of ranked.slice(index + 1)) {
      if (!side.calls.some((call) => other.calls.some((there) => shareVendor(call, there)))) continue;
      const isSettled = (key: string) => key.startsWith("$") || isMessageIdKey(key) || isOfPlan(plan, name, key, side);
      const problems = [
        ...typeProblems(name, side, other, isSettled),
        ...nestedProblems(name, side, other, isSettled),
        ...nestedProblems(name, other, side, isSettled),
      ];
      const explained = new Set(problems.flatMap(({ keys }) => keys));
      for (const { problem } of problems) if (!told.has(problem.subject)) yield problem;
      for (const { problem } of problems) told.add(problem.subject);
      if (!asksForKeys) continue;
      const isOpen = (key: string) => !isSettled(key) && !explained.has(key);
      const only = onlyProblem(name, side, other, isOpen) ?? onlyProblem(name, other, side, isOpen);
      if (only !== undefined && !told.has(only.subject)) yield only;
      if (only !== undefined) told.add(only.subject);
    }
  }
}

/** A property that the plan describes, or refuses, is held against the plan by rules of their own. */
function isOfPlan(plan: Plan | undefined, name: string, key: string, { source, calls }: Side): boolean {
  const payload = plan?.find(name, "track")?.payloadFor(source, calls[0]!.platform);
  return payload !== undefined && (!payload.additionalProperties || payload.properties.has(key));
}

interface Explained {
  readonly problem: Problem<"types" | "nested">;
  /** Keys of the payload that it speaks of. */
  readonly keys: readonly string[];
}

function typeProblems(name: string, side: Side, other: Side, isSettled: (key: string) => boolean): Explained[] {
  const keys = new Set(side.calls.flatMap((call) => propertiesOf(call).properties.map((property) => property.name)));
  return [...keys].flatMap((key) => {
    const [here, there] = [wireTypes(side, key), wireTypes(other, key)];
    if (isSettled(key) || here === undefined || there === undefined) return [];
    if (here.types.some((type) => there.types.includes(type))) return [];
    const at = here.call.at;
    const problem = {
      at,
      messageId: "types" as const,
      data: {
        name,
        property: key,
        here: here.types.join(" or "),
        there: there.types.join(" or "),
        source: side.source,
        other: other.source,
        place: formatPlace(there.call.at),
      },
      help: "Send one type from both.",
      related: placesOf(callsWith(other, key), at, `sent here as ${there.types.join(" or ")}`),
      subject: `${name}/${key}`,
    };
    return [{ problem, keys: [key] }];
  });
}

/** The types that a property has on the wire in a source; undefined where one of them isn't known, or it is never sent. */
function wireTypes(
  side: Side,
  key: string,
): { readonly types: readonly string[]; readonly call: TrackingCall } | undefined {
  const senders = callsWith(side, key);
  const values = senders.flatMap((call) => sentValue(call, key) ?? []);
  if (values.length === 0 || !values.every(isKnown)) return undefined;
  const types = new Set<string>(values.flatMap(typesOf).map((type) => (type === "date" ? "string" : type)));
  for (const type of ["undefined", "null", "function"]) types.delete(type);
  return types.size === 0 ? undefined : { types: [...types].sort(), call: senders[0]! };
}

function callsWith({ calls }: Side, key: string): readonly TrackingCall[] {
  return calls.filter((call) => sentValue(call, key) !== undefined);
}

function sentValue(call: TrackingCall, key: string) {
  return propertiesOf(call).properties.find((property) => property.name === key)?.value;
}

/** Keys that say nothing without the object in which they stand. */
const bare: ReadonlySet<string> = new Set("id name type kind value key label title status url data".split(" "));

/** `plan: { tier }` in `other`, `tier` or `plan_tier` in `side`. */
function nestedProblems(name: string, side: Side, other: Side, isSettled: (key: string) => boolean): Explained[] {
  const outer = new Map(
    other.calls.flatMap((call) => propertiesOf(call).properties.map((one) => [one.name, { call, one }])),
  );
  return [...outer].flatMap(([parent, { call, one }]) => {
    if (one.value.kind !== "object" || callsWith(side, parent).length > 0 || isSettled(parent)) return [];
    const children = one.value.shape.properties.map((child) => child.name);
    const found = children.flatMap((child) => {
      const joined = normaliseName(`${parent}_${child}`);
      const flat = side.calls
        .flatMap((here) => here.properties.properties.map((property) => ({ here, key: property.name })))
        .find(({ key }) => normaliseName(key) === joined || (key === child && !bare.has(normaliseName(child))));
      return flat === undefined || outer.has(flat.key) ? [] : [{ ...flat, child }];
    });
    const [first] = found;
    if (first === undefined) return [];
    const at = first.here.at;
    const data = { key: first.key, path: `${parent}.${first.child}`, source: side.source, other: other.source };
    const problem = {
      at,
      messageId: "nested" as const,
      data: { name, ...data, place: formatPlace(call.at) },
      help: "Send it in one shape from both, best flat: few tools read what is inside an object.",
      related: placesOf(callsWith(other, parent), at, "nested here"),
      subject: `${name}/${parent}`,
    };
    return [{ problem, keys: [parent, ...found.map(({ key }) => key)] }];
  });
}

/** Keys that every call of `other` has and no call of `side`, where all of their payloads are known. */
function onlyProblem(
  name: string,
  side: Side,
  other: Side,
  isAsked: (key: string) => boolean,
): Problem<"only"> | undefined {
  if (![...side.calls, ...other.calls].every((call) => propertiesOf(call).complete)) return undefined;
  const keysHere = new Set(
    side.calls.flatMap((call) => propertiesOf(call).properties.map((property) => property.name)),
  );
  const written = other.calls[0]!.properties.properties.map((property) => property.name);
  const always = written.filter((key) => other.calls.every((call) => presenceOf(call.properties, key) === "present"));
  const missing = always.filter((key) => isAsked(key) && !keysHere.has(key));
  if (missing.length === 0 || isOverloaded(keysHere, new Set(written))) return undefined;
  const at = side.calls[0]!.at;
  const keys = listOfNames(missing, 4);
  return {
    at,
    messageId: "only",
    data: {
      name,
      keys,
      it: missing.length === 1 ? "it" : "them",
      source: side.source,
      other: other.source,
      place: formatPlace(other.calls[0]!.at),
    },
    help: "Send the same properties from both; where they are two things, give them two names.",
    related: [
      ...placesOf(other.calls, at, `sent here with ${keys}`),
      ...side.calls.slice(1).map((call) => ({ at: call.at, message: "also sent here without" })),
    ],
    subject: `${name}/only`,
  };
}

/** Next to nothing in common: overloaded-event says so. */
function isOverloaded(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size >= 3 && b.size >= 3 && shareLittle(a, b);
}
