import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../host/temporary-folder.ts";
import { check, placeOf, run } from "./run.ts";

const CODE = `import { Analytics } from "@segment/analytics-node";

export const analytics = new Analytics({ writeKey: "key" });

export function complete(user: { id: string }, names: Map<string, string>): void {
  analytics.track({ userId: user.id, event: "Order Completed", properties: { total: 1 } });
  analytics.track({ userId: user.id, event: names.get("x"), properties: {} });
}
`;

const folderWith = (plan: string | Uint8Array) =>
  temporaryFolder({ "tracking-plan.yaml": plan, "src/orders.ts": CODE });
/** With the version of the format, which makes the given text begin on line 2. */
const folderWithPlan = (plan: string) => folderWith(`tracklint: 1\n${plan}`);

describe("a plan that is not as it must be ends with 2, at its place, and the code is still judged", () => {
  it.each([
    { what: "not YAML", plan: "events:\n  A: [1, 2\n  B: {}\n", line: 4, says: /plan-invalid|\]|flow/i },
    { what: "events of a wrong type", plan: "events: 12\n", line: 2, says: /`?events`?/ },
    {
      what: "a property of a wrong type",
      plan: "events:\n  Order Completed:\n    properties:\n      total: { type: nmber }\n",
      line: 5,
      says: /number/,
    },
    {
      what: "an unknown key, with the nearest",
      plan: "events:\n  Order Completed:\n    proprties: {}\n",
      line: 4,
      says: /`proprties`[\s\S]*`properties`/,
    },
    { what: "an unknown section, with the nearest", plan: "evnts: {}\n", line: 2, says: /`evnts`[\s\S]*`events`/ },
    {
      what: "a list of required properties",
      plan: "events:\n  Order Completed:\n    required: [total]\n    properties: { total: { type: number } }\n",
      line: 4,
      says: /required/,
    },
    {
      what: "a reference that leads nowhere",
      plan: "events:\n  Order Completed:\n    properties:\n      total: { ref: revenu }\nproperties:\n  revenue: { type: number }\n",
      line: 5,
      says: /`revenu`[\s\S]*`revenue`/,
    },
    {
      what: "an included file that isn't there",
      plan: "include: [plans/billing.yaml]\nevents: [Order Completed]\n",
      line: 2,
      says: /plans\/billing\.yaml/,
    },
    {
      what: "an included file outside the repository",
      plan: "include: [../../../../etc/passwd]\nevents: [Order Completed]\n",
      line: 2,
      says: /outside|root/,
    },
  ])("$what", async ({ plan, line, says }) => {
    const { code, of } = await check(folderWithPlan(plan));
    const [invalid, ...more] = of("plan-invalid");

    expect(code).toBe(2);
    expect(invalid).toMatchObject({ file: "tracking-plan.yaml", line, severity: "error" });
    expect(`${invalid?.message} ${invalid?.help ?? ""}`).toMatch(says);
    expect(more).toEqual([]);
    expect(of("dynamic-event-name").map(placeOf)).toEqual(["src/orders.ts:7:45"]);
  });

  it.each(["- Order Completed\n", "Order Completed\n", "12\n"])("a file that holds no map: %j", async (plan) => {
    const { code, of } = await check(folderWith(plan));

    expect(code).toBe(2);
    expect(of("plan-invalid")).toHaveLength(1);
    expect(of("plan-invalid")[0]).toMatchObject({ file: "tracking-plan.yaml", line: 1, column: 1 });
    expect(of("plan-invalid")[0]!.message).toMatch(/map/);
  });

  it("a plan without the version of its format", async () => {
    const { code, of } = await check(folderWith("events: [Order Completed]\n"));

    expect(code).toBe(2);
    expect(of("plan-invalid").map(({ message, help }) => `${message}: ${help}`)).toEqual([
      expect.stringContaining("`tracklint: 1`"),
    ]);
  });

  it("an event that is there twice names both places", async () => {
    const plan = "events:\n  Order Completed: {}\n  Signed Up: {}\n  Order Completed:\n    properties: {}\n";
    const { code, of } = await check(folderWithPlan(plan));
    const [twice] = of("plan-invalid");

    expect(code).toBe(2);
    expect(placeOf(twice!)).toBe("tracking-plan.yaml:5:3");
    expect(twice!.message).toContain("`Order Completed`");
    expect(`${twice!.message} ${JSON.stringify(twice!.related)}`).toMatch(/"line":3|3:3|line 3/);
  });

  it("files that include each other name the way round", async () => {
    const folder = temporaryFolder({
      "tracking-plan.yaml": "tracklint: 1\ninclude: [a.yaml]\nevents: [Order Completed]\n",
      "a.yaml": "include: [b.yaml]\n",
      "b.yaml": "include: [a.yaml]\n",
      "src/orders.ts": CODE,
    });
    const { code, of } = await check(folder);

    expect(code).toBe(2);
    expect(of("plan-invalid")).toHaveLength(1);
    expect(of("plan-invalid")[0]!.message).toMatch(/a\.yaml.*b\.yaml.*a\.yaml/);
  });

  it("binary content", async () => {
    const { code, of } = await check(folderWith(Uint8Array.from([0, 1, 2, 255, 254, 0, 10, 0])));

    expect(code).toBe(2);
    expect(of("plan-invalid")).toHaveLength(1);
    expect(of("plan-invalid")[0]!.file).toBe("tracking-plan.yaml");
  });

  it("an alias bomb, without ever unfolding it", async () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const inner = Array(10).fill(`*l${level}`).join(", ");
      return `x-l${level + 1}: &l${level + 1} [${inner}]`;
    });
    const { code, of } = await check(
      folderWithPlan(["x-l0: &l0 [1]", ...levels, "events: [Order Completed]"].join("\n")),
    );

    expect(code).toBe(2);
    expect(of("plan-invalid")).toHaveLength(1);
    expect(of("plan-invalid")[0]!.message).toMatch(/alias/i);
  });

  it("nesting without an end", async () => {
    const { code, of } = await check(folderWithPlan(`events:\n  A: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`));

    expect(code).toBe(2);
    expect(of("plan-invalid").length).toBeGreaterThan(0);
    expect(of("plan-invalid")[0]!.file).toBe("tracking-plan.yaml");
  });

  it("17 MB, too large to be one", async () => {
    const { code, of } = await check(folderWithPlan(`events: [Order Completed]\n${"# filler\n".repeat(1_900_000)}`));

    expect(code).toBe(2);
    expect(of("plan-invalid")).toHaveLength(1);
    expect(of("plan-invalid")[0]!.message).toMatch(/MB|large|characters/);
    expect(of("dynamic-event-name")).toHaveLength(1);
  });

  it.each([
    { what: "an unknown rule", lint: "rules: { unknown-evnt: error }", says: /unknown-evnt[\s\S]*unknown-event/ },
    { what: "an unknown severity", lint: "rules: { unknown-event: fatal }", says: /fatal|off|warn/ },
    {
      what: "an unknown option",
      lint: "rules: { overloaded-event: [warn, { genric: [x] }] }",
      says: /genric[\s\S]*generic/,
    },
    {
      what: "an option of a wrong type",
      lint: "rules: { overloaded-event: [warn, { generic: 3 }] }",
      says: /generic[\s\S]*(array|list)/,
    },
    { what: "an unknown preset", lint: "extends: recomended", says: /recomended[\s\S]*recommended/ },
  ])("$what in the lint section", async ({ lint, says }) => {
    const { code, of } = await check(folderWithPlan(`events: [Order Completed]\nlint:\n  ${lint}\n`));
    const [invalid, ...more] = of("plan-invalid");

    expect(code).toBe(2);
    expect(invalid).toMatchObject({ file: "tracking-plan.yaml", line: 4 });
    expect(`${invalid?.message} ${invalid?.help ?? ""}`).toMatch(says);
    expect(more).toEqual([]);
    expect(of("dynamic-event-name")).toHaveLength(1);
  });
});

describe("a plan that is unusual is read as any other", () => {
  it("with a byte order mark and Windows line ends, places are where an editor has them", async () => {
    const plan = "\uFEFFtracklint: 1\r\nevents:\r\n  Order Completed: {}\r\n  Signed Up:\r\n    version: 1.0.0\r\n";
    const { of } = await check(folderWith(plan), "--rule", "unused-event:warn");

    expect(of("unused-event").map(placeOf)).toEqual(["tracking-plan.yaml:4:3"]);
  });

  it("an empty one is lint configuration that configures nothing", async () => {
    const { of } = await check(folderWith(""));

    expect(of("dynamic-event-name")).toHaveLength(1);
    expect(of("unknown-event")).toEqual([]);
  });

  it("with words that YAML takes for other things", async () => {
    const plan = 'events:\n  "on": {}\n  "null": {}\n  "1.0": {}\n  Order Completed: {}\n';
    const { of } = await check(folderWithPlan(plan));

    expect(of("plan-invalid")).toEqual([]);
    expect(of("unused-event")).toHaveLength(3);
  });
});

describe("a plan of 10 MB", () => {
  it("is read as any other", async () => {
    const events = Array.from({ length: 100 }, (_, i) => `  Event ${i}: { description: ${"word ".repeat(20_000)} }\n`);
    const { code, of } = await check(folderWithPlan(`events:\n  Order Completed: {}\n${events.join("")}`));

    expect(code).toBe(0);
    expect(of("unused-event")).toHaveLength(100);
  });
});

describe("the other commands", () => {
  it("scan lists the calls, and says on standard error what is wrong with the plan", async () => {
    const { code, out, err } = await run(folderWithPlan("evnts: {}\n"), "scan", "--format", "json");

    expect(code).toBe(2);
    expect(JSON.parse(out).calls).toHaveLength(2);
    expect(err).toContain("tracking-plan.yaml:2:1");
    expect(err).toContain("`evnts`");
  });

  it("the report for people shows the plan's line", async () => {
    const { out } = await run(folderWithPlan("events:\n  Order Completed:\n    proprties: {}\n"), "check");

    expect(out).toContain("tracking-plan.yaml");
    expect(out).toContain("4 │     proprties: {}");
    expect(out).toContain("dynamic-event-name");
  });
});
