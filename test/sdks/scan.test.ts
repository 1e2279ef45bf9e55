import { describe, expect, it } from "vitest";
import type { Inventory, Payload, TrackingCall } from "../../src/calls/types.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { scan } from "../../src/lint.ts";
import { allSdks } from "../../src/sdks/index.ts";
import type { ExpectedCall } from "./expected-call.ts";
import { type Fixture, fixtureOf } from "./fixture.ts";

const fixtures = allSdks().flatMap((sdk): { readonly id: string; readonly fixture: Fixture }[] => {
  const fixture = fixtureOf(sdk);
  return fixture ? [{ id: sdk.id, fixture }] : [];
});
const files = Object.fromEntries(fixtures.map(({ id, fixture }) => [`${id}/${fixture.file}`, fixture.text]));
const { code, findings } = await scan({}, memoryHost(files));

/** What the linker can't do yet. A surface that starts to pass fails here until its line is removed. */
const unseenCalls: Readonly<Record<string, string>> = {
  "ga4-vue-gtag": "an instance that a plugin hangs on `this`",
};
const unseenStarts: Readonly<Record<string, string>> = {};

/** A test of each fixture; those that are listed are expected to fail. */
function each(
  unseen: Readonly<Record<string, string>>,
  title: string,
  test: (file: string, fixture: Fixture) => void,
): void {
  for (const { id, fixture } of fixtures) {
    const reason = unseen[id];
    const run = () => test(`${id}/${fixture.file}`, fixture);
    if (reason === undefined) it(`${id} ${title}`, run);
    else it.fails(`${id} ${title}, but for ${reason}`, run);
  }
}

describe("scanning fixtures/sdks", () => {
  it("reads every file", () => {
    expect(findings).toEqual([]);
  });

  each(unseenCalls, "finds its calls, what they carry, and no others", (file, { expected }) => {
    const found = code.calls.filter((call) => call.at.file === file).map((call) => seen(call, expected.calls));
    expect(found).toEqual(expected.calls);
  });

  it.each(fixtures)("$id is among the SDKs that its calls reach", ({ id, fixture }) => {
    const file = `${id}/${fixture.file}`;
    const elsewhere = code.calls.filter((call) => call.at.file === file && !call.sinks.some(({ sdk }) => sdk === id));
    expect(elsewhere.map((call) => call.at.line)).toEqual([]);
  });

  each(unseenStarts, "is seen to start", (file, { expected }) => {
    expect(startsIn(code, file)).toEqual(expected.starts);
  });
});

/** A call as `expected.json` writes it. Keys of an object are told only where it has some, or where they are expected. */
function seen(call: TrackingCall, expected: readonly ExpectedCall[]): ExpectedCall {
  const { line } = call.at;
  const wanted = expected.find((candidate) => candidate.line === line);
  const [event] = call.events;
  const isNamed = event !== undefined && (wanted === undefined || wanted.event !== undefined);
  return {
    line,
    kind: call.kind,
    method:
      call.sinks.map(({ method }) => method).find((method) => method === wanted?.method) ?? call.sinks[0]?.method ?? "",
    ...(isNamed && { event: event.value }),
    ...keys("properties", call.properties, wanted),
    ...keys("traits", call.traits, wanted),
    ...Object.fromEntries(
      (["userId", "anonymousId", "previousId", "groupId"] as const).flatMap((role) => {
        const value = call.ids[role]?.value;
        return value?.kind === "literal" ? [[role, value.value]] : [];
      }),
    ),
  };
}

function keys(role: "properties" | "traits", payload: Payload, wanted: ExpectedCall | undefined): object {
  const names = payload.properties.map(({ name }) => name);
  return names.length > 0 || wanted?.[role] !== undefined ? { [role]: names } : {};
}

function startsIn({ starts }: Inventory, file: string): readonly object[] {
  return starts.filter(({ at }) => at.file === file).map(({ at, how }) => ({ line: at.line, how }));
}
