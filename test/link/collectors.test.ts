import { describe, expect, it, test } from "vitest";
import { allSdks, collectorAddresses, sdkById } from "../../src/sdks/index.ts";
import { lineOf, scanCalls, sends } from "./calls-of.ts";

/** The call of a collector with one message, as an endpoint's roles lay it out. */
function requestTo(sdkId: string, index: number): { code: string; kind: string } {
  const endpoint = sdkById(sdkId)?.http?.[index];
  if (endpoint === undefined) throw new Error(`no endpoint ${sdkId} ${index}`);
  const host = endpoint.url.startsWith("*") ? `https://t.acme.com${endpoint.url.slice(1)}` : endpoint.url;
  const kind = endpoint.kind ?? "track";
  const url = host.replace(/\/\*$/, `/${kind}`).replaceAll("*", "x1");
  const value = (role: string) => (["properties", "traits"].includes(role) ? { plan: "free" } : `the ${role}`);
  let body: unknown = {};
  for (const [role, path] of Object.entries(endpoint.roles)) body = put(body, path.split(/\.|(?=\[)/), value(role));
  return { code: `await fetch("${url}", { method: "POST", body: JSON.stringify(${JSON.stringify(body)}) });`, kind };
}

function put(target: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined || step === "") {
    if (rest.length > 0) return put(target, rest, value);
    return typeof target === "object" && typeof value === "object" ? { ...target, ...value } : value;
  }
  if (step === "[*]") return [put(Array.isArray(target) ? target[0] : {}, rest, value)];
  const object = typeof target === "object" && target !== null ? (target as Record<string, unknown>) : {};
  return { ...object, [step]: put(object[step] ?? {}, rest, value) };
}

describe("a request to a vendor's collector", () => {
  it.each(collectorAddresses)("is a call of its SDK: $sdk $url", async ({ sdk, index }) => {
    const { code, kind } = requestTo(sdk, index);
    const [call, ...others] = await scanCalls(code);
    expect(others).toEqual([]);
    expect(call?.kind).toBe(kind);
    expect(call?.sinks[0]?.vendor).toBe(sdkById(sdk)?.vendor);
    if (kind === "track") expect(call?.events.map(({ value }) => value)).toEqual(["the event"]);
    if (sdkById(sdk)?.http?.[index]?.roles.properties && kind === "track")
      expect(call?.properties.properties.map(({ name }) => name)).toContain("plan");
  });

  test("is known for certain at the vendor's own address only", async () => {
    const message = `{ method: "POST", body: JSON.stringify({ event: "Paid", userId: "u1", properties: { total: 1 } }) }`;
    const [own, proxied] = await scanCalls(
      `fetch("https://api.segment.io/v1/track", ${message});\nfetch("https://t.acme.com/v1/track", ${message});`,
    );
    expect([own?.confidence, proxied?.confidence]).toEqual(["resolved", "name"]);
  });

  test("stands for each message of a batch where it is written", async () => {
    const calls =
      await scanCalls(`await fetch("https://hosted.dataplane.rudderstack.com/v1/batch", { method: "POST", body: JSON.stringify({ batch: [
  { type: "identify", userId: "u1", traits: { plan: "pro" } },
  { type: "track", event: "Signed Up", userId: "u1", properties: { plan: "pro" } },
  { type: "track", event: "Invited", userId: "u1", properties: { seats: 2 } },
] }) });`);
    expect(calls.map((call) => `${call.at.line} ${lineOf(call)}`)).toEqual([
      '2 identify traits { plan: "pro" } userId: "u1"',
      '3 track "Signed Up" { plan: "pro" } userId: "u1"',
      '4 track "Invited" { seats: 2 } userId: "u1"',
    ]);
  });

  sends(
    "is found however its address is built",
    `import axios from "axios";
const host = process.env.RUDDER_DATA_PLANE_URL;
const message = { event: "A", userId: "u1", properties: { n: 1 } };
axios.post(host + "/v1/track", message, { auth: { username: key } });
fetch(new URL("/v1/track", host), { method: "POST", body: JSON.stringify({ ...message, event: "B" }) });
const url = new URL("/v1/track", "https://api.segment.io");
fetch(url.toString(), { method: "POST", body: JSON.stringify({ ...message, event: "C" }) });
axios({ method: "POST", url: \`\${host}/v1/track\`, data: { ...message, event: "D" } });
const client = axios.create({ baseURL: "https://api.segment.io/v1" });
client.post("/track", { ...message, event: "E" });
navigator.sendBeacon("/ingest/e/", JSON.stringify({ api_key: "k", event: "F", distinct_id: "u1", properties: { n: 1 } }));`,
    'track "A" { n: 1 } userId: "u1"',
    'track "B" { n: 1 } userId: "u1"',
    'track "C" { n: 1 } userId: "u1"',
    'track "D" { n: 1 } userId: "u1"',
    'track "E" { n: 1 } userId: "u1"',
    'track "F" { n: 1 } userId: "u1"',
  );

  sends(
    "makes a wrapper of the function around it",
    {
      "src/segment.ts": `export async function track(userId: string, event: string, properties: object) {
  await fetch("https://api.segment.io/v1/track", { method: "POST", body: JSON.stringify({ userId, event, properties }) });
}`,
      "src/app.ts": `import { track } from "./segment";\ntrack("u1", "Paid", { total: 3 });`,
    },
    'track "Paid" { total: 3 } userId: "u1"',
    "track (forwarder) ? { … } userId: string",
  );

  sends(
    "is none where another host's path looks alike and the message doesn't",
    `await fetch("/api/event", { method: "POST", body: JSON.stringify({ name: "Meeting", start: "10:00", url: "https://meet" }) });
await fetch("https://calendar.acme.com/events", { method: "POST", body: JSON.stringify({ title: "Standup", userId: "u1" }) });
await fetch("https://shop.acme.com/v1/track", { method: "POST", body: JSON.stringify({ parcel: "42", userId: "u1" }) });
await fetch("https://logs.acme.com/batch", { method: "POST", body: JSON.stringify([{ level: "info", message: "x" }]) });
await fetch("/webhooks/payment/events", { method: "POST", body: JSON.stringify({ type: "charge", user_id: "u" }) });
await fetch("https://graph.facebook.com/v19.0/me/feed", { method: "POST", body: JSON.stringify({ message: "hi" }) });`,
  );

  it("is described for every vendor that has one", () => {
    const withEndpoints = allSdks().filter(({ http }) => http !== undefined);
    expect(new Set(collectorAddresses.map(({ sdk }) => sdk))).toEqual(new Set(withEndpoints.map(({ id }) => id)));
  });
});
