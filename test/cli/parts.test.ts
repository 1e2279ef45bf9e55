import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CheckOutput } from "../../src/report/output-types.ts";
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from "../host/temporary-folder.ts";
import { runIn } from "./run-cli.ts";

const SHOP = {
  "package.json": JSON.stringify({ name: "shop", workspaces: ["apps/*", "packages/*"] }),
  "tracking-plan.yaml": "tracklint: 1\nevents:\n  Cart Opened: {}\n",
  "packages/report/package.json": JSON.stringify({ name: "@shop/report", main: "index.ts", scripts: {} }),
  "packages/report/index.ts":
    'import posthog from "posthog-js";\nexport const report = (name: string) => posthog.capture(name);\n',
  "apps/web/package.json": JSON.stringify({ name: "web", dependencies: { "@shop/report": "*" } }),
  "apps/web/cart.ts": 'import { report } from "@shop/report";\nreport("Cart Opened");\nreport("Cart Lost");\n',
};
const PACKAGES = [".", "apps/web", "packages/report"];
const FLAGS = ["--rule", "consent-check:off"];

async function makeParts(folder: string, packages = PACKAGES): Promise<void> {
  for (const name of packages) {
    const { code, out, err, written } = await runIn(folder, ["scan", "--out", "part.json", name]);
    expect([code, out]).toEqual([0, ""]);
    expect(err).toMatch(/^✔ Wrote part\.json: \d+ files? of .+\n$/);
    writeFiles(folder, { [`parts/${name === "." ? "root" : name.replace("/", "-")}.json`]: written["part.json"]! });
  }
}

async function shop(): Promise<string> {
  const folder = temporaryFolder(SHOP);
  await makeParts(folder);
  return folder;
}

async function refused(folder: string, ...argv: readonly string[]): Promise<string> {
  const { code, err } = await runIn(folder, ["check", "--from", ...(argv.length > 0 ? argv : ["parts/*.json"])]);
  expect(code).toBe(2);
  return err;
}

test("what parts give looks as one run looks, frames and all, where the code is and where it is not", async () => {
  const folder = await shop();
  const whole = await runIn(folder, FLAGS);
  expect(whole.out).toContain('report("Cart Lost");');
  expect(await runIn(folder, ["--from", "parts/*.json", ...FLAGS])).toEqual(whole);
  for (const gone of ["apps", "packages"]) rmSync(join(folder, gone), { recursive: true });
  expect(await runIn(folder, ["--from", "parts/*.json", ...FLAGS])).toEqual(whole);
  expect(await runIn(folder, ["check", ...FLAGS, "--from", "parts/root.json", "parts/[ap]*-*.json"])).toEqual(whole);
});

test("a part is of the package in whose folder it is made", async () => {
  const folder = temporaryRepository(SHOP);
  const there = await runIn(join(folder, "apps/web"), ["scan", "--out", "part.json"]);
  const above = await runIn(folder, ["scan", "--out", "part.json", "apps/web"]);
  expect(there.written).toEqual(above.written);
  expect(there.err).toBe("✔ Wrote part.json: 2 files of apps/web\n");
});

test("a package that declares workspaces of its own is a package of the project around it", async () => {
  const folder = temporaryFolder({
    ...SHOP,
    "apps/web/package.json": JSON.stringify({ name: "web", dependencies: { "@shop/report": "*" }, workspaces: {} }),
  });
  await makeParts(folder);
  const { err } = await runIn(join(folder, "apps/web"), ["scan", "--out", "part.json"]);
  expect(err).toBe("✔ Wrote part.json: 2 files of apps/web\n");
  expect(await runIn(folder, ["--from", "parts/*.json", ...FLAGS])).toEqual(await runIn(folder, FLAGS));
});

test("another plan needs no other parts", async () => {
  const folder = await shop();
  writeFiles(folder, { "tracking-plan.yaml": "tracklint: 1\nevents:\n  Cart Lost: {}\n" });
  const whole = await runIn(folder, FLAGS);
  expect(whole.out).toContain("`Cart Opened` is not in the tracking plan");
  expect(await runIn(folder, ["--from", "parts/*.json", ...FLAGS])).toEqual(whole);
});

test("goes together with paths, `--since`, severities, formats and the baseline", async () => {
  const folder = temporaryRepository(SHOP);
  git(folder, "branch", "-M", "main");
  writeFiles(folder, { "apps/web/more.ts": 'import { report } from "@shop/report";\nreport("More Seen");\n' });
  commitAll(folder);
  await makeParts(folder);
  const alike = async (...argv: readonly string[]) => {
    const joined = await runIn(folder, ["check", "--from", "parts/*.json", ...FLAGS, ...argv]);
    expect(joined).toEqual(await runIn(folder, ["check", ...FLAGS, ...argv]));
    return joined;
  };
  await alike("--since", "HEAD~1", "--format", "json");
  await alike("--rule", "unknown-event:warn", "--max-warnings", "0", "--quiet");
  await alike("--report-unused-suppressions");
  await alike("--show-files");
  await alike("--print-config", "apps/web/cart.ts");
  const baseline = Object.values((await alike("--update-baseline")).written)[0] ?? "";
  expect(await runIn(folder, ["apps/web/more.ts", ...FLAGS, "--from", "parts/*.json"])).toEqual(
    await runIn(folder, ["apps/web/more.ts", ...FLAGS]),
  );
  writeFiles(folder, { "tracklint-baseline.json": baseline });
  expect((await alike("--format", "json")).code).toBe(0);
});

test("a package with code and no part is a warning, and leaves the baseline as it is", async () => {
  const folder = await shop();
  rmSync(join(folder, "parts/apps-web.json"));
  const { code, out } = await runIn(folder, ["--from", "parts/*.json", "--format", "json", ...FLAGS]);
  const { findings }: CheckOutput = JSON.parse(out);
  expect(code).toBe(0);
  expect(findings.filter(({ rule }) => rule === "missing-part")).toMatchObject([
    {
      severity: "warn",
      file: "apps/web/package.json",
      message: "There is no part of `apps/web`, which has code: 1 file",
    },
  ]);
  const updated = await runIn(folder, ["--from", "parts/*.json", "--update-baseline", ...FLAGS]);
  expect(updated.written).toEqual({});
  expect(updated.err).toContain("was left as it is");
});

describe("refuses", () => {
  test("what goes together with nothing that changes or replaces code", async () => {
    for (const flag of ["--watch", "--fix", "--fix-suggestions", "--fix-dry-run", "--staged", "--stdin"]) {
      const { code, err } = await runIn(temporaryFolder(SHOP), ["check", "--from", "x.json", flag]);
      expect([code, err]).toEqual([2, expect.stringContaining("cannot be used with option")]);
    }
    const two = await runIn(temporaryFolder(SHOP), ["scan", "--out", "x.json", "--wrappers"]);
    expect([two.code, two.err]).toEqual([2, expect.stringContaining("cannot be used with option")]);
  });

  test("a part of what is no package", async () => {
    const folder = temporaryFolder(SHOP);
    const of = async (...names: readonly string[]) => (await runIn(folder, ["scan", "--out", "x.json", ...names])).err;
    expect(await of("apps")).toBe(
      "error: `apps` is no package: a part is made of a workspace package, or of the root.\nName its folder, or run it there.\n",
    );
    expect(await of("apps/web/cart.ts")).toContain("is no package");
    expect(await of("apps/web", "packages/report")).toContain("name one folder");
  });

  test("files that are no parts, are damaged, or were made by another tracklint", async () => {
    const folder = await shop();
    expect(await refused(folder, "none/*.json")).toContain("No file matches `none/*.json`.");
    expect(await refused(folder, "none.json")).toContain("Can't read the part `none.json`: ENOENT");
    expect(await refused(folder, "parts")).toContain("Can't read the part `parts`: EISDIR");
    expect(await refused(folder, "package.json")).toContain("`package.json` is no part");
    const file = join(folder, "parts/apps-web.json");
    const text = readFileSync(file, "utf8");
    const damages: readonly [string, string][] = [
      ["is damaged", text.replace("apps/web/cart.ts", "apps/web/card.ts")],
      ["is damaged", text.slice(0, text.length / 2)],
      ["is no part", ""],
      ["was made by another version", text.replace('"tracklintPart":1', '"tracklintPart":2')],
      ["was made by another version", text.replace('"build":"test"', '"build":"other"')],
    ];
    for (const [said, damaged] of damages) {
      writeFileSync(file, damaged);
      expect(await refused(folder)).toContain(`\`parts/apps-web.json\` ${said}`);
    }
    truncateSync(file, 3);
    expect(await refused(folder)).toContain("is no part");
  });

  test("parts that are not those of one project", async () => {
    const folder = await shop();
    const copy = { "parts/twin.json": readFileSync(join(folder, "parts/apps-web.json"), "utf8") };
    expect(await refused(folder, "parts/apps-web.json")).toContain("The part of the root is missing");
    writeFiles(folder, copy);
    expect(await refused(folder)).toContain(
      "`parts/apps-web.json` and `parts/twin.json` are parts of the same package",
    );
    rmSync(join(folder, "parts/twin.json"));
    // A new package, whose files the part of the root still has.
    writeFiles(folder, { "package.json": JSON.stringify({ workspaces: ["packages/*"] }) });
    await makeParts(folder, ["."]);
    expect(await refused(folder)).toContain("`apps/web/cart.ts` is in two parts");
    rmSync(join(folder, "apps"), { recursive: true });
    await makeParts(folder, ["."]);
    expect(await refused(folder)).toContain("`parts/apps-web.json` is the part of `apps/web`, which is no package");
  });
});
