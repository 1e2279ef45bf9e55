import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Log } from "sarif";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { git, temporaryFolder } from "../host/temporary-folder.ts";

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const text = readFileSync(join(root, "action.yml"), "utf8");
const action: Action = parse(text);
const { steps } = action.runs;
const check = steps.find(({ id }) => id === "check")!;
const comment = steps.find(({ env }) => env?.GH_TOKEN !== undefined)!;
const end = steps.at(-1)!;

const HEAD = `import { Analytics } from "@segment/analytics-node";\nconst analytics = new Analytics({ writeKey: "key" });\n`;
const sending = (event: string) => `${HEAD}analytics.track({ userId: "u", event: "${event}", properties: {} });\n`;
const PLAN =
  "tracklint: 1\nevents: [Order Completed]\nlint: { extends: migration, rules: { unknown-event: error, unused-event: off, unversioned-schema: off } }\n";
const SHOP = {
  "package.json": '{ "name": "shop" }',
  "tracking-plan.yaml": PLAN,
  "my cart.ts": sending("Cart Emptied"),
  "quiet.ts": `${HEAD}// tracklint-disable-next-line unknown-event -- an experiment\nanalytics.track({ userId: "u", event: "Tried", properties: {} });\n`,
};

/** Runs a step as the runner does, with the built program in the place of what npx would fetch. */
function runStep(step: Step, folder: string, env: Readonly<Record<string, string>>) {
  const temp = temporaryFolder({});
  const bin = join(temp, "bin");
  mkdirSync(bin);
  const command = (name: string, script: string) => {
    writeFileSync(join(bin, name), `#!/usr/bin/env bash\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  command(
    "npx",
    `[ "$1" = --yes ] && echo "$2" >> "$RUNNER_TEMP/called" && shift 2 && exec "${process.execPath}" "${root}/bin/tracklint.js" "$@"`,
  );
  command(
    "gh",
    'printf "%s\\n" "$*" >> "$RUNNER_TEMP/gh"; [ "$GH_FAILS" != true ] || exit 1; case "$*" in *--paginate*) printf "%s" "$KNOWN";; esac',
  );
  const files = { GITHUB_OUTPUT: join(temp, "output"), GITHUB_STEP_SUMMARY: join(temp, "summary") };
  for (const file of Object.values(files)) writeFileSync(file, "");
  mkdirSync(join(temp, "tracklint"));
  const defaults = Object.fromEntries(
    Object.entries(step.env ?? {}).map(([name, value]) => {
      const [, input] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value) ?? [];
      return [name, input === undefined ? "" : (action.inputs[input]?.default ?? "")];
    }),
  );
  const { status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run!], {
    cwd: folder,
    encoding: "utf8",
    env: {
      HOME: temp,
      PATH: `${bin}:${process.env.PATH}`,
      RUNNER_TEMP: temp,
      GITHUB_ACTIONS: "true",
      ...files,
      ...defaults,
      ...env,
    },
  });
  const read = (name: string) => (existsSync(join(temp, name)) ? readFileSync(join(temp, name), "utf8") : "");
  const output = Object.fromEntries(
    read("output")
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  );
  return { status, stdout, stderr, output: output as Readonly<Record<string, string>>, read };
}

function repository(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(files);
  git(folder, "init", "--quiet", "--initial-branch", "main");
  git(folder, "add", "--all");
  git(folder, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "first");
  return folder;
}

test("every input has a use and a description, and none stands in a script", () => {
  expect(action.runs.using).toBe("composite");
  const used = new Set([...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name));
  expect([...used].sort()).toEqual(Object.keys(action.inputs).sort());
  for (const { description } of Object.values(action.inputs)) expect(description).toMatch(/\w/);
  for (const { run, shell } of steps.filter((step) => step.run !== undefined)) {
    expect(run).not.toContain("${{");
    expect(shell).toBe("bash");
  }
});

test("annotations, the summary and the outcome", () => {
  const { status, stdout, output, read } = runStep(check, repository(SHOP), {});
  expect(status).toBe(0);
  expect(output).toEqual({ "exit-code": "1" });
  expect(stdout).toMatch(/✖ 1 problem .*\n(.*\n)*::error title=tracklint \(unknown-event\),file=my cart\.ts,line=3,/);
  expect(read("summary")).toMatch(/^### tracklint: 1 error in 1 file\n/);
  expect(read("called")).toBe("tracklint\n");
});

test("a version, paths with spaces, further arguments; nothing that is switched off", () => {
  const env = {
    VERSION: "1.2.3",
    PATHS: "my cart.ts\n\nquiet.ts\n",
    ARGS: " --rule unknown-event:warn  --max-warnings 5 ",
    ANNOTATIONS: "false",
    SUMMARY: "false",
  };
  const { stdout, output, read } = runStep(check, repository(SHOP), env);
  expect(output).toEqual({ "exit-code": "0" });
  expect(stdout).toContain("1 warning");
  expect(stdout).not.toMatch(/^::/m);
  expect(read("summary")).toBe("");
  expect(read("called")).toBe("tracklint@1.2.3\n");
});

test("what is uploaded to code scanning holds nothing that is suppressed", () => {
  const { output, read } = runStep(check, repository(SHOP), { SARIF: "true" });
  const log = (name: string): Log => JSON.parse(read(name));
  expect(output["sarif-file"]).toMatch(/tracklint\.sarif$/);
  expect(log("tracklint/all.sarif").runs[0]!.results).toHaveLength(2);
  expect(log("tracklint/tracklint.sarif").runs[0]!.results).toHaveLength(1);
});

test("a comment tells what the pull request has a part in", () => {
  const folder = repository(SHOP);
  const base = git(folder, "rev-parse", "HEAD").trim();
  writeFileSync(join(folder, "new.ts"), sending("Shelf Dusted"));
  const { output, read } = runStep(check, folder, { COMMENT: "true", BASE: base });
  expect(output["exit-code"]).toBe("1");
  expect(output["comment-file"]).toMatch(/changes\.md$/);
  expect(read("tracklint/changes.md")).toContain("Shelf Dusted");
  expect(read("tracklint/changes.md")).not.toContain("Cart Emptied");
  expect(read("summary")).toContain("Cart Emptied");
});

test("where git can't tell, a warning says so", () => {
  const { status, stdout, output } = runStep(check, repository(SHOP), { COMMENT: "true", BASE: "0".repeat(40) });
  expect([status, output["comment-file"]]).toEqual([0, undefined]);
  expect(stdout).toContain("::warning title=tracklint::No comment: ");
});

test("a mistake in the plan ends with 2, and prints what it is", () => {
  const broken = { ...SHOP, "tracking-plan.yaml": PLAN.replace("events", "evnts") };
  const { stdout, output } = runStep(check, repository(broken), { COMMENT: "true", BASE: "main" });
  expect(output).toEqual({ "exit-code": "2" });
  expect(stdout).toContain("plan-invalid");
});

test("the comment is written once, then kept up to date; without findings none is begun", () => {
  const folder = temporaryFolder({ bad: "### tracklint: 1 error in 1 file\n", good: "### tracklint: no problems\n" });
  const calls = (env: Readonly<Record<string, string>>) =>
    runStep(comment, folder, { REPOSITORY: "acme/shop", NUMBER: "7", ...env })
      .read("gh")
      .split("\n")
      .filter((line) => line.includes("--method"))
      .map((line) => line.replace(/ -F .*/, ""));
  expect(calls({ FILE: "bad" })).toEqual(["api --method POST repos/acme/shop/issues/7/comments"]);
  expect(calls({ FILE: "good" })).toEqual([]);
  expect(calls({ FILE: "good", KNOWN: "41\n42\n" })).toEqual(["api --method PATCH repos/acme/shop/issues/comments/41"]);
  const refused = runStep(comment, folder, { FILE: "bad", REPOSITORY: "a/b", NUMBER: "1", GH_FAILS: "true" });
  expect([refused.status, refused.stdout]).toEqual([
    0,
    expect.stringContaining("::warning title=tracklint::No comment: "),
  ]);
});

test("the job ends as tracklint did, after all else", () => {
  for (const code of ["0", "1", "2", "3"]) expect(runStep(end, root, { CODE: code }).status).toBe(Number(code));
  expect(steps.slice(1).every((step) => step.if?.includes("always()"))).toBe(true);
});
