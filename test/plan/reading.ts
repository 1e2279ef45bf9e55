import type { Finding } from "../../src/diagnostics/finding.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { loadPlan } from "../../src/plan/load-plan.ts";
import type { LoadedPlan } from "../../src/plan/loaded-plan.ts";
import type { Plan, PlanEvent } from "../../src/plan/model.ts";

export const planPath = "tracking-plan.yaml";

/** Loads a plan from its text, with other files beside it. */
export function load(text: string, files: Readonly<Record<string, string>> = {}): LoadedPlan {
  return loadPlan(memoryHost({ [planPath]: text, ...files }), planPath);
}

/** What is wrong with a plan, each as `line:column-endLine:endColumn message`, with the file where it is another. */
export function problemsOf(text: string, files: Readonly<Record<string, string>> = {}): string[] {
  return load(text, files).findings.map(showFinding);
}

/** As `problemsOf`, of a plan of which only what follows `tracklint: 1` is written; lines are counted from there. */
export function problemsBelow(text: string): string[] {
  return load(`tracklint: 1\n${text}`).findings.map((finding) => showFinding(upOneLine(finding)));
}

/** The plan, which must be valid. */
export function validPlan(text: string, files: Readonly<Record<string, string>> = {}): Plan {
  const { plan, findings } = load(text, files);
  if (plan === undefined || findings.length > 0) throw new TypeError(findings.map(showFinding).join("\n"));
  return plan;
}

/** One event of a valid plan. */
export function eventOf(plan: Plan, name: string): PlanEvent {
  const event = plan.find(name);
  if (event === undefined) throw new TypeError(`no event ${name}`);
  return event;
}

function showFinding({ at, message }: Finding): string {
  const file = at.file === planPath ? "" : `${at.file}:`;
  return `${file}${at.line}:${at.column}-${at.endLine}:${at.endColumn} ${message}`;
}

function upOneLine(finding: Finding): Finding {
  const { at } = finding;
  return { ...finding, at: { ...at, line: at.line - 1, endLine: at.endLine - 1 } };
}

export const payloadOf = (text: string, source = "*", platform = "unknown") =>
  eventOf(validPlan(`tracklint: 1\n${text}`), "A").payloadFor(source, platform);
