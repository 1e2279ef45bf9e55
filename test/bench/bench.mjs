// How a cold `tracklint check` compares with the least that it must do (floor.mjs), each in a process of its own.
//
//   npm run bench                            generated monorepos of 1,000, 4,000 and 16,000 files
//   npm run bench -- CLONE…                  these repositories
//   npm run bench -- --sizes 1000 --runs 9
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { generateMonorepo } from "./generate-monorepo.mjs";

const TRACKLINT = fileURLToPath(new URL("../../bin/tracklint.js", import.meta.url));
const PLAN = fileURLToPath(new URL("../../tracking-plan.example.yaml", import.meta.url));
const FLOOR = fileURLToPath(new URL("floor.mjs", import.meta.url));
const USAGE = new URL("usage.mjs", import.meta.url).href;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sizes: { type: "string", default: "1000,4000,16000" }, runs: { type: "string", default: "5" } },
});
const runs = Number(values.runs);
const work = mkdtempSync(join(tmpdir(), "tracklint-bench-"));

try {
  const repositories =
    positionals.length > 0
      ? positionals.map((path) => ({ name: basename(resolve(path)), root: resolve(path), plan: [] }))
      : values.sizes.split(",").map((size) => {
          const root = join(work, `generated-${size}`);
          mkdirSync(root);
          generateMonorepo(root, Number(size));
          return { name: `generated ${size}`, root, plan: ["--plan", PLAN] };
        });
  print(["repository", "files", "parsed", "calls", "floor ms", "check ms", "ratio", "cpu ratio", "peak MB"]);
  for (const { name, root, plan } of repositories) print([name, ...measure(root, ["check", "--exit-zero", ...plan])]);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function measure(root, check) {
  const lists = join(work, "lists.json");
  const { calls } = JSON.parse(tracklint(root, ["scan", "--format", "json"]).stdout);
  const inScope = tracklint(root, ["check", "--show-files"]).stdout.split("\n").filter(Boolean);
  writeFileSync(lists, JSON.stringify({ inScope, withCalls: [...new Set(calls.map((call) => call.file))] }));
  const parsed = /files parsed +(\d+)/.exec(tracklint(root, [...check, "--stats"]).stderr)?.[1];

  const floors = [];
  const checks = [];
  // In turns, so that what else the machine does falls on both.
  for (let run = 0; run < runs; run++) {
    floors.push(measured(root, [FLOOR, root, lists]));
    checks.push(measured(root, [TRACKLINT, ...check]));
  }
  const [floor, cold] = [floors, checks].map((list) => ({
    wall: median(list.map(({ wall }) => wall)),
    cpu: median(list.map(({ cpu }) => cpu)),
  }));
  return [
    inScope.length,
    parsed,
    calls.length,
    Math.round(floor.wall),
    Math.round(cold.wall),
    (cold.wall / floor.wall).toFixed(2),
    (cold.cpu / floor.cpu).toFixed(2),
    Math.round(median(checks.map(({ memory }) => memory))),
  ];
}

/** Milliseconds of the clock and of the processors, and megabytes at the peak. */
function measured(root, args) {
  const file = join(work, "usage.json");
  const start = performance.now();
  node(root, ["--import", USAGE, ...args], { USAGE_FILE: file });
  const wall = performance.now() - start;
  return { wall, ...JSON.parse(readFileSync(file, "utf8")) };
}

function tracklint(root, args) {
  return node(root, [TRACKLINT, ...args]);
}

function node(cwd, args, environment = {}) {
  const result = spawnSync(process.execPath, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: "1", ...environment },
  });
  if (result.status !== 0) throw new Error(`node ${args.join(" ")} ended with ${result.status}:\n${result.stderr}`);
  return result;
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function print(cells) {
  const widths = [18, 8, 8, 8, 10, 10, 8, 11, 9];
  const line = cells.map((cell, index) =>
    index === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[index]),
  );
  process.stdout.write(`${line.join("")}\n`);
}
