import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { discover } from "../../src/discover/discover.ts";
import { HostError } from "../../src/host/host.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { draftPlan } from "../../src/init/draft-plan.ts";
import { printPlan } from "../../src/init/print-plan.ts";
import { scan } from "../../src/lint.ts";
import { openCodebase, planPlace } from "./codebase.ts";
import { rulesThatFind } from "./found.ts";
import { lineOf } from "./mutation.ts";
import { mutationsOf } from "./mutations.ts";
import { spread } from "./select.ts";

/** The folder of a clone, how many changes of each subject at most, and a plan; without one, that which `init` drafts. */
const [folder = ".", each = "5", planFile] = process.argv.slice(2);

const disk = nodeHost(resolve(folder));
const listed = disk.gitFiles() ?? [];
const files: Record<string, string> = {};
for (const path of listed) {
  try {
    const text = disk.readText(path);
    if (text !== undefined) files[path] = text;
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
  }
}
const hostOf = (texts: Readonly<Record<string, string>>) => memoryHost(texts, { gitFiles: Object.keys(texts) });
const { code, projects } = await scan({}, hostOf(files));
const plan =
  planFile === undefined
    ? printPlan(draftPlan(code, projects, {}), { schema: "plan.schema.json" })
    : readFileSync(planFile, "utf8");
const place = planPlace(plan);
const wrappers = [...new Set(code.wrappers.flatMap(({ name }) => name.split(/[^\w$]+/).at(-1) ?? []))];
const mistakes = mutationsOf(openCodebase(files, place, wrappers, hostOf(files))).filter((one) => one.isMistake);
const chosen = spread(mistakes, Number(each));
const found = await rulesThatFind(files, place, chosen, hostOf);
const missed = chosen.filter((one) => found.get(one)!.length === 0);
const byRule = new Map<string, number>();
for (const rule of [...found.values()].flat()) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
const share = ((100 * (chosen.length - missed.length)) / chosen.length).toFixed(1);
const lines = [
  `${discover(hostOf(files), {}).files.length} files, ${code.calls.length} calls, ${mistakes.length} mistakes`,
  `${chosen.length - missed.length} of ${chosen.length} found (${share} %)`,
  ...[...byRule].toSorted(([, a], [, b]) => b - a).map(([rule, count]) => `  ${rule} ${count}`),
  "missed:",
  ...missed.map((one) => `  ${lineOf(one)}`),
];
process.stdout.write(`${lines.join("\n")}\n`);
