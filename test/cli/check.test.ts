import { describe, expect, test } from "vitest";
import type { CheckOutput } from "../../src/report/output-types.ts";
import { git, temporaryFolder } from "../host/temporary-folder.ts";
import { runIn } from "./run-cli.ts";

const HEAD = `import { Analytics } from "@segment/analytics-node";\nconst analytics = new Analytics({ writeKey: "key" });\n`;
const sending = (name: string) =>
  `${HEAD}export const send = (userId: string) => analytics.track({ userId, event: "${name}", properties: {} });\n`;
const PLAN = [
  "tracklint: 1",
  "versioning: { scheme: semver }",
  "version: 1.0.0",
  "events:",
  "  Order Completed: { version: 1.0.0 }",
  "  Cart Emptied: { version: 1.0.0 }",
  // What the rules to come say of this shop is no matter of these tests.
  "lint:",
  "  extends: migration",
  "  rules: { consent-check: off, unknown-event: error, unused-event: warn, unused-suppression: warn }",
  "",
].join("\n");

/** One error (an unknown event) and one warning (an unused one). */
const SHOP = {
  "package.json": '{ "name": "shop", "workspaces": ["apps/*"] }',
  "tracking-plan.yaml": PLAN,
  "apps/web/package.json": '{ "name": "web" }',
  "apps/web/cart.ts": sending("Shelf Dusted"),
  "apps/api/package.json": '{ "name": "api" }',
  "apps/api/orders.ts": sending("Order Completed"),
};
/** One warning. */
const { "apps/web/cart.ts": _, ...TIDY } = SHOP;

async function json(folder: string, ...argv: readonly string[]) {
  const { code, out } = await runIn(folder, ["--format", "json", ...argv]);
  const report: CheckOutput = JSON.parse(out);
  return { code, report, found: report.findings.map((one) => `${one.severity} ${one.rule} ${one.file}:${one.line}`) };
}

const UNKNOWN = "error unknown-event apps/web/cart.ts:3";
const UNUSED = "warn unused-event tracking-plan.yaml:6";

describe("exit codes", () => {
  test("0 with warnings, 1 with errors, and --exit-zero makes that 0", async () => {
    const shop = temporaryFolder(SHOP);
    expect((await runIn(temporaryFolder(TIDY), [])).code).toBe(0);
    expect((await runIn(shop, [])).code).toBe(1);
    expect((await runIn(shop, ["--exit-zero"])).code).toBe(0);
  });

  test("1 with more warnings than --max-warnings", async () => {
    const folder = temporaryFolder(TIDY);
    expect((await runIn(folder, ["--max-warnings", "1"])).code).toBe(0);
    expect((await runIn(folder, ["--max-warnings", "0"])).code).toBe(1);
    expect((await runIn(folder, ["--max-warnings", "0", "--quiet"])).code).toBe(1);
    expect((await runIn(folder, ["--max-warnings", "0", "--exit-zero"])).code).toBe(0);
  });

  test("2 with an invalid plan, whatever --exit-zero says, and the findings still come", async () => {
    const folder = temporaryFolder({ ...SHOP, "tracking-plan.yaml": PLAN.replace("consent-check", "consent-chek") });
    const { code, found } = await json(folder, "--exit-zero");
    expect(code).toBe(2);
    expect(found).toContain("error plan-invalid tracking-plan.yaml:9");
    expect(found).toContain(UNKNOWN);
  });
});

describe("what is judged", () => {
  test("everything below the working directory, and what the plan lacks", async () => {
    expect((await json(temporaryFolder(SHOP))).found).toEqual([UNKNOWN, UNUSED]);
  });

  test("in a folder of a repository: that folder, with files relative to the repository's root", async () => {
    const folder = temporaryFolder(SHOP);
    expect((await json(`${folder}/apps/web`)).found).toEqual([UNKNOWN, UNUSED]);
    expect((await json(`${folder}/apps/api`)).found).toEqual([UNUSED]);
    expect((await json(folder, "apps/api")).found).toEqual([UNUSED]);
  });

  test("single files: these alone, though the rest is read", async () => {
    const folder = temporaryFolder(SHOP);
    expect((await json(folder, "apps/web/cart.ts")).found).toEqual([UNKNOWN]);
    expect((await json(`${folder}/apps`, "web/cart.ts", "api/orders.ts")).found).toEqual([UNKNOWN]);
  });

  test("globs, and files that no run without a name would read", async () => {
    const folder = temporaryFolder({ ...SHOP, "apps/web/cart.test.ts": sending("Window Cleaned") });
    expect((await json(folder, "apps/**/*.ts")).found).toEqual([UNKNOWN]);
    expect((await json(`${folder}/apps/web`, "*.test.ts")).found).toEqual([
      "error unknown-event apps/web/cart.test.ts:3",
    ]);
  });

  test("a whole workspace inside another repository is a project of its own", async () => {
    const files = Object.fromEntries(Object.entries(SHOP).map(([path, text]) => [`examples/shop/${path}`, text]));
    const folder = temporaryFolder({ "package.json": "{}", ...files });
    git(folder, "init", "--quiet");
    expect((await json(folder, "examples/shop")).found).toEqual([UNKNOWN, UNUSED]);
  });

  test("a path that isn't there is answered with the nearest", async () => {
    const { code, err } = await runIn(temporaryFolder(SHOP), ["app"]);
    expect(code).toBe(2);
    expect(err).toContain("There is no file or folder `app`.\nDid you mean `apps`?");
  });
});

describe("suppressions", () => {
  test("in code and plan switch findings off, and are counted where they were asked for", async () => {
    const comment = "tracklint-disable-next-line";
    const folder = temporaryFolder({
      ...SHOP,
      "apps/web/cart.ts": sending("Shelf Dusted").replace(
        "analytics.track",
        `// ${comment} unknown-event -- old app\nanalytics.track`,
      ),
      "tracking-plan.yaml": PLAN.replace("  Cart", `  # ${comment} unused-event -- soon\n  Cart`),
    });
    const { code, report } = await json(folder);
    expect(code).toBe(0);
    expect(report.findings).toEqual([]);
    expect(report.summary.suppressed).toBe(2);
    expect(report.suppressed.map(({ rule, file, line, reason }) => `${rule} ${file}:${line} ${reason}`)).toEqual([
      "unknown-event apps/web/cart.ts:4 old app",
      "unused-event tracking-plan.yaml:7 soon",
    ]);
    expect((await json(folder, "apps/api/orders.ts")).report.summary.suppressed).toBe(0);
  });

  test("that hold for nothing are reported, unless their rule is off or had nothing to judge by", async () => {
    const orders = `// tracklint-disable-file unknown-event, consent-check, unused-event\n${sending("Order Completed")}`;
    const { "apps/web/cart.ts": _cart, ...files } = { ...SHOP, "apps/api/orders.ts": orders };
    const unused = async (plan: string) =>
      (await json(temporaryFolder({ ...files, "tracking-plan.yaml": plan }))).report.findings
        .filter((one) => one.rule === "unused-suppression")
        .map((one) => one.message);
    expect(await unused(PLAN)).toEqual([
      "Nothing is reported by `unknown-event` here",
      "Nothing is reported by `unused-event` here",
    ]);
    expect(await unused("lint: { rules: { consent-check: off } }")).toEqual([]);
  });

  test("that hold for nothing are errors with --report-unused-suppressions, whatever the plan says", async () => {
    const orders = `// tracklint-disable-file unknown-event -- old\n${sending("Order Completed")}`;
    const plan = PLAN.replace("unused-suppression: warn", "unused-suppression: off");
    const folder = temporaryFolder({ ...SHOP, "apps/api/orders.ts": orders, "tracking-plan.yaml": plan });
    const severities = async (...flags: readonly string[]) =>
      (await json(folder, ...flags)).report.findings
        .filter((one) => one.rule === "unused-suppression")
        .map((one) => one.severity);
    expect(await severities()).toEqual([]);
    expect(await severities("--report-unused-suppressions")).toEqual(["error"]);
    expect(await severities("--report-unused-suppressions", "--rule", "unused-suppression:warn")).toEqual(["warn"]);
  });

  test("of a plan with mistakes are left alone, and are suppressed like all else", async () => {
    const orders = `// tracklint-disable-file unused-suppression -- generated
// tracklint-disable-file unknown-event -- old\n${sending("Order Completed")}`;
    const files = { ...SHOP, "apps/api/orders.ts": orders };
    const said = async (plan: string) =>
      (await json(temporaryFolder({ ...files, "tracking-plan.yaml": plan }))).report.findings.map((one) => one.rule);
    expect(await said(PLAN)).not.toContain("unused-suppression");
    expect(await said(`${PLAN}evnts: {}\n`)).toEqual(["plan-invalid"]);
  });
});

describe("the plan", () => {
  test("is the nearest one, from the working directory up to the root", async () => {
    const folder = temporaryFolder({
      ...SHOP,
      "apps/web/tracking-plan.yml": "tracklint: 1\nevents: [Order Complete]\n",
    });
    expect((await json(`${folder}/apps/web`)).report.summary.plan).toBe("apps/web/tracking-plan.yml");
    expect((await json(`${folder}/apps/api`)).report.summary.plan).toBe("tracking-plan.yaml");
  });

  test("may lie outside the root, and is named from there", async () => {
    const outside = temporaryFolder({ "plans/acme.yaml": PLAN });
    const folder = temporaryFolder(SHOP);
    const plan = `${outside}/plans/acme.yaml`;
    const { report } = await json(folder, "--plan", plan);
    const file = report.findings.find((finding) => finding.rule === "unused-event")?.file;
    expect(file).toBe(report.summary.plan);
    expect(file).toMatch(/^\.\.\/.*plans\/acme\.yaml$/);
    expect(report.findings[0]?.plan?.file ?? file).toBe(file);
    const { out } = await runIn(folder, ["--plan", plan]);
    expect(out).toContain("  Cart Emptied: { version: 1.0.0 }");
  });

  test("is missed where there is none, with what it would add", async () => {
    const { "tracking-plan.yaml": _plan, ...files } = SHOP;
    const { code, out } = await runIn(temporaryFolder(files), []);
    expect(code).toBe(0);
    expect(out).toContain("No tracking plan was found.");
  });
});

describe("flags", () => {
  test("--rule sets severities, and may be repeated", async () => {
    const folder = temporaryFolder(SHOP);
    expect((await json(folder, "--rule", "unknown-event:off")).found).toEqual([UNUSED]);
    expect((await json(folder, "--rule", "unknown-event:warn", "--rule", "unused-event:error")).found).toEqual([
      UNKNOWN.replace("error", "warn"),
      UNUSED.replace("warn", "error"),
    ]);
  });

  test("--quiet leaves out warnings and says so where nothing is left", async () => {
    const { report } = await json(temporaryFolder(SHOP), "--quiet");
    expect(report.findings.map((one) => one.rule)).toEqual(["unknown-event"]);
    expect(report.summary).toMatchObject({ errors: 1, warnings: 0, files: 1 });
    expect((await runIn(temporaryFolder(TIDY), ["--quiet"])).out).toContain("✔ No errors in 1 tracking call\n");
  });

  test("--output-file takes the report, and leaves standard output empty", async () => {
    const folder = temporaryFolder(SHOP);
    const terminal = { isTTY: true, env: { FORCE_COLOR: "1" } };
    const { code, out, written } = await runIn(folder, ["--output-file", "out/report.txt"], terminal);
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(written["out/report.txt"]).toContain("unknown-event");
    expect(written["out/report.txt"]).not.toContain("\u001b");
  });

  test("--stats tells on standard error what was read, and leaves the report as it is", async () => {
    const folder = temporaryFolder({ ...SHOP, "apps/web/idle.ts": "export const idle = 1;\n" });
    const plain = await runIn(folder, ["--format", "json"]);
    const { out, err } = await runIn(folder, ["--format", "json", "--stats"]);
    expect(out).toBe(plain.out);
    const figures = Object.fromEntries(
      err
        .trim()
        .split("\n")
        .map((line) => line.split(/ {2,}/)),
    );
    expect(figures).toMatchObject({
      "files listed": "3",
      "files read": "3",
      "files parsed": "2",
      "tracking calls": "2",
    });
    expect(figures.rules).toMatch(/^\d+ ms$/);
  });

  test("--show-files lists the files in scope, from the working directory", async () => {
    const folder = temporaryFolder({ ...SHOP, "apps/web/cart.test.ts": "", "apps/web/readme.md": "" });
    expect((await runIn(folder, ["--show-files"])).out).toBe("apps/api/orders.ts\napps/web/cart.ts\n");
    expect((await runIn(`${folder}/apps`, ["web", "--show-files"])).out).toBe("web/cart.ts\n");
  });

  test("--print-config prints what holds for a file", async () => {
    const plan = `${PLAN}  overrides:\n    - { paths: ["apps/web"], rules: { unknown-event: [warn, { allow: [X] }] } }\n`;
    const folder = temporaryFolder({ ...SHOP, "tracking-plan.yaml": plan });
    const { out } = await runIn(`${folder}/apps`, ["--print-config", "web/new.ts", "--rule", "unused-event:error"]);
    const config = JSON.parse(out);
    expect(config).toMatchObject({
      file: "apps/web/new.ts",
      inScope: false,
      source: "web",
      plan: "tracking-plan.yaml",
    });
    expect(config.rules["unknown-event"]).toEqual({ severity: "warn", options: { allow: ["X"] } });
    expect(config.rules["unused-event"].severity).toBe("error");
    expect(config.rules["consent-check"].severity).toBe("off");
  });

  test("--print-config refuses a file outside the root", async () => {
    const { code, err } = await runIn(temporaryFolder(SHOP), ["--print-config", "../elsewhere.ts"]);
    expect(code).toBe(2);
    expect(err).toContain("is not a file below the root");
  });
});

describe("how it looks", () => {
  const coloured = async (terminal: Parameters<typeof runIn>[2]) =>
    (await runIn(temporaryFolder(SHOP), [], terminal)).out.includes("\u001b[");

  test("colours go to terminals; NO_COLOR and FORCE_COLOR decide otherwise", async () => {
    expect(await coloured({ isTTY: true })).toBe(true);
    expect(await coloured({ isTTY: false })).toBe(false);
    expect(await coloured({ isTTY: true, env: { NO_COLOR: "1" } })).toBe(false);
    expect(await coloured({ isTTY: true, env: { TERM: "dumb" } })).toBe(false);
    expect(await coloured({ isTTY: false, env: { FORCE_COLOR: "1" } })).toBe(true);
    expect(await coloured({ isTTY: true, env: { FORCE_COLOR: "0" } })).toBe(false);
  });

  test("lines keep to the width of the terminal, but for addresses", async () => {
    const { out } = await runIn(temporaryFolder(SHOP), [], { columns: 50 });
    const long = out.split("\n").filter((line) => line.length > 50 && !line.includes("://"));
    expect(long).toEqual([]);
  });
});
