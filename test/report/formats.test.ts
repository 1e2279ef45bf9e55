import { marked } from "marked";
import type { Log } from "sarif";
import { describe, expect, test } from "vitest";
import { CHECK_FORMATS, type CheckFormat } from "../../src/cli/formats.ts";
import type { ReportData } from "../../src/report/html/data.ts";
import { htmlReport } from "../../src/report/html.ts";
import type { CheckOutput } from "../../src/report/output-types.ts";
import type { CheckContext, WholeReport } from "../../src/report/types.ts";
import { visible } from "../../src/report/visible.ts";
import { canonicalReport, plainContext } from "./canonical-report.ts";
import { emptyReport, HOSTILE, hostileReport } from "./hostile-report.ts";
import { elementsOf, type ParsedElement, parseXml, textOf } from "./parse-xml.ts";

interface Told {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: string;
}

type Read = (text: string) => Told[];

/** Reads a report back as those do that take it. */
const READERS: Record<CheckFormat, Read> = {
  pretty: (text) => {
    let file = "";
    return text.split("\n").flatMap((line) => {
      if (/^\S/.test(line)) file = line;
      const [, at, column, severity] = /^ {2}(\d+):(\d+) {2}(error|warning) {2}\S+$/.exec(line) ?? [];
      return severity === undefined ? [] : [told(file, at, column, severity)];
    });
  },
  json: (text) => {
    const { findings }: CheckOutput = JSON.parse(text);
    return findings.map(({ file, line, column, severity }) => told(file, line, column, severity));
  },
  html: (text) => {
    const { files, findings }: ReportData = JSON.parse(/id="report">(.*?)<\/script>/s.exec(text)?.[1] ?? "");
    return findings.flatMap(({ at, severity, suppressed }) =>
      suppressed === undefined ? [told(files[at.file]!, at.line, at.column, severity)] : [],
    );
  },
  compact: (text) => lines(text).map((line) => placed(/^(.+):(\d+):(\d+) (error|warning) \S+ .+$/, line)!),
  agent: (text) =>
    lines(text).flatMap((line) =>
      line.startsWith("  ") ? [] : (placed(/^(.+):(\d+):(\d+) (error|warning) \S+$/, line) ?? []),
    ),
  markdown: (text) =>
    elementsOf(html(text), "details").flatMap((details) => {
      const [file] = elementsOf(details, "summary").flatMap((summary) => elementsOf(summary, "code"));
      return elementsOf(details, "tbody")
        .flatMap((body) => elementsOf(body, "tr"))
        .map((row) => {
          const [place = "", severity = ""] = elementsOf(row, "td").map(textOf);
          const [line, column] = place.split(":");
          return told(textOf(file!), line, column, severity);
        });
    }),
  github: (text) => lines(text).map((line) => workflowCommand(line)),
  gitlab: (text) => {
    const issues: {
      severity: string;
      location: { path: string; positions: { begin: { line: number; column: number } } };
    }[] = JSON.parse(text);
    return issues.map(({ severity, location: { path, positions } }) =>
      told(path, positions.begin.line, positions.begin.column, severity === "major" ? "error" : "warning"),
    );
  },
  sarif: (text) => {
    const log: Log = JSON.parse(text);
    return log.runs[0]!.results!.filter((result) => result.suppressions === undefined).map((result) => {
      const { artifactLocation, region } = result.locations![0]!.physicalLocation!;
      return told(decodeURIComponent(artifactLocation!.uri!), region!.startLine, region!.startColumn, result.level!);
    });
  },
  junit: (text) =>
    elementsOf(parseXml(text), "testcase").flatMap(({ attributes, children: [outcome] }) => {
      if (outcome === undefined) return [];
      const isError = outcome.name === "failure";
      const place = isError ? outcome.text : outcome.attributes.message!;
      const [, line, column] = /^:(\d+):(\d+): /.exec(place.slice(attributes.file!.length)) ?? [];
      expect(attributes.line).toBe(line);
      return [told(attributes.file!, line, column, isError ? "error" : "warning")];
    }),
  checkstyle: (text) =>
    elementsOf(parseXml(text), "file").flatMap((file) =>
      file.children.map(({ attributes: { line, column, severity } }) =>
        told(file.attributes.name!, line, column, severity!),
      ),
    ),
};

/** Characters aside that a format can't hold, or a terminal must not get. */
function told(file: string, line: unknown, column: unknown, severity: string): Told {
  return {
    file: visible(file.replace(/[\ud800-\udfff]/gu, "\ufffd")).replace(/[\ufffe\uffff]/g, "\ufffd"),
    line: Number(line),
    column: Number(column),
    severity: severity === "warn" ? "warning" : severity,
  };
}

function placed(pattern: RegExp, line: string): Told | undefined {
  const [, file, at, column, severity] = pattern.exec(line) ?? [];
  return file === undefined ? undefined : told(file, at, column, severity!);
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** As the runner of GitHub Actions reads a line. */
function workflowCommand(line: string): Told {
  const [, severity = "", properties = ""] = /^::(error|warning) ([^:]*?)::/.exec(line) ?? [];
  const unescaped = (text: string) =>
    text
      .replaceAll("%0D", "\r")
      .replaceAll("%0A", "\n")
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ",")
      .replaceAll("%25", "%");
  const values = new Map(
    properties.split(",").map((property): [string, string] => {
      const equals = property.indexOf("=");
      return [property.slice(0, equals), unescaped(property.slice(equals + 1))];
    }),
  );
  return told(values.get("file")!, values.get("line"), values.get("col"), severity);
}

function html(markdown: string): ParsedElement {
  const text = marked.parse(markdown, { async: false }).replaceAll("<br>", "<br/>");
  return parseXml(`<root>${text}</root>`);
}

const linking: CheckContext = {
  ...plainContext,
  sourceUrl: (file, line) => `https://x.example/${encodeURI(file.replace(/[\ud800-\udfff]/gu, ""))}#L${line}`,
};
const formats = Object.keys(READERS) as (keyof typeof READERS)[];

async function print(format: CheckFormat, report: WholeReport, context = plainContext): Promise<string> {
  // What an HTML report runs is made by the build, which tests of one folder do without.
  return format === "html"
    ? htmlReport(report, { script: "", style: "" }, "1.0.0")
    : CHECK_FORMATS[format](report, context);
}

const byPlace = (a: Told, b: Told) =>
  (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column;
const expected = hostileReport.findings
  .map(({ at, severity }) => told(at.file, at.line, at.column, severity))
  .sort(byPlace);

test("every format has its reader here", () => {
  expect(Object.keys(CHECK_FORMATS)).toEqual(formats);
});

describe.each(formats)("--format %s", (format) => {
  test("tells the same places of hostile files as all others", async () => {
    for (const context of [plainContext, linking]) {
      const text = await print(format, hostileReport, context);
      expect(READERS[format](text).sort(byPlace)).toEqual(expected);
    }
  });

  test("gives a terminal no control character, and nothing that turns text around", async () => {
    const text = await print(format, hostileReport);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
    expect(text).not.toMatch(/[\ud800-\udfff]/u);
  });

  test("is the same for the same report, and ends with a line", async () => {
    const text = await print(format, canonicalReport);
    expect(await print(format, canonicalReport)).toBe(text);
    expect(text).toMatch(/[^\n]\n$/);
  });

  test("is well-formed without findings", async () => {
    const text = await print(format, emptyReport);
    expect(READERS[format](text)).toEqual([]);
  });
});

test("Markdown holds no markup but its own", async () => {
  const names = new Set<string>();
  const collect = ({ name, children }: ParsedElement) => {
    names.add(name);
    children.forEach(collect);
  };
  const root = html(await print("markdown", hostileReport, linking));
  collect(root);
  const own = ["root", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "a", "code", "details", "summary", "br"];
  expect([...names].filter((name) => !own.includes(name))).toEqual([]);
  expect(elementsOf(root, "details")).toHaveLength(HOSTILE.length);
  for (const row of elementsOf(root, "tr")) expect(row.children).toHaveLength(4);
});

test("GitHub gets one command a finding", async () => {
  const text = await print("github", hostileReport);
  expect(lines(text)).toHaveLength(hostileReport.findings.length);
  for (const line of lines(text))
    expect(line).toMatch(
      /^::(error|warning) title=tracklint \([^,:]+\),file=[^,:]+,line=\d+,col=\d+(,endLine=\d+,endColumn=\d+)?::/,
    );
});

test("GitLab gets a fingerprint for each finding", async () => {
  const issues: { fingerprint: string }[] = JSON.parse(await print("gitlab", hostileReport));
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(hostileReport.findings.length);
});
