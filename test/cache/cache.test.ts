import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defineRule } from "../../src/engine/rule.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { keepRuns } from "../../src/project/kept-runs.ts";
import { openCache } from "../../src/project/open-cache.ts";
import { readPlanFiles } from "../../src/project/read-plan.ts";
import { git, temporaryFolder, temporaryRepository, writeFiles } from "../host/temporary-folder.ts";
import { apply, type Edit, hasSameFiles, PLAN, reportOf, SHOP, VARIANTS } from "./shop.ts";

const silentRule = defineRule({
  meta: {
    id: "silent",
    category: "naming",
    summary: "Says nothing",
    default: { withoutPlan: "warn", withPlan: "warn" },
    messages: { none: "Nothing" },
  },
  defaultOptions: {},
  check: () => [],
});

const PATHS = [...new Set([...Object.keys(SHOP), ...Object.keys(VARIANTS)])];
const edits: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...Object.entries(VARIANTS).flatMap(([path, texts]) =>
        texts.map((text): Edit => ({ kind: "write", path, text })),
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...Object.entries(SHOP).map(([path, text]): Edit => ({ kind: "write", path, text }))),
  },
  fc.constantFrom(...PATHS).map((path): Edit => ({ kind: "delete", path })),
  fc
    .tuple(fc.constantFrom(...PATHS), fc.constantFrom("src/lib/renamed.ts", "src/lib/more.ts", "src/lib/names.ts"))
    .map(([path, to]): Edit => ({ kind: "rename", path, to })),
);

test("whatever is edited, a process that watches reports what a run of its own reports", async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(edits, { minLength: 1, maxLength: 8 }), async (isGit, list) => {
      const folder = temporaryFolder(SHOP);
      if (isGit) git(folder, "init", "--quiet");
      const kept = keepRuns();
      await reportOf(folder, kept);
      for (const edit of list) {
        if (!hasSameFiles(folder, edit)) kept.folders.forget();
        apply(folder, edit);
        expect((await reportOf(folder, kept)).text).toBe((await reportOf(folder)).text);
      }
    }),
    { numRuns: 60 },
  );
});

test("whatever is edited, a run with the cache reports what one without it reports", async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(edits, { minLength: 1, maxLength: 6 }), async (isGit, list) => {
      const folder = temporaryFolder(SHOP);
      if (isGit) git(folder, "init", "--quiet");
      const kept = temporaryFolder();
      await reportOf(folder, kept);
      for (const edit of list) {
        apply(folder, edit);
        const { text } = await reportOf(folder);
        expect((await reportOf(folder, kept)).text, "after an edit").toBe(text);
        expect((await reportOf(folder, kept)).text, "with nothing changed").toBe(text);
      }
    }),
    { numRuns: 40 },
  );
});

describe("what is not done again", () => {
  test("with nothing changed, nothing is parsed or linked", async () => {
    const [folder, kept] = [temporaryRepository(SHOP), temporaryFolder()];
    const first = await reportOf(folder, kept);
    const again = await reportOf(folder, kept);
    expect(first).toMatchObject({ parsed: 4, stages: expect.arrayContaining(["link"]) });
    expect(again).toEqual({ text: first.text, parsed: 0, stages: ["plan", "cache"] });
  });

  test("another day, other severities, another plan: the same calls are judged anew", async () => {
    const [folder, kept] = [temporaryRepository(SHOP), temporaryFolder()];
    writeFiles(folder, {
      "src/cart.ts": `${SHOP["src/cart.ts"]}// tracklint-disable-next-line unknown-event -- tried out (until 2026-12-01)\nreport("Tried", {});\n`,
    });
    const same = async (options: Parameters<typeof reportOf>[2]) => {
      const { text, stages } = await reportOf(folder, kept, options);
      expect(text).toBe((await reportOf(folder, undefined, options)).text);
      return { text, isJudged: stages.includes("rules") };
    };
    const today = await same({});
    expect(today.isJudged).toBe(true);
    expect(await same({})).toEqual({ ...today, isJudged: false });
    const later = await same({ today: "2027-01-01" });
    expect(later.isJudged).toBe(true);
    expect(later.text).not.toBe(today.text);
    const stricter = await same({ ruleFlags: [{ id: "pii-identifier", severity: "off" }] });
    expect(stricter.isJudged).toBe(true);
    expect(stricter.text).not.toBe(today.text);
    const own = await same({ rules: [silentRule] });
    expect(own.isJudged).toBe(true);
    expect((await same({ rules: [silentRule] })).isJudged).toBe(true);
    writeFiles(folder, { "src/signup.ts": "export {};\n" });
    expect((await same({})).isJudged).toBe(true);
    expect((await same({})).isJudged).toBe(false);
  });

  test("a hook goes on from what a check of the whole left", async () => {
    const [folder, kept] = [temporaryRepository(SHOP), temporaryFolder()];
    await reportOf(folder, kept);
    const { stages } = await reportOf(folder, kept, { scope: ["src/cart.ts"], addsNamed: false });
    expect(stages).toEqual(["plan", "cache"]);
    expect((await reportOf(folder, kept, { scope: ["src/cart.ts"] })).stages).toContain("link");
  });

  test("a plan whose texts are as they were is not parsed, one with mistakes is", async () => {
    const [folder, kept] = [temporaryRepository(SHOP), temporaryFolder()];
    await reportOf(folder, kept);
    const host = nodeHost(folder);
    const cache = openCache(host, { folder: kept, build: "test", now: Date.now() });
    const place = { host, path: PLAN, prefix: "" };
    const known = await readPlanFiles(place, cache);
    expect(known).toMatchObject({ findings: [], hasPlugins: false, hasVersions: false });
    expect([...known.texts]).toEqual([[PLAN, SHOP[PLAN]]]);
    expect((await known.load()).plan?.events.map(({ name }) => name)).toEqual(["Cart Emptied"]);
    writeFiles(folder, { [PLAN]: "tracklint: 1\nevents: { A: { version: 1.0.0 } }\nlint: { plugins: [./a.js] }\n" });
    const other = { host: nodeHost(folder), path: PLAN, prefix: "" };
    for (const _ of [1, 2]) {
      expect(await readPlanFiles(other, cache)).toMatchObject({ hasPlugins: true, hasVersions: true });
    }
    writeFiles(folder, { [PLAN]: "tracklint: 1\nevents: { A: { vershun: 1.0.0 } }\n" });
    const wrong = { host: nodeHost(folder), path: PLAN, prefix: "" };
    for (const _ of [1, 2]) expect((await readPlanFiles(wrong, cache)).findings).toHaveLength(1);
  });

  test("a baseline is held against what was kept as against what is new", async () => {
    const [folder, kept] = [temporaryRepository(SHOP), temporaryFolder()];
    await reportOf(folder, kept);
    const entries = ["unknown-event", "pii-identifier", "no-rule-any-more"].map((rule) => ({ rule, about: "Gone" }));
    const options = { baseline: { file: "b.json", entries } };
    const { text, stages } = await reportOf(folder, kept, options);
    expect(stages).not.toContain("rules");
    expect(text).toBe((await reportOf(folder, undefined, options)).text);
    expect(text).toContain("no-rule-any-more");
  });

  test("a file that changed is parsed, and no other", async () => {
    const [folder, kept] = [temporaryRepository(SHOP), temporaryFolder()];
    await reportOf(folder, kept);
    writeFiles(folder, { "src/lib/names.ts": 'export const CART = "Cart Left";\n' });
    expect((await reportOf(folder, kept)).parsed).toBe(1);
  });

  test("a file that only moved, or has nothing to do with tracking, is not parsed", async () => {
    const [folder, kept] = [temporaryRepository(SHOP), temporaryFolder()];
    await reportOf(folder, kept);
    apply(folder, { kind: "rename", path: "src/cart.ts", to: "src/basket.ts" });
    writeFiles(folder, { "src/other.ts": "export const one = 1;\n" });
    expect(await reportOf(folder, kept)).toMatchObject({ parsed: 0, stages: expect.arrayContaining(["link"]) });
  });

  test("where a file changed that only was asked about, and gives the same answers, nothing is linked", async () => {
    const [folder, kept] = [temporaryRepository(SHOP), temporaryFolder()];
    await reportOf(folder, kept);
    const [harmless, , tracking] = VARIANTS["src/prices.ts"]!;
    writeFiles(folder, { "src/prices.ts": harmless! });
    expect((await reportOf(folder, kept)).stages).toEqual(["plan", "cache"]);
    writeFiles(folder, { "src/prices.ts": tracking! });
    expect(await reportOf(folder, kept)).toMatchObject({ parsed: 1, text: expect.stringContaining("Price Asked") });
  });

  test("what another run left of the answers is not taken for its own", async () => {
    const [folder, kept] = [temporaryRepository(SHOP), temporaryFolder()];
    const more = { "src/lib/more.ts": "export const x = 1;\n" };
    await reportOf(folder, kept);
    writeFiles(folder, { ...more, [PLAN]: VARIANTS[PLAN]![2]! });
    await reportOf(folder, kept);
    rmSync(join(folder, "src/lib/more.ts"));
    writeFiles(folder, { [PLAN]: SHOP[PLAN]!, "src/prices.ts": VARIANTS["src/prices.ts"]![0]! });
    expect((await reportOf(folder, kept)).stages).toContain("link");
  });

  test("a process that watches follows a wrapper that changed to callers in files that didn't", async () => {
    const folder = temporaryRepository(SHOP);
    const kept = keepRuns();
    await reportOf(folder, kept);
    const [prefixed] = VARIANTS["packages/tracking/index.ts"]!;
    writeFiles(folder, { "packages/tracking/index.ts": prefixed! });
    const { text, parsed } = await reportOf(folder, kept);
    expect({ text, parsed }).toEqual({ text: (await reportOf(folder)).text, parsed: 1 });
    expect(text).toContain("Shop Cart Emptied");
  });

  test("a process that watches sees what is installed, which nobody tells it of", async () => {
    const folder = temporaryRepository({
      ...SHOP,
      ".gitignore": "node_modules\n",
      "src/cart.ts":
        'import { report } from "@shop/tracking";\nimport { NAME } from "names";\nexport const empty = () => report(NAME, { items: 3 });\n',
    });
    const kept = keepRuns();
    const before = await reportOf(folder, kept);
    writeFiles(folder, {
      "node_modules/names/package.json": JSON.stringify({ name: "names", types: "index.d.ts" }),
      "node_modules/names/index.d.ts": 'export declare const NAME: "Installed Name";\n',
    });
    const after = await reportOf(folder, kept);
    expect(after.text).toBe((await reportOf(folder)).text);
    expect(after.text).not.toBe(before.text);
  });

  test("a process that watches doesn't tell of errors in a file that nothing asks for any more", async () => {
    const folder = temporaryFolder(SHOP);
    const kept = keepRuns();
    await reportOf(folder, kept);
    writeFiles(folder, { "src/cart.ts": VARIANTS["src/cart.ts"]![0]! });
    await reportOf(folder, kept);
    writeFiles(folder, { "src/lib/names.ts": "export const CART = ;\n" });
    expect((await reportOf(folder, kept)).text).toBe((await reportOf(folder)).text);
  });

  test("another plan makes another run, and the first is still known", async () => {
    const [folder, kept] = [temporaryRepository(SHOP), temporaryFolder()];
    await reportOf(folder, kept);
    writeFiles(folder, { [PLAN]: "tracklint: 1\nevents: {}\n" });
    expect((await reportOf(folder, kept)).parsed).toBe(0);
    writeFiles(folder, { [PLAN]: SHOP[PLAN]! });
    expect((await reportOf(folder, kept)).stages).toEqual(["plan", "cache"]);
  });
});

describe("a cache that can't be used is a miss", () => {
  const damages: Readonly<Record<string, (file: string) => void>> = {
    "cut off": (file) => truncateSync(file, Math.floor(readFileSync(file).length / 2)),
    empty: (file) => truncateSync(file, 0),
    foreign: (file) => writeFileSync(file, "{}"),
    "with one bit turned": (file) => {
      const bytes = readFileSync(file);
      const middle = Math.floor(bytes.length / 2);
      bytes[middle] = bytes[middle]! ^ 1;
      writeFileSync(file, bytes);
    },
    "of another build": (file) =>
      writeFileSync(file, readFileSync(file, "latin1").replace("cache test", "cache rest"), "latin1"),
    unreadable: (file) => chmodSync(file, 0),
  };
  test.each(Object.entries(damages))("%s", async (_, damage) => {
    const [folder, kept] = [temporaryRepository(SHOP), temporaryFolder()];
    const { text } = await reportOf(folder, kept);
    for (const name of readdirSync(kept)) damage(join(kept, name));
    expect((await reportOf(folder, kept)).text).toBe(text);
    expect((await reportOf(folder, kept)).text).toBe(text);
  });

  test("whose folder is a file", async () => {
    const folder = temporaryRepository(SHOP);
    const kept = join(temporaryFolder({ taken: "" }), "taken");
    const { text } = await reportOf(folder);
    expect((await reportOf(folder, kept)).text).toBe(text);
  });

  test("two runs at once don't harm each other", async () => {
    const [folder, kept] = [temporaryRepository(SHOP), temporaryFolder()];
    const { text } = await reportOf(folder);
    const runs = await Promise.all([1, 2, 3].map(() => reportOf(folder, kept)));
    expect(runs.map((run) => run.text)).toEqual([text, text, text]);
    expect((await reportOf(folder, kept)).stages).toEqual(["plan", "cache"]);
  });
});

describe("where it is kept", () => {
  const cacheIn = (folder: string) => openCache(nodeHost(folder), { build: "test", now: Date.now() });

  test("in node_modules, if there is one", () => {
    expect(cacheIn(temporaryFolder({ "package.json": "{}" }))).toBeUndefined();
    expect(cacheIn(temporaryFolder({ "node_modules/a/package.json": "{}" }))).toBeDefined();
  });

  test("not where a link leads out of the project", () => {
    const elsewhere = temporaryFolder();
    const linked = temporaryFolder();
    symlinkSync(elsewhere, join(linked, "node_modules"));
    expect(cacheIn(linked)).toBeUndefined();
    const deep = temporaryFolder({ "node_modules/a/package.json": "{}" });
    mkdirSync(join(deep, "node_modules/.cache"));
    symlinkSync(elsewhere, join(deep, "node_modules/.cache/tracklint"));
    expect(cacheIn(deep)).toBeUndefined();
  });
});
