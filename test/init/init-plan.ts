import { rules } from "../../rules/index.ts";
import type { Finding } from "../../src/diagnostics/finding.ts";
import type { Host } from "../../src/host/host.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { draftPlan } from "../../src/init/draft-plan.ts";
import { printPlan } from "../../src/init/print-plan.ts";
import { check, scan } from "../../src/lint.ts";

const SCHEMA = "./node_modules/tracklint/dist/plan.schema.json";

/** Texts by path; a lone text is `src/app.ts`. */
export type Files = string | Readonly<Record<string, string>>;

export function hostOf(files: Files): Host {
  return memoryHost(typeof files === "string" ? { "src/app.ts": files } : files);
}

/** The plan that `init` writes for a codebase. */
export async function initPlan(host: Host): Promise<string> {
  const { code, projects } = await scan({}, host);
  return printPlan(draftPlan(code, projects), { schema: SCHEMA });
}

/** What `check` says of code against a plan: what is wrong with the plan, what breaks it, and names that it forbids. */
export async function conformance(host: Host, plan: string): Promise<readonly Finding[]> {
  const place = { host: memoryHost({ "tracking-plan.yaml": plan }), path: "tracking-plan.yaml", prefix: "plan" };
  const { findings, internalErrors } = await check({ plan: place }, host);
  const [error] = internalErrors;
  if (error !== undefined) throw error;
  return findings.filter(
    ({ rule, severity }) =>
      conformanceRules.has(rule) || rule === "plan-invalid" || (namingRules.has(rule) && severity === "error"),
  );
}

const conformanceRules: ReadonlySet<string> = new Set(
  rules.filter(({ meta }) => meta.conformance).map(({ meta }) => meta.id),
);

const namingRules: ReadonlySet<string> = new Set(
  rules.filter(({ meta }) => meta.category === "naming" && meta.id.endsWith("-casing")).map(({ meta }) => meta.id),
);

/** A finding as one line. */
export function lineOf({ rule, at, message }: Finding): string {
  return `${at.file}:${at.line} ${rule}: ${message}`;
}

/** The plan that `init` writes, from the line on that starts with this; to the end, or to another line. */
export async function planFrom(start: string, files: Files, end?: string): Promise<string> {
  const all = `${await initPlan(hostOf(files))}`.split("\n");
  const from = all.findIndex((line) => line.startsWith(start));
  const length = end === undefined ? -1 : all.slice(from).findIndex((line) => line.startsWith(end));
  return all
    .slice(from, length === -1 ? undefined : from + length)
    .join("\n")
    .trim();
}

export const segment =
  'import { AnalyticsBrowser } from "@segment/analytics-next";\nconst analytics = AnalyticsBrowser.load({ writeKey: "k" });\n';
export const posthog = 'import posthog from "posthog-js";\n';
