// How long `tracklint check` takes, and what that is beside: the least that it must do (floor.mjs), the start of Node
// and git, the usual analysis with ts-morph (whole-program.mjs), ESLint with one rule, oxlint. Each run is a process of
// its own, and all of them take turns, so that what else the machine does falls on all.
//
//   npm run bench                            generated monorepos of 1,000, 4,000 and 16,000 files around the same 500 calls
//   npm run bench -- CLONE…                  these repositories, on a copy
//   npm run bench -- --sizes 1000 --runs 9 --only floor,cold,warm
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { generateMonorepo } from "./generate-monorepo.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const TRACKLINT = here("../../bin/tracklint.js");
const PLAN = here("../../tracking-plan.example.yaml");
const USAGE = new URL("usage.mjs", import.meta.url).href;
const TOOLS = here("tools");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: "string", default: "1000,4000,16000" },
    runs: { type: "string", default: "5" },
    only: { type: "string" },
  },
});
const work = mkdtempSync(join(tmpdir(), "tracklint-bench-"));

/** Beside what a median is shown. */
const BESIDE = {
  cold: "floor",
  warm: "start",
  "10 changed": "cold",
  "10 with calls": "cold",
  "whole program": "cold",
  eslint: "cold",
  oxlint: "cold",
};

try {
  const repositories =
    positionals.length > 0
      ? positionals.map((path) => ({ name: basename(resolve(path)), root: copyOf(resolve(path)), plan: [] }))
      : values.sizes.split(",").map((size) => {
          const root = join(work, `generated-${size}`);
          mkdirSync(root);
          generateMonorepo(root, Number(size));
          return { name: `generated ${size}`, root, plan: ["--plan", PLAN] };
        });
  for (const { name, root, plan } of repositories) report(name, measure(root, ["check", "--exit-zero", ...plan]));
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** What is committed, so that the repository itself is left alone. */
function copyOf(path) {
  const root = join(work, basename(path));
  run("git", ["clone", "--quiet", "--shared", path, root], work);
  return root;
}

function measure(root, check) {
  const lists = join(work, "lists.json");
  const kept = join(work, "kept");
  rmSync(kept, { recursive: true, force: true });
  const { calls } = JSON.parse(tracklint(root, ["scan", "--no-cache", "--format", "json"]).stdout);
  const inScope = tracklint(root, ["check", "--show-files"]).stdout.split("\n").filter(Boolean);
  const withCalls = [...new Set(calls.map((call) => call.file))];
  writeFileSync(lists, JSON.stringify({ inScope, withCalls }));
  const stats = tracklint(root, [...check, "--stats", "--cache-location", kept]).stderr;
  // Marks of files that were just written are not kept: the second run knows them.
  spawnSync("sleep", ["2.5"]);
  tracklint(root, [...check, "--cache-location", kept]);

  let edits = 0;
  const changed = (files) => {
    edits += 1;
    for (const file of files) appendFileSync(join(root, file), edit(file, edits));
    return measured(root, [TRACKLINT, ...check, "--cache-location", kept]);
  };
  const ways = {
    start: () => measured(root, ["-e", "0"], () => run("git", ["ls-files"], root)),
    floor: () => measured(root, [here("floor.mjs"), root, lists]),
    cold: () => measured(root, [TRACKLINT, ...check, "--no-cache"]),
    warm: () => measured(root, [TRACKLINT, ...check, "--cache-location", kept]),
    "10 changed": () => changed(spread(inScope, 10)),
    "10 with calls": () => changed(spread(withCalls, 10)),
    "whole program": () => measured(root, ["--max-old-space-size=8192", here("whole-program.mjs"), root, lists]),
    eslint: () =>
      measured(
        root,
        [
          tool("eslint/bin/eslint.js"),
          "--no-config-lookup",
          "-c",
          join(TOOLS, "eslint.config.js"),
          "--quiet",
          "--no-error-on-unmatched-pattern",
          ".",
        ],
        undefined,
        [0, 1],
      ),
    oxlint: () =>
      measured(root, [tool("oxlint/bin/oxlint"), "-A", "all", "-D", "no-debugger", "--quiet"], undefined, [0, 1]),
  };
  const only = values.only?.split(",");
  const chosen = Object.entries(ways).filter(([name]) => only === undefined || only.includes(name));
  if (chosen.some(([name]) => name === "eslint" || name === "oxlint")) installTools();
  const taken = new Map(chosen.map(([name]) => [name, []]));
  for (let turn = 0; turn < Number(values.runs); turn++) for (const [name, way] of chosen) taken.get(name).push(way());
  return { files: inScope.length, parsed: /files parsed +(\d+)/.exec(stats)?.[1], calls: calls.length, taken };
}

/** Some of a list, as far from each other as can be: what a commit changes, without a choice. */
function spread(list, count) {
  return Array.from({ length: count }, (_, index) => list[Math.floor(((index + 0.5) * list.length) / count)]);
}

/** Code that was not there before. */
function edit(file, number) {
  const code = `\nexport const added${number} = [${number}, "of a benchmark"];\n`;
  return /\.(?:vue|svelte|astro)$/.test(file) ? `\n<!-- ${number} -->\n` : code;
}

function report(name, { files, parsed, calls, taken }) {
  process.stdout.write(`\n${name}: ${files} files in scope, ${parsed} parsed, ${calls} calls\n`);
  const medians = new Map([...taken].map(([way, runs]) => [way, median(runs.map(({ wall }) => wall))]));
  for (const [way, runs] of taken) {
    const wall = medians.get(way);
    const beside = medians.get(BESIDE[way]);
    const ratio = beside === undefined ? "" : `${(wall / beside).toFixed(2)} × ${BESIDE[way]}`;
    const memory = `${Math.round(median(runs.map((one) => one.memory)))} MB`;
    const cpu = `cpu ${Math.round(median(runs.map((one) => one.cpu)))} ms`;
    const cells = [
      way.padEnd(15),
      `${Math.round(wall)} ms`.padStart(9),
      cpu.padStart(14),
      memory.padStart(9),
      `  ${ratio}`,
    ];
    process.stdout.write(`  ${cells.join("")}\n`);
  }
}

/** Milliseconds of the clock and of the processors, and megabytes at the peak. */
function measured(root, args, more, allowed = [0]) {
  const file = join(work, "usage.json");
  const start = performance.now();
  node(root, ["--import", USAGE, ...args], { USAGE_FILE: file }, allowed);
  more?.();
  const wall = performance.now() - start;
  return { wall, ...JSON.parse(readFileSync(file, "utf8")) };
}

function tracklint(root, args) {
  return node(root, [TRACKLINT, ...args]);
}

function tool(path) {
  return join(TOOLS, "node_modules", path);
}

function installTools() {
  if (!existsSync(tool("eslint"))) run("npm", ["ci", "--no-audit", "--no-fund"], TOOLS);
}

function node(cwd, args, environment = {}, allowed = [0]) {
  return run(process.execPath, args, cwd, environment, allowed);
}

function run(command, args, cwd, environment = {}, allowed = [0]) {
  const result = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: "1", ...environment },
  });
  if (allowed.includes(result.status)) return result;
  throw new Error(`${command} ${args.join(" ")} ended with ${result.status}:\n${result.stderr}`);
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
