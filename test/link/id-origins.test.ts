import { expect, test } from "vitest";
import { scanCalls } from "./calls-of.ts";

const SEGMENT = `import { Analytics } from "@segment/analytics-node";\nconst analytics = new Analytics({ writeKey: "key" });\n`;

/** Where the user id of the only site comes from. */
async function originsOf(code: string): Promise<string[] | undefined> {
  const calls = await scanCalls(SEGMENT + code);
  const site = calls.find(({ role }) => role === "site");
  return site?.ids.userId?.origins?.map(({ text, name }) => (name === undefined ? text : `${name} = ${text}`));
}

test.each([
  ["what stands there", `analytics.track({ userId: session.user.email, event: "A" });`, ["session.user.email"]],
  [
    "both ways of a fallback",
    `analytics.track({ userId: email ?? (a ? user.id : x), event: "A" });`,
    ["email", "user.id", "x"],
  ],
  ["a constant", `const id = user.id;\nanalytics.track({ userId: id, event: "A" });`, ["user.id"]],
  [
    "a destructured name",
    `const { email } = req.body;\nanalytics.track({ userId: email, event: "A" });`,
    ["req.body.email"],
  ],
  [
    "the result of a call, with its name",
    `const id = hash(email);\nanalytics.track({ userId: id, event: "A" });`,
    ["id = hash(email)"],
  ],
  ["the same text", `analytics.track({ userId: String(email.trim()), event: "A" });`, ["email"]],
  [
    "a wrapper's caller",
    `function send(event: string, id: string) { analytics.track({ userId: id, event }); }\nsend("A", user.email);`,
    ["user.email"],
  ],
  [
    "a caller's message",
    `const track = (m: { event: string; userId: string }) => analytics.track(m);\ntrack({ event: "A", userId: me.id });`,
    ["me.id"],
  ],
  ["nothing where it is a literal", `analytics.track({ userId: "x", event: "A" });`, undefined],
])("an id comes from %s", async (_, code, expected) => {
  expect(await originsOf(code)).toEqual(expected);
});

test("a route handler of a project for both sides runs on the server", async () => {
  const files = {
    "package.json": `{ "name": "web", "dependencies": { "next": "15.0.0" } }`,
    "lib/a.ts": `import { jitsuAnalytics } from "@jitsu/js";\nexport const a = jitsuAnalytics({ host: "h" });`,
    "pages/api/x.ts": `import { a } from "../../lib/a";\na.track("X");`,
    "pages/x.ts": `import { a } from "../lib/a";\na.track("Y");`,
  };
  expect((await scanCalls(files)).map(({ platform }) => platform)).toEqual(["server", "unknown"]);
});
