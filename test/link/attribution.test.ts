import { expect, test } from "vitest";
import type { AttributionRead } from "../../src/calls/types.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { scan } from "../../src/lint.ts";

const SEGMENT = `import { Analytics } from "@segment/analytics-node";\nconst analytics = new Analytics({ writeKey: "key" });\nanalytics.track({ userId, event: "Signed Up" });\n`;

async function readsOf(files: Readonly<Record<string, string>>): Promise<readonly AttributionRead[]> {
  const { code } = await scan({}, memoryHost(files));
  return code.attribution;
}

/** `campaign utm_source of query`, and whether it is dropped. */
const lineOf = ({ kind, name, from, isDropped }: AttributionRead) =>
  `${kind} ${name} of ${from}${isDropped ? ", dropped" : ""}`;

test.each<[string, string, readonly string[]]>([
  ["a member of the query", `save(req.query.utm_source);`, ["campaign utm_source of query"]],
  ["search parameters", `save(url.searchParams.get("gclid"));`, ["click-id gclid of query"]],
  [
    "a header",
    `save(req.get("Referer"), req.headers.referer);`,
    ["referrer Referer of header", "referrer referer of header"],
  ],
  [
    "a cookie",
    `save(req.cookies.utm_campaign, cookies().get("_fbc"));`,
    ["campaign utm_campaign of cookie", "click-id _fbc of cookie"],
  ],
  [
    "a reader of the project",
    `save(read(req, "utm_source"), res.cookie("utm_source", value));`,
    ["campaign utm_source of other"],
  ],
  ["the page", `save(document.referrer);`, ["referrer referrer of page"]],
  [
    "what is taken apart",
    `const { utm_source, other } = req.query;\nsave(utm_source);`,
    ["campaign utm_source of query"],
  ],
  ["a list of names", `export const KEYS = ["utm_source", "utm_medium", "gclid"];`, ["campaign utm_source of other"]],
  [
    "a schema of the body",
    `export const Body = z.object({ utm_source: z.string().optional() });`,
    ["campaign utm_source of body"],
  ],
  ["only logged", `logger.info({ referer: req.headers.referer });`, ["referrer referer of header, dropped"]],
  [
    "only tested",
    `const ref = req.query.utm_source;\nif (ref === "ad") count();`,
    ["campaign utm_source of query, dropped"],
  ],
  ["named and never used", `const { gclid } = req.query;`, ["click-id gclid of query, dropped"]],
  ["tested, then kept", `const ref = req.query.utm_source;\nif (ref) save({ ref });`, ["campaign utm_source of query"]],
  ["returned", `const of = (req) => String(req.query.utm_source);`, ["campaign utm_source of query"]],
  ["campaigns of another kind", `save(mailing.campaign, list.campaign_name, query.source);`, []],
])("what is read: %s", async (_, code, expected) => {
  expect((await readsOf({ "src/app.ts": SEGMENT + code })).map(lineOf)).toEqual(expected);
});

test("a file without a call is read where somebody wrote such a word into it and its source sends from a server", async () => {
  const files = {
    "apps/api/package.json": `{ "name": "api", "dependencies": { "express": "5" } }`,
    "apps/api/app.ts": SEGMENT,
    "apps/api/landing.ts": `export const landing = (req, res) => res.cookie("utm", req.query.utm_source);`,
    "apps/api/client.ts": "// @generated\nexport const source = (req) => req.query.utm_source;",
    "apps/api/mail.ts": "export const link = `https://example.com?utm_source=mail`;",
    "apps/web/package.json": `{ "name": "web", "dependencies": { "react": "19" } }`,
    "apps/web/landing.ts": `export const landing = () => new URLSearchParams(location.search).get("gclid");`,
  };
  expect((await readsOf(files)).map((read) => `${read.at.file} ${read.text}`)).toEqual([
    "apps/api/landing.ts req.query.utm_source",
  ]);
});
