import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HARBOR = fileURLToPath(new URL("../../fixtures/monorepo", import.meta.url));
const FILES_IN_AREA = 40;
/** Together with Harbor's own 124 calls there are 500. */
const TRACKING_FILES = 94;
const CALLS_IN_FILE = 4;

/**
 * Writes a git repository of about `count` source files: Harbor and more callers of its wrappers, always the same 500
 * tracking calls, and around them files that do what most code does, import each other and render things, and track
 * nothing. The same files every time.
 */
export function generateMonorepo(folder, count) {
  cpSync(HARBOR, folder, { recursive: true });
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (let index = 0; index < TRACKING_FILES; index++) {
    const [path, text] = [trackingComponent, trackingService, trackingJob][index % 3](index);
    write(path, text);
  }
  for (let index = 0; index < count; index++) {
    write(pathOf(index), index % 3 === 0 ? component(index) : service(index));
  }
  const git = (...args) =>
    execFileSync("git", ["-C", folder, "-c", "core.safecrlf=false", ...args], { stdio: "ignore" });
  git("init", "--quiet");
  git("add", "--all");
}

function trackingComponent(index) {
  const handlers = range(CALLS_IN_FILE).map(
    (call) =>
      `  const on${call} = () => capture("Panel ${index} Step ${call} Opened", { plan: "pro", position: ${call}, label: props.label });`,
  );
  return [
    `apps/web/src/panels/panel-${index}.tsx`,
    `import { useAnalytics } from "@/hooks/use-analytics";

export function Panel${index}(props: { label: string }) {
  const { capture } = useAnalytics();
${handlers.join("\n")}
  return <nav>{[${range(CALLS_IN_FILE).map((call) => `on${call}`)}].map((on, row) => <button key={row} onClick={on}>{props.label}</button>)}</nav>;
}
`,
  ];
}

function trackingService(index) {
  const methods = range(CALLS_IN_FILE).map(
    (call) => `
  step${call}(req: Request, total: number) {
    this.analytics.track(req, "Service ${index} Step ${call} Done", { total, currency: "EUR" });
  }`,
  );
  return [
    `apps/api/src/flows/flow-${index}.ts`,
    `import type { Request } from "express";
import type { AnalyticsService } from "../analytics/analytics.service.ts";

export class Flow${index} {
  constructor(private readonly analytics: AnalyticsService) {}
${methods.join("\n")}
}
`,
  ];
}

function trackingJob(index) {
  const reports = range(CALLS_IN_FILE).map(
    (call) => `  await report(userId, "Job ${index} Step ${call} Finished", { rows: rows.length });`,
  );
  return [
    `apps/worker/src/nightly/job-${index}.ts`,
    `import { report } from "../lib/report.js";

export async function job${index}(userId: string, rows: readonly string[]) {
${reports.join("\n")}
}
`,
  ];
}

function pathOf(index) {
  const app = ["apps/web/src/features", "apps/api/src/modules", "apps/worker/src/tasks"][index % 3];
  const area = Math.floor(index / FILES_IN_AREA);
  return `${app}/area-${area}/${nameOf(index)}.${index % 3 === 0 ? "tsx" : "ts"}`;
}

function nameOf(index) {
  return `${["invoice", "board", "member", "schedule", "report", "thread", "label"][index % 7]}-${index}`;
}

function component(index) {
  const fields = range(12).map((field) => `  field${field}: string | undefined;`);
  const rows = range(18).map(
    (row) => `        <tr key="${row}" onClick={() => open(${row})}><td>{props.field${row % 12} ?? "none"}</td></tr>`,
  );
  return `import { useEffect, useMemo, useState } from "react";
import { formatAmount } from "./amount-${index}";

interface Props {
${fields.join("\n")}
  onOpen: (row: number) => void;
}

/** The page data and the identity of what is shown; capture the focus before it opens. */
export function View${index}(props: Props) {
  const [selected, setSelected] = useState<number>();
  const total = useMemo(() => formatAmount(Object.keys(props).length), [props]);

  useEffect(() => {
    document.title = \`View ${index}: \${total}\`;
  }, [total]);

  function open(row: number) {
    setSelected(row);
    props.onOpen(row);
  }

  return (
    <table aria-label={selected === undefined ? "nothing selected" : String(selected)}>
      <tbody>
${rows.join("\n")}
      </tbody>
    </table>
  );
}
`;
}

function service(index) {
  const methods = range(12).map(
    (method) => `
  async load${method}(id: string, options: { readonly limit?: number } = {}): Promise<Row${index}[]> {
    const found = await this.rows.find({ kind: "${nameOf(index)}", id, limit: options.limit ?? ${10 + method} });
    const grouped = new Map<string, Row${index}[]>();
    for (const row of found) grouped.set(row.group, [...(grouped.get(row.group) ?? []), row]);
    if (grouped.size === 0) throw new Error(\`nothing for \${id} in method ${method}\`);
    return [...grouped.values()].flat().filter((row) => row.track !== "archived");
  }`,
  );
  return `import type { Rows } from "../rows";

interface Row${index} {
  group: string;
  track: string;
  total: number;
}

export class Service${index} {
  private readonly rows: Rows<Row${index}>;

  constructor(rows: Rows<Row${index}>) {
    this.rows = rows;
  }
${methods.join("\n")}
}
`;
}

function range(length) {
  return Array.from({ length }, (_, index) => index);
}
