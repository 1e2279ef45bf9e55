import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { memoryHost } from "../../src/host/memory-host.ts";
import { readExamples } from "../../src/testing/page.ts";
import { readFolder } from "./folder.ts";
import { conformance, initPlan, lineOf } from "./init-plan.ts";

// Whole programs and many of them: a busy machine is no failure.
vi.setConfig({ testTimeout: 300_000 });

const root = new URL("../../", import.meta.url);

/** What `check` says right after `init`. */
async function saidAfterInit(files: Readonly<Record<string, string>>): Promise<string[]> {
  const host = memoryHost(files);
  return (await conformance(host, await initPlan(host))).map(lineOf);
}

describe("right after init, check finds nothing that breaks the plan", () => {
  it("in the bundled monorepo", async () => {
    expect(await saidAfterInit(readFolder(new URL("fixtures/monorepo/", root)))).toEqual([]);
  });

  it("in the calls of every SDK, each SDK a service of its own", async () => {
    const texts = readFolder(new URL("fixtures/sdks/", root));
    const folders = new Set(Object.keys(texts).map((path) => path.split("/")[0]));
    const manifests = [...folders].map((name) => [`${name}/package.json`, JSON.stringify({ name })]);
    const workspaces = { "package.json": JSON.stringify({ name: "sdks", workspaces: ["*"] }) };

    expect(await saidAfterInit({ ...texts, ...Object.fromEntries(manifests), ...workspaces })).toEqual([]);
  });

  it("of names of which most are spelled alike, and of all, at any depth", async () => {
    const nested = "{ item_list: [{ unitPrice: 1 }], first_seen: 1, last_seen: 2, sent_at: 3, paid_at: 4, left_at: 5 }";
    const titles = ["Order Sent", "Order Paid", "Order Lost", "Cart Seen", "Cart Left", "Cart Gone"];
    const calls = titles.map((event) => `posthog.capture("${event}", ${nested});`).join("\n");
    const templates = "export const f = (a) => posthog.capture(`Order_${a}`);";
    const outside = 'posthog.capture("cart_gone");';
    for (const more of ["", templates, outside]) {
      const text = `import posthog from "posthog-js";\n${calls}\n${more}`;
      expect(await saidAfterInit({ "package.json": '{ "name": "app" }', "src/app.ts": text })).toEqual([]);
    }
  });

  const pages = readdirSync(new URL("rules/", root)).filter((name) => name.endsWith(".md") && name !== "README.md");

  it.each(pages)("in the examples of rules/%s", async (page) => {
    const examples = readExamples(readFileSync(new URL(`rules/${page}`, root), "utf8"));
    const said = [];
    for (const { title, files } of examples) {
      const code = Object.fromEntries(Object.entries(files).filter(([path]) => !path.endsWith(".yaml")));
      for (const line of await saidAfterInit(code)) said.push(`${title}: ${line}`);
    }
    expect(said).toEqual([]);
  });

  it("in whatever codebase", async () => {
    await fc.assert(
      fc.asyncProperty(codebases, async (files) => {
        expect(await saidAfterInit(files)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

/** Names that YAML, tracklint or JavaScript may misread, among usual ones: few, so that calls share them. */
const eventNames = fc.constantFrom(
  ...["Signed Up", "Order Completed", "on", "yes", "null", "1.0", "~", "<<", "a: b", "- x", "# no", "*all", "{x}"],
  ...[
    'say "hi"',
    "constructor",
    "toString",
    "Überraschung 🎉",
    "2026-01-01",
    "$odd",
    "page",
    "multi\nline",
    " padded ",
  ],
);
const keys = fc.constantFrom(
  "plan",
  "seats",
  "on",
  "1",
  "no",
  "items",
  "nested",
  "<<",
  "constructor",
  "$set",
  "a.b",
  "null",
);

/** Expressions of values, also nested, optional and unknown ones. */
const { value } = fc.letrec<{ value: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom(
      '"free"',
      '"pro"',
      '"yes"',
      '"null"',
      '""',
      "1",
      "2.5",
      "-1",
      "0",
      "true",
      "false",
      "null",
      "undefined",
    ),
    fc.constantFrom(
      "given",
      "given.field",
      "typed.count",
      "typed.name",
      "typed.kind",
      "typed.maybe",
      "new Date()",
      "`a${given}`",
    ),
    fc.constantFrom("() => 1", "[]", 'given ? "free" : 3', "given ? typed.count : null", 'given ? "x" : undefined'),
    fc.array(tie("value"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    tie("object"),
  ),
  object: fc
    .array(fc.tuple(keys, tie("value")), { maxLength: 3 })
    .map((entries) => `{ ${entries.map(([key, text]) => `${JSON.stringify(key)}: ${text}`).join(", ")} }`),
}));

const part = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(keys, value).map(([key, text]) => `${JSON.stringify(key)}: ${text}`) },
  { weight: 1, arbitrary: fc.constant("...given") },
  {
    weight: 1,
    arbitrary: fc.tuple(keys, value).map(([key, text]) => `...(given ? { ${JSON.stringify(key)}: ${text} } : {})`),
  },
);
const payload = fc.array(part, { maxLength: 4 }).map((parts) => `{ ${parts.join(", ")} }`);
const name = fc.oneof(
  { weight: 6, arbitrary: eventNames.map((text) => JSON.stringify(text)) },
  {
    weight: 1,
    arbitrary: fc.tuple(eventNames, eventNames).map(([a, b]) => `given ? ${JSON.stringify(a)} : ${JSON.stringify(b)}`),
  },
  { weight: 1, arbitrary: fc.constantFrom("`Order ${given}`", "given", "`${given} Up`") },
);
const call = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(name, payload).map(([event, props]) => `analytics.track(${event}, ${props});`) },
  { weight: 2, arbitrary: fc.tuple(name, payload).map(([event, props]) => `send(${event}, ${props});`) },
  { weight: 1, arbitrary: name.map((event) => `analytics.track(${event});`) },
  { weight: 1, arbitrary: fc.tuple(name, payload).map(([event, props]) => `analytics.page(${event}, ${props});`) },
  { weight: 1, arbitrary: payload.map((props) => `analytics.page(undefined, undefined, ${props});`) },
  { weight: 1, arbitrary: payload.map((traits) => `analytics.identify("u", ${traits});`) },
  { weight: 1, arbitrary: payload.map((traits) => `analytics.group("g", ${traits});`) },
);
const PRELUDE = `import { AnalyticsBrowser } from "@segment/analytics-next";
const analytics = AnalyticsBrowser.load({ writeKey: "k" });
interface Typed { count: number; name: string; kind: "a" | "b"; maybe?: string | null }
function send(event: string, props: object) { analytics.track(event, { ...props, app: "web", build: 3 }); }
export function run(given: any, typed: Typed) {
`;
const file = fc.array(call, { minLength: 1, maxLength: 6 }).map((calls) => `${PRELUDE}${calls.join("\n")}\n}\n`);
const folder = fc.constantFrom("", "apps/web/", "apps/api/", "packages/on/", "packages/server/");
const codebases = fc.array(fc.tuple(folder, file), { minLength: 1, maxLength: 3 }).map((files) => {
  const code = files.map(([path, text], index) => [`${path}src/file${index}.ts`, text]);
  const manifests = files.flatMap(([path]) =>
    path === "" ? [] : [[`${path}package.json`, JSON.stringify({ name: path.split("/")[1] })]],
  );
  const top = ["package.json", JSON.stringify({ name: "yes", workspaces: ["apps/*", "packages/*"] })];
  return Object.fromEntries([...code, ...manifests, top]) as Record<string, string>;
});
