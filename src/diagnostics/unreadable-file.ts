import type { Finding } from "./finding.ts";
import { withFingerprints } from "./fingerprint.ts";

/** A file or folder that could not be read, or not be understood; the run went on without it. */
export function unreadableFile(path: string, reason: string): Finding {
  const [finding] = withFingerprints([
    {
      rule: "unreadable-file",
      severity: "warn",
      at: { file: path, line: 1, column: 1, endLine: 1, endColumn: 1 },
      message: `It could not be read: ${reason}`,
      help: "What it holds was not checked. Mend it, or leave it out with `lint.exclude` in the plan.",
      related: [],
      subject: "",
    },
  ]);
  return finding!;
}
