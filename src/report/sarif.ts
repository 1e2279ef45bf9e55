import type {
  ArtifactLocation,
  Location,
  Log,
  PhysicalLocation,
  ReportingDescriptor,
  Result,
  Suppression,
} from "sarif";
import { ENGINE_CODES, type EngineCode } from "../diagnostics/engine-codes.ts";
import type { Finding, Severity } from "../diagnostics/finding.ts";
import type { Range } from "../diagnostics/range.ts";
import { toJson } from "./check-output.ts";
import { relativeUri } from "./escape.ts";
import { fullMessage } from "./full-message.ts";
import { levelWord } from "./level-word.ts";
import type { AboutRule, CheckContext, CheckReport } from "./types.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const HOME = "https://www.npmjs.com/package/tracklint";

/** What files are relative to; the name that GitHub and its tools give it. */
const ROOT = "%SRCROOT%";

/** Names how fingerprints are made: another way has another number. */
const FINGERPRINT = "tracklint/v1";

/**
 * SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
 *
 * What comments switch off and what the baseline hides is in it as suppressed; those who show results leave that out,
 * but for GitHub's code scanning: what is uploaded there must be freed of it, as action.yml does.
 */
export function sarifReport(report: CheckReport, context: CheckContext): string {
  const { findings, suppressed, baseline } = report;
  const hidden = baseline?.hidden ?? [];
  const rules = [...new Set([...findings, ...suppressed.map((one) => one.finding), ...hidden].map(({ rule }) => rule))];
  rules.sort();
  const result = (finding: Finding, suppression?: Suppression): Result => ({
    ...resultOf(finding, rules.indexOf(finding.rule), context),
    // Of all results or of none (3.27.24).
    ...(baseline === undefined ? {} : { baselineState: suppression?.kind === "external" ? "unchanged" : "new" }),
    ...(suppression === undefined ? {} : { suppressions: [suppression] }),
  });
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "tracklint",
            version: context.version,
            semanticVersion: context.version,
            informationUri: HOME,
            rules: rules.map((id) => descriptor(id, context)),
          },
        },
        originalUriBaseIds: { [ROOT]: { description: { text: "The top of the repository." } } },
        columnKind: "utf16CodeUnits",
        results: [
          ...findings.map((finding) => result(finding)),
          ...suppressed.map(({ finding, reason }) =>
            result(finding, { kind: "inSource", ...(reason === undefined ? {} : { justification: reason }) }),
          ),
          ...hidden.map((finding) =>
            result(finding, {
              kind: "external",
              justification: "In the baseline",
              ...(baseline === undefined ? {} : { location: { physicalLocation: file(baseline.file, context) } }),
            }),
          ),
        ],
      },
    ],
  };
  return toJson(log);
}

function resultOf(finding: Finding, ruleIndex: number, context: CheckContext): Result {
  const { plan, related } = finding;
  const places = [
    ...(plan === undefined ? [] : [{ at: plan, message: "What the tracking plan says" }]),
    ...related,
  ].map(({ at, message }, id): Location => ({ id, physicalLocation: physical(at, context), message: plain(message) }));
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levelWord(finding.severity),
    message: plain(fullMessage(finding)),
    locations: [{ physicalLocation: physical(finding.at, context) }],
    ...(places.length === 0 ? {} : { relatedLocations: places }),
    partialFingerprints: { [FINGERPRINT]: finding.fingerprint },
  };
}

/** A message without links: what looks like one must not become it (3.11.6). */
function plain(text: string): { readonly text: string } {
  return { text: text.replace(/\[(?=[^\]]*\]\()/g, "\\[") };
}

function physical(at: Range, context: CheckContext): PhysicalLocation {
  const { line: startLine, column: startColumn, endLine, endColumn } = at;
  return { ...file(at.file, context), region: { startLine, startColumn, endLine, endColumn } };
}

function file(path: string, context: CheckContext): { readonly artifactLocation: ArtifactLocation } {
  return { artifactLocation: { uri: relativeUri(context.repositoryPath(path)), uriBaseId: ROOT } };
}

function descriptor(id: string, context: CheckContext): ReportingDescriptor {
  const about = context.aboutRule(id);
  if (about !== undefined) return builtIn(id, about);
  if (!isEngineCode(id)) return { id };
  return { id, shortDescription: { text: `${ENGINE_CODES[id]}.` }, defaultConfiguration: { level: "error" } };
}

function builtIn(id: string, { summary, category, level, url, page }: AboutRule): ReportingDescriptor {
  const text = `${summary}.`;
  return {
    id,
    shortDescription: { text },
    fullDescription: { text },
    help: { text: `${text}${url === undefined ? "" : ` ${url}`}`, markdown: absoluteLinks(page, url) },
    ...(url === undefined ? {} : { helpUri: url }),
    defaultConfiguration: { level: sarifLevel(level) },
    properties: { tags: ["analytics", category] },
  };
}

function sarifLevel(level: Severity | "off"): "error" | "warning" | "none" {
  return level === "off" ? "none" : levelWord(level);
}

/** Pages link to each other by their names, which mean nothing where the help is shown. */
function absoluteLinks(page: string, url: string | undefined): string {
  if (url === undefined) return page;
  return page.replace(/\]\((?!\w+:|#)([^)\s]+)\)/g, (_, path: string) => `](${new URL(path, url).href})`);
}

function isEngineCode(id: string): id is EngineCode {
  return Object.hasOwn(ENGINE_CODES, id);
}
