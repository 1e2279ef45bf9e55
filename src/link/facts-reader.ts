import type { Finding } from "../diagnostics/finding.ts";
import { SourceText } from "../diagnostics/source-text.ts";
import { unreadableFile } from "../diagnostics/unreadable-file.ts";
import type { Dialect, FileFacts } from "../facts/types.ts";
import { type Host, HostError } from "../host/host.ts";

type Extractor = typeof import("../facts/extract-facts.ts");

/** Reads files into facts, one by one as linking asks, and says what could not be read of them. */
export class FactsReader {
  readonly findings: Finding[] = [];
  /** Spent in parsing and lowering. */
  milliseconds = 0;
  readonly #host: Host;
  readonly #files: ReadonlySet<string>;
  readonly #extractor: Extractor | undefined;

  private constructor(host: Host, files: readonly string[], extractor: Extractor | undefined) {
    this.#host = host;
    this.#files = new Set(files);
    this.#extractor = extractor;
  }

  /**
   * @param files those in scope: only their mistakes are reported
   * @param isNeeded whether any file will be parsed; loading TypeScript costs more than all else
   */
  static async open(host: Host, files: readonly string[], isNeeded: boolean): Promise<FactsReader> {
    const started = performance.now();
    const reader = new FactsReader(host, files, isNeeded ? await import("../facts/extract-facts.ts") : undefined);
    reader.milliseconds = performance.now() - started;
    return reader;
  }

  facts(path: string): { readonly text: string; readonly facts: FileFacts } | undefined {
    const dialect = this.#extractor?.dialectOf(path);
    const text = dialect && this.text(path);
    if (dialect === undefined || text === undefined) return undefined;
    const started = performance.now();
    const facts = this.#extract(text, dialect);
    this.milliseconds += performance.now() - started;
    if (facts === undefined) {
      this.#report(path, unreadableFile(path, "it is nested too deeply to be parsed."));
      return undefined;
    }
    const [error] = facts.errors;
    if (error) this.#report(path, parseError(path, text, error, facts.errors.length));
    return { text, facts };
  }

  /** Undefined where there is no such file, or it can't be read: that is reported when files are searched. */
  text(path: string): string | undefined {
    try {
      return this.#host.readText(path);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      return undefined;
    }
  }

  #report(path: string, finding: Finding): void {
    if (this.#files.has(path)) this.findings.push(finding);
  }

  /** Undefined where the parser, which recurses, runs out of stack. */
  #extract(text: string, dialect: Dialect): FileFacts | undefined {
    try {
      return this.#extractor?.extractFacts(text, dialect);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }
}

function parseError(path: string, text: string, error: FileFacts["errors"][number], count: number): Finding {
  const more = count > 1 ? ` (and ${count - 1} more)` : "";
  return {
    rule: "parse-error",
    severity: "warn",
    at: new SourceText(text).rangeOf(path, error.start, Math.max(error.end, error.start + 1)),
    message: `Syntax error: ${error.message}${more}`,
    help: "Tracking calls in the part that could be parsed are checked; mend the syntax to have the rest checked too.",
    related: [],
    fingerprint: `parse-error:${path}`,
  };
}
