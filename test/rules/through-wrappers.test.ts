import { describe, expect, test } from "vitest";
import { formatPlace } from "../../src/diagnostics/range.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { check } from "../../src/lint.ts";

const POSTHOG = `import posthog from "posthog-js";\n`;
const SEGMENT = `import { Analytics } from "@segment/analytics-node";\nconst analytics = new Analytics({ writeKey: "k" });\n`;
const IMPORT = `import { track } from "./track";\n`;

/** Two events that need `plan`, which callers write, and `app`. */
const EVENTS = ["Signed In", "Signed Out"]
  .map(
    (name) =>
      `  ${name}: { version: 1.0.0, properties: { plan: { type: string, required: true }, app: { type: string, required: true } } }\n`,
  )
  .join("");
const plan = (sections = "") => `tracklint: 1\nversion: 1.0.0\n${sections}events:\n${EVENTS}`;

/** The findings of one rule: place, message, and related places. */
async function findings(
  rule: string,
  files: Readonly<Record<string, string>>,
  text?: string,
): Promise<(string | string[])[][]> {
  const all = { "package.json": '{ "name": "shop" }', ...files, ...(text && { "tracking-plan.yaml": text }) };
  const host = memoryHost(all);
  const place = text === undefined ? {} : { plan: { host, path: "tracking-plan.yaml", prefix: "" } };
  const result = await check({ today: "2026-01-01", ...place }, host);
  expect(result.findings.filter((finding) => finding.rule === "plan-invalid")).toEqual([]);
  return result.findings
    .filter((finding) => finding.rule === rule)
    .map(({ at, message, related }) => [formatPlace(at), message, related.map((one) => formatPlace(one.at))]);
}

/** A wrapper with this body, and two callers in files of their own. */
const through = (
  body: string,
  first = `track("Signed In", { plan: "x" });`,
  second = `track("Signed Out", { plan: "y" });`,
) => ({
  "src/track.ts": `${POSTHOG}export function track(name: string, data: object = {}) { ${body} }`,
  "src/a.ts": IMPORT + first,
  "src/b.ts": IMPORT + second,
});

const BOTH = ["src/a.ts:2:1", "src/b.ts:2:1"];

describe("a required property", () => {
  test("that the wrapper adds is not missing at its callers", async () => {
    expect(
      await findings("missing-property", through(`posthog.capture(name, { ...data, app: "web" });`), plan()),
    ).toEqual([]);
  });

  test("that an inner wrapper adds, two hops and a class away, is not missing either", async () => {
    const files = {
      "src/send.ts": `${POSTHOG}export class Sender { send(message: { type: string; data: object }) { posthog.capture(message.type, { ...message.data, app: "web" }); } }`,
      "src/track.ts": `import { Sender } from "./send";\nconst sender = new Sender();\nexport const track = (type: string, data: object) => sender.send({ type, data });`,
      "src/a.ts": `${IMPORT}track("Signed In", { plan: "x" });`,
    };
    expect(await findings("missing-property", files, plan())).toEqual([]);
  });

  test("that one caller leaves out is missing there, whatever else it sends", async () => {
    for (const call of [`track("Signed In", {});`, `track("Signed In");`, `track("Signed In", { seats: 1 });`]) {
      const found = await findings(
        "missing-property",
        through(`posthog.capture(name, { ...data, app: "web" });`, call),
        plan(),
      );
      expect(found).toEqual([["src/a.ts:2:1", "`Signed In` requires the property `plan`, which is not sent", []]]);
    }
  });

  test("that the wrapper doesn't pass on is missing once, in the wrapper", async () => {
    const found = await findings("missing-property", through(`posthog.capture(name, { app: "web" });`), plan());
    expect(found).toEqual([
      ["src/track.ts:2:80", "`Signed In`, `Signed Out` requires the property `plan`, which is not sent", BOTH],
    ]);
  });

  test("of every event is missing once, at the wrapper that all calls pass", async () => {
    const common = "common: { all: { release: { type: string, required: true } } }\n";
    const found = await findings(
      "missing-context",
      through(`posthog.capture(name, { ...data, app: "web" });`),
      plan(common),
    );
    expect(found).toEqual([
      ["src/track.ts:2:17", "Every event of `shop` requires the property `release`, which 2 calls don't send", BOTH],
    ]);
    const filled = through(`posthog.capture(name, { ...data, app: "web", release: "1" });`);
    expect(await findings("missing-context", filled, plan(common))).toEqual([]);
  });
});

describe("what a wrapper adds is reported once, at its key, with the callers as related places", () => {
  test("a wrong type", async () => {
    expect(await findings("property-type", through("posthog.capture(name, { ...data, app: 3 });"), plan())).toEqual([
      ["src/track.ts:2:91", "`app` of `Signed In`, `Signed Out` is a number (3), expected a string", BOTH],
    ]);
  });

  test("a property that the plan doesn't have", async () => {
    const files = through(`posthog.capture(name, { ...data, app: "web", extra: 1 });`);
    expect(await findings("unknown-property", files, plan())).toEqual([
      ["src/track.ts:2:103", "`extra` is not a property of `Signed In`, `Signed Out`", BOTH],
    ]);
  });

  test("a name outside the convention", async () => {
    const files = through(`posthog.capture(name, { ...data, app: "web", extraKey: 1 });`);
    const found = await findings(
      "property-casing",
      files,
      plan("conventions: { properties: { casing: snake_case } }\n"),
    );
    expect(found.map(([at, , related]) => [at, related])).toEqual([["src/track.ts:2:103", BOTH]]);
  });

  test("a version that isn't live, and the lack of one; one that is right is right for all", async () => {
    const versioned = plan("versioning: { scheme: semver, property: v }\n");
    const withVersion = (version: string) => through(`posthog.capture(name, { ...data, app: "web"${version} });`);
    expect(await findings("unversioned-schema", withVersion(`, v: "1.0.0"`), versioned)).toEqual([]);
    const wrong = await findings("unversioned-schema", withVersion(`, v: "9.0.0"`), versioned);
    expect(wrong.map(([at, , related]) => [at, related])).toEqual([["src/track.ts:2:106", BOTH]]);
    const none = await findings("unversioned-schema", withVersion(""), versioned);
    expect(none.map(([at, , related]) => [at, related])).toEqual([["src/track.ts:2:17", BOTH]]);
  });
});

describe("what a caller writes is reported at the caller", () => {
  const BODY = `posthog.capture(name, { ...data, app: "web" });`;

  test("a wrong type, an unknown event, a dynamic name", async () => {
    const type = through(BODY, `track("Signed In", { plan: 1 });`);
    expect((await findings("property-type", type, plan())).map(([at]) => at)).toEqual(["src/a.ts:2:22"]);
    const event = through(BODY, `track("Sign In", { plan: "x" });`);
    expect((await findings("unknown-event", event, plan())).map(([at]) => at)).toEqual(["src/a.ts:2:7"]);
    const dynamic = through(BODY, `track(location.hash, { plan: "x" });`);
    expect((await findings("dynamic-event-name", dynamic, plan())).map(([at]) => at)).toEqual(["src/a.ts:2:7"]);
  });

  test("a name to which the wrapper adds: judged as it is sent, told where it is written", async () => {
    for (const name of [`\`Signed \${name}\``, `"Signed " + name`]) {
      const body = `posthog.capture(${name}, { ...data, app: "web" });`;
      const right = through(body, `track("In", { plan: "x" });`, `track("Out", { plan: "x" });`);
      expect(await findings("unknown-event", right, plan())).toEqual([]);
      expect(await findings("unused-event", right, plan())).toEqual([]);
      const wrong = through(body, `track("Inn", { plan: "x" });`, `track("Out", { plan: "x" });`);
      expect(await findings("unknown-event", wrong, plan())).toEqual([
        ["src/a.ts:2:7", "`Signed Inn` is not in the tracking plan; did you mean `Signed In`?", []],
      ]);
    }
  });

  test("a name from a constant, through a hook that adds to it, is told at the constant with both calls", async () => {
    const files = {
      "src/names.ts": `export const NAMES = { IN: "Inn" } as const;`,
      "src/use-track.ts": `${POSTHOG}export function useTrack() { const capture = (name: string) => posthog.capture(\`Signed \${name}\`); return { capture }; }`,
      "src/a.tsx": `import { useTrack } from "./use-track";\nimport { NAMES } from "./names";\nexport function A() { const { capture } = useTrack(); capture(NAMES.IN); return <a onClick={() => capture(NAMES.IN)} />; }`,
    };
    expect(await findings("unknown-event", files, plan())).toEqual([
      [
        "src/names.ts:1:28",
        "`Signed Inn` is not in the tracking plan; did you mean `Signed In`?",
        ["src/a.tsx:3:55", "src/a.tsx:3:99"],
      ],
    ]);
  });

  test("a name through a component's prop", async () => {
    const files = {
      "src/button.tsx": `${POSTHOG}export function Button({ event }: { event: string }) { return <button onClick={() => posthog.capture(event)} />; }`,
      "src/a.tsx": `import { Button } from "./button";\nexport const A = () => <Button event="Sign In" />;`,
    };
    const found = await findings("unknown-event", files, plan());
    expect(found.map(([at, , related]) => [at, related])).toEqual([["src/a.tsx:2:38", ["src/button.tsx:2:86"]]]);
  });

  test("one name for two things, however many keys the wrapper adds to both", async () => {
    const files = through(
      "posthog.capture(name, { ...data, a: 1, b: 2, c: 3, d: 4 });",
      `track("Cart Opened", { e: 1, f: 1, g: 1 });`,
      `track("Cart Opened", { h: 1, i: 1, j: 1 });`,
    );
    expect((await findings("overloaded-event", files)).map(([at, , related]) => [at, related])).toEqual([
      ["src/a.ts:2:1", ["src/b.ts:2:1"]],
    ]);
  });
});

describe("consent", () => {
  const CHECK = `export function hasConsent() { return localStorage.getItem("consent") === "yes"; }`;
  const guarded = (track: string) => ({
    "src/consent.ts": CHECK,
    "src/track.ts": `${POSTHOG}import { hasConsent } from "./consent";\n${track}`,
    "src/a.ts": `${IMPORT}track("Signed In");`,
    "src/b.ts": `${IMPORT}track("Signed Out");`,
  });

  test.each([
    ["in the wrapper", `export function track(name: string) { if (!hasConsent()) return; posthog.capture(name); }`],
    [
      "in an inner one, by a method",
      `class Tracker { private mayTrack() { return hasConsent(); } private send(name: string) { if (this.mayTrack()) posthog.capture(name); } track(name: string) { this.send(name); } }\nconst tracker = new Tracker();\nexport const track = (name: string) => tracker.track(name);`,
    ],
    [
      "in an outer one",
      `function send(name: string) { posthog.capture(name); }\nexport const track = (name: string) => { if (hasConsent()) send(name); };`,
    ],
  ])("that is checked %s covers its callers", async (_, track) => {
    expect(await findings("consent-check", guarded(track))).toEqual([]);
  });

  test("that a hook checks covers what its result sends", async () => {
    const files = {
      "src/consent.ts": CHECK,
      "src/use-track.ts": `${POSTHOG}import { hasConsent } from "./consent";\nexport function useTrack() { const mayTrack = hasConsent(); return (name: string) => { if (mayTrack) posthog.capture(name); }; }`,
      "src/a.ts": `import { useTrack } from "./use-track";\nexport function A() { const track = useTrack(); track("Signed In"); }`,
    };
    expect(await findings("consent-check", files)).toEqual([]);
  });

  test("that nobody checks is told once, in the wrapper, with its callers", async () => {
    const found = await findings(
      "consent-check",
      guarded("export function track(name: string) { posthog.capture(name); }"),
    );
    expect(found.map(([at, , related]) => [at, related])).toEqual([["src/track.ts:3:39", BOTH]]);
  });

  test("that one of two callers checks is told at the other", async () => {
    const files = {
      ...guarded("export function track(name: string) { posthog.capture(name); }"),
      "src/a.ts": `${IMPORT}import { hasConsent } from "./consent";\nif (hasConsent()) track("Signed In");`,
    };
    expect((await findings("consent-check", files)).map(([at]) => at)).toEqual(["src/b.ts:2:1"]);
  });

  test("that the wrapper checks wrongly is told once, at its check", async () => {
    const files = {
      ...guarded("export function track(name: string) { if (!hasConsent()) return; posthog.capture(name); }"),
      "src/consent.ts": `export async function hasConsent() { return (await cookieStore.get("consent")) === "yes"; }`,
    };
    const found = await findings("consent-check", files);
    expect(found.map(([at, , related]) => [at, related])).toEqual([["src/track.ts:3:44", BOTH]]);
  });
});

describe("a signup", () => {
  const TRACK = `${SEGMENT}export class Tracker { track(event: string, userId: string) { analytics.track({ event, userId }); } link(userId: string, previousId: string) { analytics.alias({ userId, previousId }); } }\nexport const tracker = new Tracker();`;
  const signup = (code: string) => ({
    "src/tracker.ts": TRACK,
    "src/a.ts": `import { tracker } from "./tracker";\nexport function signUp(id: string, visitor: string) { ${code} tracker.track("Signed Up", id); }`,
  });

  test("is linked by an alias behind a wrapper", async () => {
    expect(await findings("alias-at-signup", signup("tracker.link(id, visitor);"))).toEqual([]);
  });

  test("is told where it is sent through the wrapper when nothing links it", async () => {
    expect((await findings("alias-at-signup", signup(""))).map(([at]) => at)).toEqual(["src/a.ts:2:56"]);
  });
});
