import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.ts";
import { run } from "../bad-input/run.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const readme = readFileSync(`${ROOT}/README.md`, "utf8");

const example = readFileSync(`${ROOT}/test/apps/api-example.ts`, "utf8").replace("../../src/index.ts", "tracklint");

const FIRST_RUN = ["check", "fixtures/monorepo", "--plan", "tracking-plan.example.yaml"];
const PICTURED = [
  { file: "src/routes/auth-google.ts", rule: "alias-at-signup" },
  { file: "src/routes/webhooks/stripe.ts", rule: "property-type" },
  { file: "src/jobs/stale-projects.js", rule: "consent-check" },
  { file: "src/routes/invites.ts", rule: "unknown-event" },
];

describe("README.md", () => {
  it("shows what the program prints and the tables that the code gives; `npm run test:update` writes them", async () => {
    const help = await run(ROOT, "check", "--help");
    const first = await run(ROOT, ...FIRST_RUN);
    const sections = {
      picture: block("console", `$ npx tracklint ${FIRST_RUN.join(" ")}\n${picture(first.out)}`),
      help: block("text", help.out),
      rules: rulesTable(),
      api: block("ts", example),
      sdks: sdksTable(),
    };
    const fresh = Object.entries(sections).reduce((text, [name, content]) => fill(text, name, content), readme);

    await expect(fresh).toMatchFileSnapshot(`${ROOT}/README.md`);
  });

  it("has an example of the API that runs", async () => {
    const { findings, names, summary, unsent } = await import("./api-example.ts");
    const rulesReported = new Set(findings.map((finding) => finding.rule));

    expect(names).toContain("Order Completed");
    expect(unsent).toContain("Project Duplicated");
    expect(rulesReported).toContain("acme/no-identify-in-worker");
    expect(rulesReported).not.toContain("consent-check");
    expect(summary.calls).toBeGreaterThan(100);
  });
});

function block(language: string, content: string): string {
  return `\`\`\`${language}\n${content.trim()}\n\`\`\``;
}

/** A few findings of the report, each below its file, and the tally. */
function picture(report: string): string {
  const shown = PICTURED.map(({ file, rule }) => {
    const blocks = report.split("\n\n");
    const start = blocks.findIndex((text) => text.endsWith(file));
    const finding = blocks.slice(start).find((text) => text.split("\n")[0]?.endsWith(`  ${rule}`));
    return `${blocks[start]}\n\n${finding}`;
  });
  return [...shown, "…", report.split("\n").find((line) => line.startsWith("✖"))].join("\n\n");
}

function fill(text: string, name: string, content: string): string {
  const { start, end } = between(text, name);
  return `${text.slice(0, start)}\n${content}\n${text.slice(end)}`;
}

function between(text: string, name: string): { start: number; end: number } {
  const open = `<!-- ${name}:start -->`;
  const start = text.indexOf(open) + open.length;
  const end = text.indexOf(`<!-- ${name}:end -->`);
  if (start < open.length || end < start) throw new Error(`README.md has no section \`${name}\``);
  return { start, end };
}

function rulesTable(): string {
  const level = (level: string) => (level === "off" ? "–" : level);
  const rows = rules.map(({ meta }) => {
    const { withoutPlan, withPlan } = meta.default;
    return `| [\`${meta.id}\`](rules/${meta.id}.md) | ${level(withoutPlan)} → ${level(withPlan)} | ${meta.summary} |`;
  });
  return ["| rule | severity | reports |", "| --- | --- | --- |", ...rows].join("\n");
}

interface VendorFile {
  readonly name: string;
  readonly sdks: readonly { readonly packages?: readonly string[]; readonly globals?: readonly { name: string }[] }[];
}

function sdksTable(): string {
  const folder = `${ROOT}/src/sdks/vendors`;
  const rows = readdirSync(folder).map((file) => {
    const { name, sdks } = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as VendorFile;
    const packages = new Set(sdks.flatMap((sdk) => sdk.packages ?? []));
    const globals = new Set(sdks.flatMap((sdk) => sdk.globals ?? []).map((global) => `window.${global.name}`));
    return `| ${name} | ${[...packages, ...globals].map((known) => `\`${known}\``).join(", ")} |`;
  });
  return ["| vendor | packages and globals |", "| --- | --- |", ...rows.sort()].join("\n");
}
