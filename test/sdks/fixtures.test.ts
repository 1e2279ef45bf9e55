import { readdirSync } from "node:fs";
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import { allSdks } from "../../src/sdks/index.ts";
import { type Fixture, fixtureOf } from "./fixture.ts";

const folder = new URL("../../fixtures/sdks/", import.meta.url);
const cases = allSdks().flatMap((sdk) => {
  const fixture = fixtureOf(sdk);
  return fixture ? [{ id: sdk.id, sdk, fixture }] : [];
});

describe("fixtures/sdks", () => {
  it.each(cases)("$id is what its vendor file says", async ({ id, fixture }) => {
    await expect(fixture.text).toMatchFileSnapshot(new URL(`${id}/${fixture.file}`, folder).pathname);
    const expected = written(fixture.expected);
    await expect(expected).toMatchFileSnapshot(new URL(`${id}/expected.json`, folder).pathname);
  });

  it.each(cases)("$id is valid TypeScript", ({ fixture }) => {
    const { diagnostics = [] } = ts.transpileModule(fixture.text, { fileName: fixture.file, reportDiagnostics: true });
    expect(diagnostics.map(({ messageText }) => messageText)).toEqual([]);
  });

  it.each(cases)("$id calls every method of its surface", ({ sdk, fixture }) => {
    const called = new Set(fixture.expected.calls.map(({ method }) => method));
    const missing = sdk.methods.filter(
      ({ name, call, dispatches }) => call !== "hoc" && !dispatches && !called.has(name),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it("has no folder but those of surfaces with methods", () => {
    const known = new Set(cases.map(({ id }) => id));
    expect(readdirSync(folder).filter((name) => !known.has(name))).toEqual([]);
  });
});

/** JSON with a line for each call. */
function written({ calls, starts }: Fixture["expected"]): string {
  const list = (items: readonly object[]): string => items.map((item) => `\n    ${JSON.stringify(item)}`).join(",");
  return `{\n  "calls": [${list(calls)}\n  ],\n  "starts": [${list(starts)}\n  ]\n}\n`;
}
