import { expect, test } from "vitest";
import type { Guard, Payload, StaticValue, TrackingCall } from "../../src/calls/types.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { scan } from "../../src/lint.ts";

/** Texts by path; a lone text is `src/app.ts`. */
export type Files = string | Readonly<Record<string, string>>;

/** The tracking calls of a small codebase, in the order of their places. */
export async function scanCalls(files: Files): Promise<readonly TrackingCall[]> {
  const { code } = await scan({}, memoryHost(typeof files === "string" ? { "src/app.ts": files } : files));
  return code.calls;
}

/** The calls, one line each: `track "Signed Up" { plan: "free" | "pro", seats?: number }`. */
export async function callsOf(files: Files): Promise<string[]> {
  return (await scanCalls(files)).map(lineOf);
}

/** Declares a test: these files send exactly these calls. */
export function sends(behaviour: string, files: Files, ...calls: readonly string[]): void {
  test(behaviour, async () => expect(await callsOf(files)).toEqual(calls));
}

/** Declares a test: the only call of `src/app.ts`, where `posthog` is PostHog, has this line without its kind. */
export function captures(behaviour: string, code: string, line: string, others: Readonly<Record<string, string>> = {}) {
  sends(behaviour, { "src/app.ts": `import posthog from "posthog-js";\n${code}`, ...others }, `track ${line}`);
}

/** A call as one line. */
export function lineOf(call: TrackingCall): string {
  const parts = [
    call.role === "site" ? call.kind : `${call.kind} (${call.role})`,
    namesOf(call),
    payloadOf(call.properties),
    payloadOf(call.traits, "traits "),
    ...Object.entries(call.ids).map(([role, id]) => `${role}: ${textOf(id.value)}`),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

/** `"Signed Up" | "Logged In"`, `` `Viewed ${}` ``, `pkg#EVENTS.SIGNUP`; `?` stands for a name that can't be known. */
function namesOf(call: TrackingCall): string {
  const names = [
    ...call.events.map((event) => JSON.stringify(event.value)),
    ...call.patterns.map((pattern) => template(pattern.parts)),
    ...call.unresolved,
  ];
  const isPlain = call.patterns.length + call.unresolved.length === 0;
  if (call.dynamic && isPlain) names.push("?");
  return names.join(" | ");
}

function payloadOf(payload: Payload, label = ""): string {
  if (payload.complete && payload.properties.length === 0) return "";
  return label + shapeOf(payload);
}

function shapeOf(payload: Payload): string {
  const keys = payload.properties.map(
    (property) => `${property.name}${property.optional ? "?" : ""}: ${textOf(property.value)}`,
  );
  const all = [...keys, ...(payload.complete ? [] : ["…"])];
  return all.length === 0 ? "{}" : `{ ${all.join(", ")} }`;
}

/** A value in the notation of types: `"a" | number | { plan: string, … } | string[]`; `?` is unknown. */
export function textOf(value: StaticValue): string {
  switch (value.kind) {
    case "literal":
      return JSON.stringify(value.value);
    case "undefined":
      return "undefined";
    case "type":
      return value.type;
    case "union":
      return [...new Set(value.of.map(textOf))].join(" | ");
    case "template":
      return template(value.parts);
    case "object":
      return shapeOf(value.shape);
    case "array":
      if (value.of) return `${value.of.kind === "union" ? `(${textOf(value.of)})` : textOf(value.of)}[]`;
      return value.items ? `[${value.items.map(textOf).join(", ")}]` : "?[]";
    case "unknown":
      return "?";
  }
}

function template(parts: readonly (string | null)[]): string {
  return `\`${parts.map((part) => part ?? "${}").join("")}\``;
}

/** The guards of a call, outermost first: `consented`, `not (isBot)`. */
export function guardsOf(call: TrackingCall): string[] {
  return call.guards.map((guard: Guard) => (guard.holds ? guard.text : `not (${guard.text})`));
}

/** A payload of the only call in `src/app.ts`, which captures "E" with `props` after `code`. */
export function carries(
  behaviour: string,
  code: string,
  payload: string,
  others: Readonly<Record<string, string>> = {},
): void {
  captures(behaviour, code, `"E"${payload === "" ? "" : ` ${payload}`}`, others);
}
