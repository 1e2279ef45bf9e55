import type { Finding } from "../diagnostics/finding.ts";
import { groupBy } from "../util/group-by.ts";
import { fullMessage } from "./full-message.ts";
import type { CheckContext, CheckReport } from "./types.ts";
import { type XmlElement, xmlDocument } from "./xml.ts";

/**
 * JUnit XML as CI systems read it, a suite for each file: https://github.com/testmoapp/junitxml
 *
 * A test that fails is an error; a warning, which fails no run, is a test that was skipped. Where nothing is wrong one
 * test passes, because Jenkins takes a report without tests for a mistake.
 */
export function junitReport({ findings, summary }: CheckReport, context: CheckContext): string {
  const suites = [...groupBy(findings, ({ at }) => at.file)].map(([file, ofFile]) =>
    suite(context.repositoryPath(file), ofFile, context),
  );
  const attributes = {
    name: "tracklint",
    tests: Math.max(findings.length, 1),
    failures: summary.errors,
    errors: 0,
    skipped: summary.warnings,
  };
  return xmlDocument({ name: "testsuites", attributes, children: suites.length > 0 ? suites : [passed()] });
}

function suite(file: string, findings: readonly Finding[], context: CheckContext): XmlElement {
  const failures = findings.filter(({ severity }) => severity === "error").length;
  return {
    name: "testsuite",
    attributes: {
      name: file,
      tests: findings.length,
      failures,
      errors: 0,
      skipped: findings.length - failures,
    },
    children: findings.map((finding) => testCase(finding, context)),
  };
}

/** Its name holds no line, so that a test is known again after edits elsewhere in the file. */
function testCase(finding: Finding, context: CheckContext): XmlElement {
  const { at, rule, severity, message } = finding;
  const file = context.repositoryPath(at.file);
  const outcome: XmlElement =
    severity === "error"
      ? {
          name: "failure",
          attributes: { message, type: rule },
          text: `${file}:${at.line}:${at.column}: ${fullMessage(finding)}`,
        }
      : {
          name: "skipped",
          attributes: { message: `${file}:${at.line}:${at.column}: ${fullMessage(finding)}` },
        };
  return {
    name: "testcase",
    attributes: { name: `${rule}: ${message}`, classname: file, file, line: at.line },
    children: [outcome],
  };
}

function passed(): XmlElement {
  return {
    name: "testsuite",
    attributes: { name: "tracklint", tests: 1, failures: 0, errors: 0, skipped: 0 },
    children: [{ name: "testcase", attributes: { name: "no problems", classname: "tracklint" } }],
  };
}
