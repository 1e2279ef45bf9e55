import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Inventory } from "../../src/calls/types.ts";
import { defineRule } from "../../src/engine/rule.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { check } from "../../src/lint.ts";
import { readPackage } from "../../src/part.ts";
import { joinParts } from "../../src/parts/join-parts.ts";
import type { Part } from "../../src/parts/part.ts";
import { printPart } from "../../src/parts/print-part.ts";
import { readPart } from "../../src/parts/read-part.ts";
import { checkOutput } from "../../src/report/check-output.ts";

export const PLAN = "tracking-plan.yaml";
export const BUILD = "test";

function planOf(folder: string) {
  const isThere = existsSync(join(folder, PLAN));
  return isThere ? { plan: { host: nodeHost(folder), path: PLAN, prefix: "" } } : {};
}

export async function partOf(folder: string, name: string): Promise<Part> {
  return readPackage({ ...planOf(folder), folder: name }, nodeHost(folder));
}

/** The texts of all parts of a project, by the folder of the package. */
export async function partTexts(folder: string): Promise<Map<string, string>> {
  const root = await partOf(folder, "");
  const texts = new Map([["", printPart(root, BUILD)]]);
  for (const { folder: name } of root.packages ?? []) {
    texts.set(name, printPart(await partOf(folder, name), BUILD));
  }
  return texts;
}

interface Result {
  readonly report: unknown;
  readonly inventory: Inventory | undefined;
  readonly parsed: number;
}

/** All that one run finds. */
export async function wholeOf(folder: string): Promise<Result> {
  return resultOf(folder, {});
}

/** All that parts give where the code is not. */
export async function joinedOf(folder: string, texts: ReadonlyMap<string, string>): Promise<Result> {
  const named = [...texts].map(([name, text]) => ({ name, part: readPart(text, name, BUILD) }));
  return resultOf(folder, { parts: joinParts(named, memoryHost({}, { root: nodeHost(folder).root })) });
}

async function resultOf(folder: string, options: Pick<Parameters<typeof check>[0], "parts">): Promise<Result> {
  let inventory: Inventory | undefined;
  const spy = defineRule({
    meta: {
      id: "test/spy",
      category: "schema",
      summary: "Sees what rules see",
      default: { withoutPlan: "warn", withPlan: "warn" },
      messages: {},
    },
    defaultOptions: {},
    *check({ code }) {
      inventory = code;
      yield* [];
    },
  });
  const host = nodeHost(folder);
  const result = await check({ ...planOf(folder), ...options, rules: [spy], today: "2026-11-25" }, host);
  return {
    report: [checkOutput(result), result.suppressed, result.files, result.planFiles],
    inventory,
    parsed: result.stats.parsed,
  };
}
