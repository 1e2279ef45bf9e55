import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../../src/index.ts";
import type { CheckOutput } from "../../src/report/output-types.ts";
import { temporaryFolder, writeFiles } from "../host/temporary-folder.ts";
import { type Ran, runIn } from "./run-cli.ts";

const PLAN = [
  "tracklint: 1",
  "version: 1.0.0",
  "events: { Shelf Dusted: { version: 1.0.0 } }",
  "lint: { extends: migration, rules: { unknown-event: error } }",
  "",
].join("\n");
const HEAD = `import { Analytics } from "@segment/analytics-node";\nconst analytics = new Analytics({ writeKey: "key" });\n`;
const sending = (name: string, event: string) =>
  `export function ${name}(userId: string) {\n  analytics.track({ userId, event: "${event}" });\n}\n`;

const SHOP = {
  "package.json": '{ "name": "shop" }',
  "tracking-plan.yaml": PLAN,
  "src/cart.ts": HEAD + sending("open", "Shelf Dusted") + sending("close", "Shelf Emptied"),
};
const FILE = "tracklint-baseline.json";

/** Runs in a folder, and writes what the command writes. */
async function tracklint(folder: string, ...argv: readonly string[]): Promise<Ran> {
  const ran = await runIn(folder, argv);
  writeFiles("/", ran.written);
  return ran;
}

async function json(folder: string, ...argv: readonly string[]) {
  const { code, out, err } = await tracklint(folder, "--format", "json", ...argv);
  const report: CheckOutput = JSON.parse(out);
  return { code, err, report, found: report.findings.map((one) => one.message.split(" ")[0]) };
}

const baselineIn = (folder: string) => readFileSync(join(folder, FILE), "utf8");

describe("a baseline", () => {
  test("is written at the root, hides what it holds, and says how much that is in each format", async () => {
    const folder = temporaryFolder(SHOP);
    expect((await json(folder)).code).toBe(1);
    const update = await tracklint(join(folder, "src"), "--update-baseline");
    expect(update.code).toBe(0);
    expect(update.err).toBe("✔ Wrote ../tracklint-baseline.json: 1 entry (1 added)\n");
    expect(update.out).toContain("✔ No new problems in 2 tracking calls · 1 in the baseline");
    expect(baselineIn(folder)).toContain(
      '\n    { "rule": "unknown-event", "about": "Shelf Emptied", "symbol": "close" }\n',
    );
    const { code, report } = await json(folder);
    expect(code).toBe(0);
    expect(report).toMatchObject({ findings: [], baseline: { file: FILE, fixed: [] }, summary: { baselined: 1 } });
    expect((await tracklint(folder)).out).toContain("· 1 in the baseline");
  });

  test("survives that code moves, within and between files", async () => {
    const folder = temporaryFolder(SHOP);
    await tracklint(folder, "--update-baseline");
    writeFiles(folder, {
      "src/cart.ts": HEAD + sending("open", "Shelf Dusted"),
      "src/checkout.ts": `// moved\n${HEAD}\n\n${sending("close", "Shelf Emptied")}`,
    });
    expect((await json(folder)).found).toEqual([]);
  });

  test("lets through what is new, and tells what is fixed", async () => {
    const folder = temporaryFolder(SHOP);
    await tracklint(folder, "--update-baseline");
    writeFiles(folder, { "src/cart.ts": HEAD + sending("open", "Shelf Dusted") + sending("clear", "Shelf Sold") });
    const { code, found, report } = await json(folder);
    expect({ code, found }).toEqual({ code: 1, found: ["`Shelf"] });
    expect(report.baseline?.fixed).toEqual([{ rule: "unknown-event", about: "Shelf Emptied", symbol: "close" }]);
    expect((await tracklint(folder)).out).toContain(
      "Fixed, but still in the baseline (`tracklint check --prune-baseline`):\n  unknown-event: Shelf Emptied in close\n",
    );
    // Who names a file is not asked about the rest.
    expect((await json(folder, "src/cart.ts")).report.baseline?.fixed).toEqual([]);

    const pruned = await json(folder, "--prune-baseline");
    expect(pruned).toMatchObject({ code: 1, found: ["`Shelf"] });
    expect(pruned.err).toBe("✔ Wrote tracklint-baseline.json: 0 entries (1 removed)\n");
    expect((await json(folder, "--prune-baseline")).err).toBe("tracklint-baseline.json is up to date: 0 entries\n");
  });

  test("keeps what a rule that is off would have found", async () => {
    const folder = temporaryFolder(SHOP);
    await tracklint(folder, "--update-baseline");
    const before = baselineIn(folder);
    const { report } = await json(folder, "--rule", "unknown-event:off", "--prune-baseline");
    expect(report.baseline?.fixed).toEqual([]);
    expect(baselineIn(folder)).toBe(before);
  });

  test("is not changed by a run that can't judge the code", async () => {
    const folder = temporaryFolder(SHOP);
    await tracklint(folder, "--update-baseline");
    const before = baselineIn(folder);
    writeFiles(folder, { "tracking-plan.yaml": `${PLAN}evnts: {}\n` });
    const { code, err } = await json(folder, "--update-baseline");
    expect(code).toBe(2);
    expect(err).toBe("tracklint-baseline.json was left as it is: first mend what keeps the code from being judged.\n");
    expect(baselineIn(folder)).toBe(before);
  });

  test("stands elsewhere with --baseline, and is left out with --no-baseline", async () => {
    const folder = temporaryFolder(SHOP);
    await tracklint(folder, "--update-baseline", "--baseline", "lint/known.json");
    expect((await json(folder)).found).toHaveLength(1);
    expect((await json(folder, "--baseline", "lint/known.json")).found).toEqual([]);
    await tracklint(folder, "--update-baseline");
    expect((await json(folder)).report.summary.baselined).toBe(1);
    const without = await json(folder, "--no-baseline");
    expect(without).toMatchObject({ code: 1, report: { baseline: null, summary: { baselined: 0 } } });
  });

  test("is known to the API, too", async () => {
    const folder = temporaryFolder(SHOP);
    await tracklint(folder, "--update-baseline");
    expect((await check({ cwd: folder })).findings).toEqual([]);
    expect((await check({ cwd: folder, baseline: false })).findings).toHaveLength(1);
    expect((await check({ cwd: folder, baseline: FILE })).summary.baselined).toBe(1);
    await expect(check({ cwd: folder, baseline: "no.json" })).rejects.toThrow("There is no baseline `no.json`.");
  });
});

describe("mistakes about a baseline end with 2 and leave it as it is", () => {
  test.each([
    { argv: ["--baseline", "no.json"], says: "There is no baseline `no.json`." },
    { argv: ["--prune-baseline"], says: "There is no baseline `tracklint-baseline.json`." },
    { argv: ["--baseline", "src"], says: "The baseline `src` is a folder." },
    { argv: ["--no-baseline", "--update-baseline"], says: "--no-baseline leaves nothing to update." },
    { argv: ["--prune-baseline", "--update-baseline"], says: "cannot be used with option" },
  ])("$argv", async ({ argv, says }) => {
    const { code, err, written } = await runIn(temporaryFolder(SHOP), argv);
    expect({ code, written }).toEqual({ code: 2, written: {} });
    expect(err).toContain(says);
  });

  test("a damaged one is told with its place, and not overwritten", async () => {
    const folder = temporaryFolder({ ...SHOP, [FILE]: '{\n  "tracklintBaseline": 1,\n  "findings": [\n' });
    for (const flags of [[], ["--update-baseline"], ["--prune-baseline"]]) {
      const { code, out, err, written } = await runIn(folder, flags);
      expect({ code, out, written }).toEqual({ code: 2, out: "", written: {} });
      expect(err).toContain("error: The baseline can't be read: tracklint-baseline.json:4:1: it is not JSON.");
    }
  });
});
