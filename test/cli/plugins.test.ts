import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { check } from "../../src/index.ts";
import { importPlugin } from "../../src/plugins/import-plugin.ts";
import type { CheckOutput } from "../../src/report/output-types.ts";
import { temporaryFolder } from "../host/temporary-folder.ts";
import { runIn } from "./run-cli.ts";

const CODE = 'import posthog from "posthog-js";\nposthog.capture("Cart Opened");\n';
/** A rule that reports every call; `rest` stands in for its function. */
const rule = (id: string, rest = "") => `{
  meta: {
    id: ${JSON.stringify(id)}, category: "naming", summary: "No calls",
    default: { withoutPlan: "warn", withPlan: "warn" }, messages: { found: "A call" },
  },
  defaultOptions: {},
  ${rest || '*check({ code }) { for (const { at } of code.calls) yield { at, messageId: "found", subject: "call" }; },'}
}`;
const plugin = (...rules: readonly string[]) => `export default { rules: [${rules.join(", ")}] };\n`;
const ACME = plugin(rule("acme/no-calls"));
/** A module that tells when it is run. */
const MINE = "throw new RangeError('the mine went off');\n";
const planWith = (specifier: string, rules = "") =>
  `tracklint: 1\nlint:\n  plugins: ["${specifier}"]\n  rules: { consent-check: off${rules} }\n`;

const shop = (plan: string, files: Readonly<Record<string, string>> = {}) => ({
  "package.json": '{ "name": "shop" }',
  "src/cart.ts": CODE,
  "tracking-plan.yaml": plan,
  ...files,
});

async function lint(folder: string, ...argv: readonly string[]) {
  const { code, out, err } = await runIn(folder, ["--format", "json", ...argv]);
  const report: Partial<CheckOutput> = out === "" ? {} : JSON.parse(out);
  const said = (report.findings ?? []).map(
    (one) => `${one.severity} ${one.rule} ${one.file}:${one.line} ${one.message}`,
  );
  return { code, said, err, findings: report.findings ?? [] };
}

const FOUND = "src/cart.ts:2 A call";

describe("the rules of a plugin", () => {
  test("of a path run beside the others, with the severity that the plan sets", async () => {
    const files = { "lint/acme.mjs": ACME };
    expect((await lint(temporaryFolder(shop(planWith("./lint/acme.mjs"), files)))).said).toEqual([
      `warn acme/no-calls ${FOUND}`,
    ]);
    const error = await lint(temporaryFolder(shop(planWith("./lint/acme.mjs", ", acme/no-calls: error"), files)));
    expect(error).toMatchObject({ code: 1, said: [`error acme/no-calls ${FOUND}`] });
    expect(error.findings[0]?.url).toBeUndefined();
  });

  test("of an installed package run, by its exports, its main or its subpath", async () => {
    const pkg = "node_modules/@acme/lint";
    const exported = { exports: { ".": { import: "./esm.mjs" }, "./more": "./more.mjs" } };
    const files = {
      [`${pkg}/package.json`]: JSON.stringify(exported),
      [`${pkg}/esm.mjs`]: ACME,
      [`${pkg}/more.mjs`]: plugin(rule("acme/more")),
      "node_modules/plain/package.json": '{ "main": "lib/main.cjs" }',
      "node_modules/plain/lib/main.cjs": `module.exports = { rules: [${rule("plain/no-calls")}] };`,
    };
    const ruleOf = async (specifier: string) =>
      (await lint(temporaryFolder(shop(planWith(specifier), files)))).findings.map((one) => one.rule);
    expect(await ruleOf("@acme/lint")).toEqual(["acme/no-calls"]);
    expect(await ruleOf("@acme/lint/more")).toEqual(["acme/more"]);
    expect(await ruleOf("plain")).toEqual(["plain/no-calls"]);
  });

  test("are suppressed and set as the others are", async () => {
    const code = CODE.replace(
      "posthog.capture",
      "// tracklint-disable-next-line acme/no-calls -- old\nposthog.capture",
    );
    const folder = temporaryFolder({ ...shop(planWith("./acme.mjs"), { "acme.mjs": ACME }), "src/cart.ts": code });
    expect((await lint(folder)).said).toEqual([]);
    expect((await lint(folder, "--rule", "acme/no-cals:off")).err).toContain("Did you mean `acme/no-calls`?");
    const { out } = await runIn(folder, ["--print-config", "src/cart.ts"]);
    expect(JSON.parse(out).rules["acme/no-calls"]).toEqual({ severity: "warn" });
  });

  test("are not run with --no-plugins, nor by what doesn't lint, and nothing is said of settings for them", async () => {
    const code = `// tracklint-disable-file acme/no-calls -- old\n${CODE}`;
    const plan = planWith("./mine.mjs", ", acme/no-calls: error");
    const folder = temporaryFolder({ ...shop(plan, { "mine.mjs": MINE }), "src/cart.ts": code });
    expect(await lint(folder, "--no-plugins", "--rule", "acme/other:warn")).toMatchObject({ code: 0, said: [] });
    for (const argv of [["scan"], ["--show-files"], ["--print-config", "src/cart.ts", "--no-plugins"]])
      expect(await runIn(folder, argv)).toMatchObject({ code: 0, err: "" });
    expect(await runIn(folder, ["--print-config", "src/cart.ts"])).toMatchObject({ code: 3 });
    expect((await check({ cwd: folder, plugins: false })).internalErrors).toEqual([]);
    expect((await check({ cwd: folder })).internalErrors).toHaveLength(1);
  });
});

describe("what can't be a plugin is told at its place in the plan, ends with 2 and is not run", () => {
  test.each([
    ["../mine.mjs", "lies outside the root"],
    ["/tmp/mine.mjs", "lies outside the root"],
    ["./link.mjs", "is a link that leads outside the root"],
    ["./linked/mine.mjs", "is not there"],
    ["./a-link.mjs", "is not there"],
    ["file:///tmp/mine.mjs", "is an address"],
    ["./no.mjs", "is not there"],
    ["./src", "is a folder"],
    ["./rules.json", "is no file of code"],
    ["acme-lint", "is not installed"],
    ["empty", "exports nothing that can be imported"],
    ["closed/mine", "exports no `mine`"],
  ])("%s", async (specifier, says) => {
    const outer = temporaryFolder({ "mine.mjs": MINE });
    const folder = temporaryFolder(
      shop(planWith(specifier), {
        "rules.json": "{}",
        "node_modules/empty/package.json": "{}",
        "node_modules/closed/package.json": '{ "exports": { ".": "./index.mjs" } }',
        "node_modules/closed/mine.mjs": MINE,
      }),
    );
    symlinkSync(join(outer, "mine.mjs"), join(folder, "link.mjs"));
    symlinkSync(outer, join(folder, "linked"));
    const { code, said } = await lint(folder);
    expect(code).toBe(2);
    expect(said.filter((one) => one.startsWith("error"))).toEqual([
      `error plan-invalid tracking-plan.yaml:3 The plugin \`${specifier}\` ${says}`,
    ]);
  });

  test.each([
    ["no default export", "export const rules = 1;", "has no `export default { rules: [...] }`"],
    ["a list", `export default [${rule("acme/a")}];`, "wrap them in `rules`"],
    ["a rule alone", `export default ${rule("acme/a")};`, "wrap them in `rules`"],
    ["no rule", plugin("{}"), "has a rule that is none: `rules[0]`"],
    [
      "a wrong level",
      plugin(rule("acme/a").replace('withPlan: "warn"', 'withPlan: "eror"')),
      "`rules[0].meta.default.withPlan`",
    ],
    ["no function", plugin(rule("acme/a", "check: 1,")), "has a rule without a function `check`: `acme/a`"],
    ["an id of the built-in form", plugin(rule("no-calls")), "has the rule id `no-calls`"],
    ["the same id twice", plugin(rule("acme/a"), rule("acme/a")), "has the rule `acme/a`, which is there already"],
  ])("a module with %s", async (_, text, says) => {
    const { code, said } = await lint(temporaryFolder(shop(planWith("./acme.mjs"), { "acme.mjs": text })));
    expect(code).toBe(2);
    expect(said).toEqual([expect.stringContaining("error plan-invalid tracking-plan.yaml:3 The plugin `./acme.mjs` ")]);
    expect(said[0]).toContain(says);
  });

  test("a plan outside the root", async () => {
    const plans = temporaryFolder({ "package.json": "{}", "plan.yaml": planWith("./mine.mjs"), "mine.mjs": MINE });
    const folder = temporaryFolder(shop("tracklint: 1\n"));
    const { code, said } = await lint(folder, "--plan", join(plans, "plan.yaml"));
    expect(code).toBe(2);
    expect(said).toEqual([expect.stringContaining("is not loaded: its plan lies outside the root")]);
  });
});

test("a plugin that is never loaded is told after a while", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const folder = temporaryFolder({ "wait.mjs": "await new Promise(() => {});" });
  const loading = importPlugin(pathToFileURL(join(folder, "wait.mjs")));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await loading).toMatchObject({ failure: { message: expect.stringContaining("not loaded after 30 seconds") } });
});

describe("a plugin that fails ends with 3, and all other findings still come", () => {
  const failing = [
    ["at once", MINE, "The plugin `./acme.mjs` failed: the mine went off"],
    ["in its grammar", "export default {", "The plugin `./acme.mjs` failed: "],
    ["with no error", "throw undefined;", "The plugin `./acme.mjs` failed: undefined"],
    ["when looked at", "export default { get rules() { throw new TypeError('no'); } };", "failed: no"],
    ["in a rule", plugin(rule("acme/a", "check() { throw new TypeError('oh'); },")), "The rule `acme/a` failed: oh"],
    ["with no list", plugin(rule("acme/a", "check() {},")), "The rule `acme/a` failed: "],
    ["with a promise", plugin(rule("acme/a", "async check() { return []; },")), "The rule `acme/a` failed: "],
    [
      "with no place",
      plugin(rule("acme/a", 'check: () => [{ messageId: "found", subject: "" }],')),
      "The rule `acme/a` failed",
    ],
    [
      "with a place that is none",
      plugin(
        rule("acme/a", 'check: () => [{ at: { file: "src/cart.ts", line: "2" }, messageId: "found", subject: "" }],'),
      ),
      "a problem has a place that is no range",
    ],
    [
      "with no such message",
      plugin(rule("acme/a", '*check({ code }) { yield { at: code.calls[0].at, messageId: "x", subject: "" }; },')),
      'no message "x"',
    ],
  ] as const;

  test.each(failing)("%s", async (_, text, says) => {
    const plan = planWith("./acme.mjs", ", acme/a: warn").replace('"]', '", "./good.mjs"]');
    const files = { "acme.mjs": text, "good.mjs": plugin(rule("good/no-calls")) };
    const { code, said } = await lint(temporaryFolder(shop(plan, files)), "--exit-zero");
    expect(code).toBe(3);
    expect(said.filter((one) => one.startsWith("error internal-error tracking-plan.yaml"))).toEqual([
      expect.stringContaining(says),
    ]);
    expect(said).toContain(`warn good/no-calls ${FOUND}`);
    expect(said).toHaveLength(2);
  });
});
