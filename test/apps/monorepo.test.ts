import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";
import { rules } from "../../rules/index.ts";
import { type CheckResult, check, type Finding, type Range } from "../../src/index.ts";

// The whole program: a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const COMPARES = "schema-version-bump";
let ran: Promise<CheckResult> | undefined;
const checked = () => {
  // Two versions of the plan would be those of this repository's history.
  const severities = { [COMPARES]: "off" } as const;
  ran ??= check({ cwd: ROOT, paths: ["fixtures/monorepo"], plan: "tracking-plan.example.yaml", severities });
  return ran;
};

it("finds the mistakes of the bundled monorepo, and nothing else", async () => {
  const { findings } = await checked();

  await expect(findings.map(describeFinding).join("\n")).toMatchFileSnapshot("./monorepo.txt");
});

it("holds a mistake for every rule, so that the first run shows what there is", async () => {
  const { findings, notJudged, internalErrors } = await checked();
  const reported = new Set(findings.map((finding) => finding.rule));

  expect(rules.map((rule) => rule.meta.id).filter((id) => id !== COMPARES && !reported.has(id))).toEqual([]);
  expect(notJudged).toEqual([
    // RudderStack reads the choice elsewhere than Segment, and nothing in Harbor carries it there.
    {
      rule: "consent-propagation",
      source: "worker",
      reason: "neither the plan nor a call says where the user's choice is carried",
    },
    { rule: "unused-event", source: "ios", reason: "its code is elsewhere" },
  ]);
  expect(internalErrors).toEqual([]);
});

it("parses only what has a reason to be parsed", async () => {
  const { stats } = await checked();

  expect(stats.parsed).toBeLessThan(stats.listed);
  expect(stats.withCalls).toBeGreaterThan(50);
});

/** A finding as a few lines: place, severity, rule, message, and the places that belong to it. */
function describeFinding({ rule, severity, at, message, plan, related }: Finding): string {
  const place = ({ file, line, column }: Range) => `${file.replace(/^(\.\.\/)+/, "")}:${line}:${column}`;
  return [
    `${place(at)}  ${severity}  ${rule}`,
    `    ${message}`,
    ...(plan === undefined ? [] : [`    plan ${place(plan)}`]),
    ...related.map((one) => `    also ${place(one.at)}  ${one.message}`),
    "",
  ].join("\n");
}
