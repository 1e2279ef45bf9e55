import type { Finding } from "../diagnostics/finding.ts";
import { sortFindings } from "../diagnostics/finding-list.ts";
import { discover } from "../discover/discover.ts";
import type { Rule } from "../engine/rule.ts";
import { memoryHost } from "../host/memory-host.ts";
import { judge } from "../judge.ts";
import { buildInventory } from "../link/build-inventory.ts";
import { loadPlan } from "../plan/load-plan.ts";
import type { Expectation } from "./expectations.ts";
import { type Example, expectationsOf } from "./page.ts";

const PLAN = "tracking-plan.yaml";
/** The plan as it was. */
const BEFORE = "before/tracking-plan.yaml";
const TODAY = "2026-11-24";

/**
 * Runs one rule over a small project, once in the order of its files and once in reverse.
 *
 * @param beside rules that run too, whose findings don't count: those that a rule about suppressions needs
 * @returns in words, how it differs from what the comments in the project expect; empty where it doesn't
 */
export async function tryRule(rule: Rule, example: Example, beside: readonly Rule[] = []): Promise<string[]> {
  const findings = await run(rule, beside, example.files);
  const reversed = await run(rule, beside, example.files, { reverse: true });
  const order =
    JSON.stringify(findings) === JSON.stringify(reversed)
      ? []
      : ["reading the files in reverse order changes the findings"];
  return [...compare(findings, expectationsOf(example)), ...order];
}

async function run(
  rule: Rule,
  beside: readonly Rule[],
  files: Readonly<Record<string, string>>,
  { reverse = false } = {},
): Promise<Finding[]> {
  const host = memoryHost(files);
  const loaded = host.isFile(PLAN) ? await loadPlan(host, PLAN) : undefined;
  const plan = loaded?.plan;
  const discovery = await discover(host, { paths: [""], ...(plan === undefined ? {} : { plan }) });
  const ordered = reverse ? { ...discovery, files: discovery.files.toReversed() } : discovery;
  const code = await buildInventory({ host, discovery: ordered, plan });
  const others = beside.filter((one) => one.meta.id !== rule.meta.id);
  const old = host.isFile(BEFORE) ? loadPlan(host, BEFORE).plan : undefined;
  const before = old && { plan: old, revision: "main" };
  const { findings } = judge(code, loaded, { rules: [rule, ...others], today: TODAY, before });
  const apart = new Set(others.map((one) => one.meta.id));
  return sortFindings(findings.filter((finding) => !apart.has(finding.rule)));
}

/** Each finding answers one expectation, and each expectation has one finding. */
function compare(findings: readonly Finding[], expected: readonly Expectation[]): string[] {
  const open = [...findings];
  const unmet = expected.filter((expectation) => {
    const index = open.findIndex((finding) => answers(finding, expectation));
    if (index !== -1) open.splice(index, 1);
    return index === -1;
  });
  return [
    ...unmet.map(({ file, line, rule, text }) => `${file}:${line}: expected ${rule} "${text}"`),
    ...open.map(({ at, rule, message }) => `${at.file}:${at.line}: not expected: ${rule}: ${message}`),
  ];
}

function answers({ at, rule, message, help }: Finding, expected: Expectation): boolean {
  const says = message.includes(expected.text) || help?.includes(expected.text) === true;
  return rule === expected.rule && at.file === expected.file && at.line === expected.line && says;
}
