import type { Identifier, IdentifierRole, Inventory, Sink, StaticValue, TrackingCall } from "../../calls/types.ts";
import { sdkById } from "../../sdks/index.ts";
import type { SdkMethod } from "../../sdks/sdk.ts";
import { alternativesOf, typeOf } from "../static-values.ts";
import { platformIn } from "./consent-coverage.ts";

/** What becomes of a call that carries no id. */
export type FateWithoutId = "rejected" | "personless" | "unattributed";

const personalRoles: readonly IdentifierRole[] = ["userId", "anonymousId"];

/** What the vendors of a call make of it without an id, the worst of them; undefined where none asks for one. */
export function fateWithoutId(call: TrackingCall): FateWithoutId | undefined {
  const isEvent = call.kind === "track" || call.kind === "page" || call.kind === "screen";
  const isAsked = isEvent || call.kind === "identify" || call.kind === "group";
  const fates = call.sinks.map(({ sdk }) => sdkById(sdk)?.withoutId);
  return (["rejected", "personless", "unattributed"] as const).find(
    (fate) => fates.includes(fate) && (fate === "rejected" ? isAsked : isEvent),
  );
}

/** The ids of the person that a call carries: the user's and the visitor's. */
export function personalIds(call: TrackingCall): readonly Identifier[] {
  return personalRoles.flatMap((role) => call.ids[role] ?? []);
}

/**
 * The ids besides the person's that the SDKs of a call assert, and that it certainly lacks: both sides of an alias, the
 * group of a group call. Where something unknown is spread in, an id is there, of an unknown value.
 */
export function lackedIds(call: TrackingCall): readonly IdentifierRole[] {
  return partnerRoles(call).filter(
    (role) => call.ids[role] === undefined && call.sinks.every((sink) => asserts(sink, role)),
  );
}

function partnerRoles({ kind }: TrackingCall): readonly IdentifierRole[] {
  if (kind === "alias") return ["userId", "previousId"];
  return kind === "group" ? ["groupId"] : [];
}

function asserts({ sdk, method }: Sink, role: IdentifierRole): boolean {
  const forms = sdkById(sdk)?.methods.filter(({ name }) => name === method) ?? [];
  const isAsked = ({ layouts, runtimeRequired }: SdkMethod) =>
    runtimeRequired?.roles?.includes(role) || layouts.every(({ required = [] }) => required.includes(role));
  return forms.length > 0 && forms.every(isAsked);
}

/** True for an event of a group that may go out under one id for all. */
export function needsNoPerson(call: TrackingCall): boolean {
  return call.hasGroups === true && call.sinks.every(({ sdk }) => sdkById(sdk)?.groupsNeedNoPerson === true);
}

/** True for a value that names nobody: undefined, null, false or an empty text. */
export function isBlank(value: StaticValue): boolean {
  const type = typeOf(value);
  if (type === "undefined" || type === "null") return true;
  return value.kind === "literal" && (value.value === false || String(value.value).trim() === "");
}

/** True where an id is blank on every path. */
export function isNobody(id: Identifier): boolean {
  return alternativesOf(id.value).every(isBlank);
}

/** True where an id is blank on some path. */
export function mayBeNobody(id: Identifier): boolean {
  return alternativesOf(id.value).some(isBlank);
}

/** True where two ids certainly come from the same expressions. What a call gives may differ from one time to the next. */
export function comeFromTheSame(a: Identifier, b: Identifier): boolean {
  const keys = ({ origins = [] }: Identifier) =>
    origins.map(({ text, at }) => (text.endsWith(")") ? `${text} ${JSON.stringify(at)}` : text)).sort();
  const [left, right] = [keys(a), keys(b)];
  return left.length > 0 && left.join("\0") === right.join("\0") && hasNoLiteral(a) && hasNoLiteral(b);
}

function hasNoLiteral({ value }: Identifier): boolean {
  return alternativesOf(value).every((one) => one.kind !== "literal");
}

/** True where the call runs for requests of many people, by its SDK, its source or its file. */
export function runsOnServer(code: Inventory, call: TrackingCall): boolean {
  return platformIn(code, call) === "server" || platformOfSource(code, call) === "server";
}

/**
 * True where a call leaves an id on a client that the requests of a server share: every later call goes out under it.
 */
export function keepsIdForAll(code: Inventory, call: TrackingCall): boolean {
  if (!runsOnServer(code, call)) return false;
  return call.sinks.some((sink) => {
    const sdk = sdkById(sink.sdk);
    const isMadeForOne = sdk?.platform === "browser" || sdk?.platform === "react-native";
    const keeps = isMadeForOne ? setsAnId(call) : (sdk?.keepsId?.includes(sink.method) ?? false);
    return keeps && isShared(code, call, sink.sdk);
  });
}

/** True where the code of a call never runs in a browser: its SDK is a server's, or its file or source is. */
export function runsOnlyOnServer(code: Inventory, call: TrackingCall): boolean {
  return (
    call.sinks.every(({ sdk }) => sdkById(sdk)?.platform === "server") || platformOfSource(code, call) === "server"
  );
}

/** Keys under which vendors register an id. */
const idKeys: ReadonlySet<string> = new Set([
  "distinct_id",
  "$user_id",
  "user_id",
  "userId",
  "$device_id",
  "anonymousId",
]);

function setsAnId(call: TrackingCall): boolean {
  if (call.kind === "identify") return call.ids.userId !== undefined;
  return call.sinks.some(
    ({ subkind }) =>
      subkind === "set-anonymous-id" ||
      (subkind === "super-properties" && call.properties.properties.some(({ name }) => idKeys.has(name))),
  );
}

/** The client is made once, when its module is loaded, or is the SDK's own. */
function isShared(code: Inventory, call: TrackingCall, sdk: string): boolean {
  return code.starts.some(
    (start) =>
      start.sdk === sdk && start.source === call.source && (start.enclosing === undefined || start.how === "init"),
  );
}

function platformOfSource(code: Inventory, { source }: TrackingCall) {
  return code.sources.find(({ name }) => name === source)?.platform;
}
