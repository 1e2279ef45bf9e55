import { readFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";
import { expect, it } from "vitest";
import { gitFiles } from "../../src/host/git-files.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { openCodebase, planPlace } from "./codebase.ts";
import { rulesThatFind } from "./found.ts";
import { lineOf } from "./mutation.ts";
import { mutationsOf } from "./mutations.ts";
import { spread } from "./select.ts";

// Run by hand, on a clone that is only read: the changes are made in memory.
//   tracklint init --yes --output-file /tmp/plan.yaml        (in the clone)
//   CLONE=/path/to/clone PLAN=/tmp/plan.yaml WRAPPERS=trackAnalytics,report EACH=5 \
//     npx vitest run --dir test test/mutations/clone.test.ts
const { CLONE: folder, PLAN: plan, WRAPPERS: wrappers = "", EACH: each = "5" } = env;

it.runIf(folder && plan)(
  "finds at least 95 % of the mistakes in a clone",
  async () => {
    const texts = (gitFiles(folder!) ?? [])
      .filter(({ path, isLink }) => !isLink && /\.(?:[cm]?[jt]sx?|vue|svelte|astro|html|json)$/.test(path))
      .map(({ path }) => [path, readFileSync(join(folder!, path), "utf8")] as const);
    const files = Object.fromEntries(texts);
    const place = planPlace(readFileSync(plan!, "utf8"));
    const mistakes = mutationsOf(openCodebase(files, place, wrappers.split(","))).filter((one) => one.isMistake);
    const chosen = spread(mistakes, Number(each));
    const found = await rulesThatFind(files, place, chosen);
    const missed = chosen.filter((one) => found.get(one)!.length === 0);

    const report = `${missed.length} of ${chosen.length} missed\n${missed.map(lineOf).join("\n")}`;
    expect(chosen.length).toBeGreaterThan(0);
    expect(missed.length / chosen.length, report).toBeLessThanOrEqual(0.05);
  },
  1_800_000,
);
