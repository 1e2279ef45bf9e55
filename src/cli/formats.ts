import type { Inventory, Wrapper } from "../calls/types.ts";
import type { CheckContext, CheckReport, Explained, ReportContext } from "../report/types.ts";

type Render<Report, Context = ReportContext> = (report: Report, context: Context, root: string) => Promise<string>;

/** How findings can be printed, by the name that `--format` takes, in the order of the help. */
export const CHECK_FORMATS = {
  pretty: async (report, context) => (await import("../report/pretty.ts")).prettyReport(report, context),
  json: async (report) => {
    const { checkOutput, toJson } = await import("../report/check-output.ts");
    return toJson(checkOutput(report));
  },
  html: async (report) => (await import("./html-report.ts")).printHtml(report),
  compact: async (report, context) => (await import("../report/compact.ts")).compactReport(report, context),
  agent: async (report, context) => (await import("../report/agent.ts")).agentReport(report, context),
  markdown: async (report, context) => (await import("../report/markdown.ts")).markdownReport(report, context),
  github: async (report, context) => (await import("../report/github.ts")).githubReport(report, context),
  gitlab: async (report, context) => (await import("../report/gitlab.ts")).gitlabReport(report, context),
  sarif: async (report, context) => (await import("../report/sarif.ts")).sarifReport(report, context),
  junit: async (report, context) => (await import("../report/junit.ts")).junitReport(report, context),
  checkstyle: async (report, context) => (await import("../report/checkstyle.ts")).checkstyleReport(report, context),
} satisfies Record<string, Render<CheckReport, CheckContext>>;

/** How the inventory can be printed. */
export const SCAN_FORMATS = {
  pretty: async (code, context) => (await import("../report/pretty-scan.ts")).prettyScan(code, context),
  json: async (code, _context, root) => {
    const [{ scanOutput }, { toJson }] = await Promise.all([
      import("../report/scan-output.ts"),
      import("../report/check-output.ts"),
    ]);
    return toJson(scanOutput(code, root));
  },
} satisfies Record<string, Render<Inventory>>;

/** How the wrappers can be printed. */
export const WRAPPER_FORMATS = {
  pretty: async (wrappers, context) => (await import("../report/pretty-wrappers.ts")).prettyWrappers(wrappers, context),
  json: async (wrappers, _context, root) => {
    const [{ wrappersOutput }, { toJson }] = await Promise.all([
      import("../report/scan-output.ts"),
      import("../report/check-output.ts"),
    ]);
    return toJson(wrappersOutput(wrappers, root));
  },
} satisfies Record<ScanFormat, Render<readonly Wrapper[]>>;

/** How the account of one line can be printed. */
export const EXPLAIN_FORMATS = {
  pretty: async (told, context) => (await import("../report/pretty-explain.ts")).prettyExplanation(told, context),
  json: async ({ explanation }, _context, root) => {
    const [{ explanationOutput }, { toJson }] = await Promise.all([
      import("../report/explain-output.ts"),
      import("../report/check-output.ts"),
    ]);
    return toJson(explanationOutput(explanation, root));
  },
} satisfies Record<ScanFormat, Render<Explained>>;

export type CheckFormat = keyof typeof CHECK_FORMATS;
export type ScanFormat = keyof typeof SCAN_FORMATS;
