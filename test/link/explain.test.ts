import { describe, expect, test } from "vitest";
import type { Explanation, Statement } from "../../src/calls/explanation.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { explain } from "../../src/lint.ts";

type Files = Readonly<Record<string, string>>;

const POSTHOG = `import posthog from "posthog-js";`;
const TRACK = `${POSTHOG}
export function track(event: string, data?: object) {
  if (!isOn()) return;
  posthog.capture(event, { ...data, app: "web" });
}`;

/** What is said of a place, `file:line` or `file:line:column`; the file is `src/app.ts` where only a line is given. */
async function told(files: Files, place: string): Promise<Explanation> {
  const [, file = "src/app.ts", line, column] = /^(?:(.+?):)?(\d+)(?::(\d+))?$/.exec(place) ?? [];
  const asked = { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
  return (await explain(asked, {}, memoryHost(files))).explanation;
}

/** Every sentence, inner ones indented, with the line where it stands in brackets. */
function sentences(statements: readonly Statement[], indent = ""): string[] {
  return statements.flatMap(({ text, at, because = [] }) => [
    `${indent}${text}${at === undefined ? "" : ` [${at.file}:${at.line}]`}`,
    ...sentences(because, `${indent}  `),
  ]);
}

/** Why the only call on a line is not a tracking call. */
async function reasons(files: Files, place: string): Promise<string[]> {
  const { calls } = await told(files, place);
  expect(calls.map(({ verdict }) => verdict)).toEqual(["not-tracking"]);
  return sentences(calls[0]?.reasons ?? []);
}

async function notes(files: Files, place: string): Promise<string[]> {
  return sentences((await told(files, place)).notes);
}

describe("a tracking call", () => {
  const FILES = {
    "src/track.ts": TRACK,
    "src/cart.ts": `import { track } from "./track";\nexport const trackCart = (step: string) => track(\`Cart \${step}\`, { area: "cart" });`,
    "src/app.ts": `import { trackCart } from "./cart";\nimport { track } from "./track";\n\ntrackCart("Opened");\ntrack(\n  "Signed Up",\n  { plan: "pro" },\n);`,
  };

  test("is told with each wrapper on the way: its parameter, what it adds, and the SDK's call", async () => {
    const { calls } = await told(FILES, "4");
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ verdict: "site", callee: "trackCart" });
    const [chain] = calls[0]?.chains ?? [];
    expect(
      chain?.steps.map(({ name, at, calledAt, feeds, adds }) => [name, at.file, calledAt.line, feeds, adds]),
    ).toEqual([
      ["trackCart", "src/cart.ts", 4, ["step"], ["area"]],
      ["track", "src/track.ts", 2, ["event"], ["app"]],
    ]);
    expect(chain).toMatchObject({
      sink: { sdk: "posthog-js", method: "capture" },
      vendorName: "PostHog",
      at: { file: "src/track.ts", line: 4 },
      confidence: "resolved",
    });
  });

  test("is meant by every line that it spans", async () => {
    for (const line of ["5", "6", "8"]) {
      const { calls } = await told(FILES, line);
      expect(calls.map(({ callee, verdict }) => [callee, verdict])).toEqual([["track", "site"]]);
    }
  });

  test("inside a wrapper names the parameter, and the callers that are the sites", async () => {
    const { calls } = await told(FILES, "src/track.ts:4");
    expect(calls[0]).toMatchObject({ verdict: "forwarder" });
    expect(sentences(calls[0]?.reasons ?? [])).toEqual([
      "its name is the parameter `event` of `track`, which only passes it on: the calls of `track` are the sites [src/track.ts:2]",
    ]);
    expect(calls[0]?.callers.map(({ at, role }) => `${at.file}:${at.line} ${role}`)).toEqual([
      "src/app.ts:5 site",
      "src/cart.ts:2 forwarder",
    ]);
  });

  test("whose wrapper nobody calls is the site, and says so", async () => {
    const { calls } = await told({ "src/app.ts": TRACK }, "4");
    expect(calls[0]).toMatchObject({ verdict: "site" });
    expect(sentences(calls[0]?.reasons ?? [])[0]).toContain("which no code here calls: so this call is the site");
  });

  test("is told from others on its line, which a column asks about", async () => {
    const files = { "src/app.ts": `${POSTHOG}\nonce(() => posthog.capture("A", read()));` };
    const line = await told(files, "2");
    expect(line.calls.map(({ callee }) => callee)).toEqual(["posthog.capture"]);
    expect(line.others.map(({ callee }) => callee)).toEqual(["once", "read"]);
    const column = await told(files, "src/app.ts:2:35");
    expect(column.calls.map(({ callee, verdict }) => [callee, verdict])).toEqual([["read", "not-tracking"]]);
  });
});

describe("a call that is not listed is explained by", () => {
  test("the function that it leads to, with what that calls and where each way ends", async () => {
    const files = {
      "src/log.ts": `import pino from "pino";\nconst logger = pino();\nconst format = (text: string) => text;\nexport function trackFoo(name: string) {\n  logger.info(format(name));\n}`,
      "src/app.ts": `${POSTHOG}\nimport { trackFoo } from "./log";\ntrackFoo("X");`,
    };
    expect(await reasons(files, "3")).toEqual([
      "`trackFoo` sends nothing itself; it calls: [src/log.ts:4]",
      "  `format`, which sends nothing itself [src/log.ts:5]",
      "  `logger.info`: from the package `pino` [src/log.ts:5]",
    ]);
  });

  test("the call inside that is the site, where the function always sends the same event", async () => {
    const files = {
      "src/app.ts": `${POSTHOG}\nfunction signedUp() { posthog.capture("Signed Up"); }\nsignedUp();`,
    };
    expect(await reasons(files, "3")).toEqual([
      "`signedUp` tracks by itself: that call is the site, and the calls of the function are not, since they don't say what is sent [src/app.ts:2]",
      "  sends track `Signed Up` [src/app.ts:2]",
    ]);
  });

  test("the parent's constructor, for what goes to `super`", async () => {
    const files = {
      "src/app.ts": `${POSTHOG}\nimport { save } from "store";\nclass Base { constructor(table: object) { save(table); } }\nclass Own extends Base { constructor() { super({ name: "X" }); } }`,
    };
    expect(await reasons(files, "4")).toEqual([
      "`new Base` sends nothing itself; it calls: [src/app.ts:3]",
      "  `save`: from the package `store` [src/app.ts:3]",
    ]);
  });

  test("the package that is no SDK, and what a plan can do about it", async () => {
    const files = {
      "package.json": '{ "dependencies": { "@acme/telemetry": "1" } }',
      "src/app.ts": `${POSTHOG}\nimport { sendEvent } from "@acme/telemetry";\nimport { emit } from "acme-missing";\nsendEvent("X");\nemit("X");`,
    };
    expect(await reasons(files, "4")).toEqual([
      "`sendEvent` comes from the package `@acme/telemetry`, which is no SDK that tracklint knows [src/app.ts:4]",
      "it is not told by its name either: a bare function never is, only a method of a receiver",
      "if it tracks, describe it under `wrappers` in the plan",
    ]);
    expect((await reasons(files, "5"))[0]).toContain("no package.json here lists it, and it leads to no file");
  });

  test("the method that is none of the SDK's tracking ones, with those that are", async () => {
    const files = { "src/app.ts": `${POSTHOG}\nposthog.getFeatureFlag("beta");` };
    const [reason, ...rest] = await reasons(files, "2");
    expect(reason).toMatch(
      /belongs to PostHog \(`posthog-js`\), but `getFeatureFlag` is no method that tracks: these do: .*`capture`/,
    );
    expect(rest).toEqual([]);
  });

  test("the import that leads to no file, and the export that isn't there", async () => {
    const files = {
      "src/lib.ts": "export const other = 1;",
      "src/app.ts": `${POSTHOG}\nimport { a } from "./gone";\nimport { b } from "./lib";\na("X");\nb.track("X");`,
    };
    expect((await reasons(files, "4"))[0]).toBe("`a` is imported from `./gone`, which leads to no file [src/app.ts:2]");
    expect((await reasons(files, "5"))[0]).toBe(
      "`b` is imported from `src/lib.ts`, where no `b` that can be read was found [src/app.ts:3]",
    );
  });

  test("the parameter that nobody passes, and what those who do pass", async () => {
    const files = {
      "src/app.ts": `${POSTHOG}\nexport function a(send: (name: string) => void) { send("X"); }\nexport function b(send: (name: string) => void) { send("X"); }\nb(log);\nfunction log(text: string) { return text; }`,
    };
    expect((await reasons(files, "2"))[0]).toBe(
      "it is what `a` gets as `send`, and no call that passes it was found in the files that were searched [src/app.ts:2]",
    );
    expect((await reasons(files, "3")).slice(0, 3)).toEqual([
      "it is what `b` gets as `send` [src/app.ts:3]",
      "  `log` is passed here [src/app.ts:4]",
      "    `log`, which sends nothing itself [src/app.ts:5]",
    ]);
  });

  test("the class that an injected service is declared to be", async () => {
    const files = {
      "src/audit.ts": "export class AuditService { record(name: string) { return name; } }",
      "src/app.ts": `${POSTHOG}\nimport { AuditService } from "./audit";\nexport class Cart { constructor(private readonly audit: AuditService) {} open() { this.audit.record("Opened"); } }`,
    };
    expect((await reasons(files, "3"))[0]).toBe(
      "`AuditService.record` sends nothing and calls nothing [src/audit.ts:1]",
    );
  });

  test("the condition of the name rule that fails", async () => {
    const app = (code: string) => ({ "src/app.ts": `${POSTHOG}\ndeclare const platform: any;\n${code}` });
    const byName = async (code: string) =>
      (await reasons(app(code), "3")).find((one) => one.startsWith("it is not told"));
    expect(await byName(`platform.analytics.flushAll("X");`)).toContain("`flushAll` is none of `track`");
    expect(await byName(`platform.metrics.track("X");`)).toContain(
      "neither `platform.metrics` nor its type is named like a tracker",
    );
    expect(await byName("platform.analytics.track(3);")).toContain("its first argument, `3`, is no name");
    expect(await byName("platform.analytics.track();")).toContain("it has no argument that could be a name");
  });

  test("the start of an SDK, which sends nothing of its own", async () => {
    const files = { "src/app.ts": `${POSTHOG}\nposthog.init("key");` };
    expect(await reasons(files, "2")).toEqual([
      "it starts `posthog-js` (init): that sends no event of the code's own [src/app.ts:2]",
    ]);
  });

  test("the global that counts only behind `window`", async () => {
    const files = { "src/app.ts": `${POSTHOG}\nanalytics.debug();\nheap.track("X");` };
    expect((await reasons(files, "3"))[0]).toContain("it counts only as `window.heap`");
  });
});

describe("a line where nothing was searched is explained by", () => {
  const LOCAL = `import { helper } from "./helper";\nhelper.go("X");`;

  test("what the file would have had to name", async () => {
    const files = {
      "src/track.ts": TRACK,
      "src/helper.ts": "export const helper = { go(x: string) {} };",
      "src/app.ts": LOCAL,
    };
    expect(await notes(files, "2")).toEqual([
      "`src/app.ts` was not searched: it names no SDK, and imports nothing that was found to lead to one",
      "  any of these would have been enough: `track`",
    ]);
  });

  test("the word that stands in the file without being imported", async () => {
    const files = { "src/track.ts": TRACK, "src/app.ts": `track("X");` };
    expect((await notes(files, "1"))[1]).toBe(
      "  `track` leads to an SDK in other files; it stands in this one too, but is not imported",
    );
  });

  test("why its file is out of scope", async () => {
    const files = {
      "src/track.ts": TRACK,
      "src/app.test.ts": `import { track } from "./track";\ntrack("X");`,
      "src/gen.ts": `// @generated\nimport { track } from "./track";\ntrack("X");`,
      ".gitignore": "ignored",
      "ignored/a.ts": `import { track } from "../src/track";\ntrack("X");`,
    };
    expect((await notes(files, "src/app.test.ts:2"))[0]).toBe(
      "`src/app.test.ts` is not in scope: it is a test, story, mock or fixture, by its path",
    );
    expect((await notes(files, "ignored/a.ts:2"))[0]).toContain("a `.gitignore` leaves it out");
    expect((await notes(files, "src/gen.ts:3"))[0]).toContain("a program wrote it");
    expect((await notes(files, ".gitignore:1"))[0]).toContain("no code is looked for in `.gitignore` files");
    const { calls } = await told(files, "src/app.test.ts:2");
    expect(sentences(calls[0]?.reasons ?? [])).toEqual([
      "`track` is a wrapper, but the file was not searched, so its calls are not in the list [src/track.ts:2]",
    ]);
  });

  test("the line itself: a comment, nothing, a function, no call", async () => {
    const files = { "src/app.ts": `${TRACK}\n// track("X");\n\nconst a = 1;\ntrack("Y");` };
    expect(await notes(files, "6")).toEqual(["the line is a comment"]);
    expect(await notes(files, "7")).toEqual(["the line is empty"]);
    expect(await notes(files, "8")).toEqual(["there is no call on the line"]);
    expect(await notes(files, "2")).toEqual([
      "`track` is a wrapper: 1 call of it, see `scan --wrappers` [src/app.ts:2]",
    ]);
  });

  test("the wrapper that the line declares by a call", async () => {
    const files = {
      "src/app.ts": `${POSTHOG}\nimport { useCallback } from "react";\nexport function useTrack() {\n  const track = useCallback((name: string) => {\n    posthog.capture(name);\n  }, []);\n  return { track };\n}`,
    };
    expect((await notes(files, "4"))[0]).toContain("is a wrapper: no call of it was found");
  });

  test("an error where the file has no such line", async () => {
    await expect(told({ "src/app.ts": POSTHOG }, "2")).rejects.toThrow("`src/app.ts` has no line 2: it has 1.");
  });
});
