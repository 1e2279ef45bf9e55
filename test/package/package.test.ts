import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeFiles } from "../host/temporary-folder.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
/** All that a package is made of. */
const SOURCES = [
  "bin",
  "src",
  "rules",
  "package.json",
  "tsconfig.json",
  "README.md",
  "LICENSE",
  "CHANGELOG.md",
  "tracking-plan.example.yaml",
];

const PROJECT = {
  "package.json": '{ "name": "shop", "private": true, "type": "module" }',
  "tracking-plan.yaml": "tracklint: 1\nevents: [Order Completed]\n",
  "src/orders.ts": `import { Analytics } from "@segment/analytics-node";
const analytics = new Analytics({ writeKey: "key" });
analytics.track({ userId: "u-1", event: "Order Complete" });
`,
};

let work: string;
let project: string;

// Packed from a copy: packing builds, and other tests may be using this build.
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "tracklint-package-"));
  const copy = join(work, "copy");
  for (const name of SOURCES) cpSync(join(repository, name), join(copy, name), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"));
  npm(copy, "pack", "--silent", "--pack-destination", work);
  const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  project = join(work, "project");
  writeFiles(project, PROJECT);
  npm(
    project,
    "install",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    "--silent",
    join(work, `tracklint-${version}.tgz`),
  );
}, 120_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

function npm(cwd: string, ...args: readonly string[]): void {
  execFileSync("npm", args, { cwd, stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" });
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function node(...args: readonly string[]): Promise<Ran> {
  return nodeIn(project, ...args);
}

function nodeIn(cwd: string, ...args: readonly string[]): Promise<Ran> {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk) => (out += chunk));
    child.stderr.on("data", (chunk) => (err += chunk));
    child.on("close", (code) => done({ code: code ?? -1, out, err }));
  });
}

const tracklint = (...args: readonly string[]) => node("node_modules/tracklint/bin/tracklint.js", ...args);

describe("the package, installed from its tarball", () => {
  test("checks a project and tells the outcome by its exit code", async () => {
    const { code, out, err } = await tracklint("--format", "json");
    expect(err).toBe("");
    expect(code).toBe(1);
    expect(JSON.parse(out).findings).toContainEqual(
      expect.objectContaining({ rule: "unknown-event", file: "src/orders.ts", line: 3, severity: "error" }),
    );
  });

  test("prints for people what it checks", async () => {
    const { out } = await tracklint();
    expect(out).toContain('3 │ analytics.track({ userId: "u-1", event: "Order Complete" });');
  });

  test("writes the HTML report, with what it runs in it", async () => {
    const { code, out, err } = await tracklint("--format", "html");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toMatch(/^<!doctype html>.*script-src 'sha256-.*"unknown-event".*d3-scale.*<\/html>\n$/s);
  });

  test("says where a baseline is damaged", async () => {
    writeFileSync(join(project, "damaged.json"), '{\n  "tracklintBaseline": 1,\n  "findings": {}\n}\n');
    const { code, err } = await tracklint("--baseline", "damaged.json");
    expect(err).toContain("damaged.json:3:15: `findings` is not a list");
    expect(code).toBe(2);
  });

  test("ends in peace when its reader leaves early", async () => {
    const command = `"${process.execPath}" node_modules/tracklint/bin/tracklint.js explain unknown-event; echo "exit $?" >&2`;
    const child = spawn("sh", ["-c", `(${command}) | true`], { cwd: project, stdio: ["ignore", "ignore", "pipe"] });
    let err = "";
    child.stderr.on("data", (chunk) => (err += chunk));
    await new Promise((done) => child.on("close", done));
    expect(err).toBe("exit 0\n");
  });

  test("has the documented API", async () => {
    writeFileSync(
      join(project, "api.js"),
      `import { check, defineRule, loadPlan, scan } from "tracklint";
const rule = defineRule({
  meta: { id: "no-orders", category: "schema", summary: "No orders", default: { withoutPlan: "warn", withPlan: "warn" }, messages: { found: "An order: {{name}}" } },
  defaultOptions: {},
  *check({ code }) {
    for (const call of code.calls) yield { at: call.at, messageId: "found", data: { name: call.events[0].value }, subject: "order" };
  },
});
const { findings } = await check({ rules: [rule], severities: { "unknown-event": "off" } });
const { code } = await scan({ paths: ["src"] });
const { plan } = await loadPlan("tracking-plan.yaml");
const planned = plan.events.map((event) => event.name);
console.log(JSON.stringify({ found: findings.map((one) => one.message), calls: code.calls.length, planned }));
`,
    );
    const { out, err } = await node("api.js");
    expect(err).toBe("");
    const { found, calls, planned } = JSON.parse(out);
    expect(found).toContain("An order: Order Complete");
    expect(found.join()).not.toContain("tracking plan");
    expect({ calls, planned }).toEqual({ calls: 1, planned: ["Order Completed"] });
  });

  test("runs the plugins of the example, in JavaScript and TypeScript, and the example's own tests", async () => {
    const example = join(work, "example");
    cpSync(join(repository, "fixtures/plugin"), example, { recursive: true });
    symlinkSync(join(project, "node_modules"), join(example, "node_modules"));
    const lint = await nodeIn(example, "node_modules/tracklint/bin/tracklint.js", "--format", "json");
    expect(lint).toMatchObject({ code: 1, err: "" });
    const findings: readonly { rule: string; file: string; line: number }[] = JSON.parse(lint.out).findings;
    const own = findings.filter(({ rule }) => rule.startsWith("acme/"));
    expect(own.map(({ rule, file, line }) => `${rule} ${file}:${line}`)).toEqual([
      "acme/no-ui-words src/cart.ts:8",
      "acme/experiment-id src/cart.ts:12",
    ]);
    const tests = await nodeIn(example, "--test");
    expect(tests.out).toMatch(/^# pass 6$/m);
    expect(tests.code).toBe(0);
  });

  test("has types", () => {
    writeFileSync(
      join(project, "api.ts"),
      `import { check, defineRule, testRule, type CheckOutput, type Finding, type Plan, type Plugin, type TrackingCall } from "tracklint";
import { judgedCalls } from "tracklint/plugin";
import { trackingCall } from "tracklint/testing";
const { findings } = await check({ cwd: "." });
export const lines: number[] = findings.map((finding: Finding) => finding.at.line);
export const nameOf = (call: TrackingCall): string | undefined => call.events[0]?.value;
export const versionOf = (plan: Plan): string | undefined => plan.version;
export const errorsIn = (output: CheckOutput): number => output.summary.errors;
const rule = defineRule({
  meta: { id: "acme/a", category: "schema", summary: "", default: { withoutPlan: "off", withPlan: "off" }, messages: { known: "" } },
  defaultOptions: { words: ["a"] },
  *check({ code, options }) {
    for (const { at } of judgedCalls(code)) if (options.words.length > 0) yield { at, messageId: "known", subject: "" };
  },
});
export default { rules: [rule] } satisfies Plugin;
testRule(rule, { reports: [], silent: [] }, (name: string) => name + trackingCall().kind);
defineRule({
  meta: { id: "a", category: "schema", summary: "", default: { withoutPlan: "off", withPlan: "off" }, messages: { known: "" } },
  defaultOptions: {},
  // @ts-expect-error: there is no such message
  check: () => [{ at: findings[0]!.at, messageId: "unknown", subject: "" }],
});
`,
    );
    const tsc = join(repository, "node_modules/typescript/bin/tsc");
    const flags = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--types", ""];
    expect(() =>
      execFileSync(process.execPath, [tsc, ...flags, "api.ts"], { cwd: project, stdio: "inherit" }),
    ).not.toThrow();
  });

  test("ships the plan's schema and the licences of what is bundled", () => {
    const installed = join(project, "node_modules/tracklint");
    expect(JSON.parse(readFileSync(join(installed, "dist/plan.schema.json"), "utf8")).$schema).toContain("2020-12");
    const licences = readFileSync(join(installed, "dist/THIRD-PARTY-LICENCES.txt"), "utf8");
    for (const name of ["commander", "ajv", "yaml", "chalk"])
      expect(licences).toMatch(new RegExp(`^${name} [\\d.]+ \\(`, "m"));
  });

  // Last: it takes something away.
  test("loads no parser to say what it can do", async () => {
    renameSync(join(project, "node_modules/ts-morph"), join(project, "node_modules/ts-morph-away"));
    for (const args of [["--version"], ["--help"], ["rules"], ["explain", "unknown-event"], ["chekc"]]) {
      const { code, err } = await tracklint(...args);
      expect(err).not.toContain("ts-morph");
      expect(code).toBe(args[0] === "chekc" ? 2 : 0);
    }
  });
});
