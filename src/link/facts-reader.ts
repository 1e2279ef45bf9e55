import type { Finding } from "../diagnostics/finding.ts";
import { SourceText } from "../diagnostics/source-text.ts";
import { unreadableFile } from "../diagnostics/unreadable-file.ts";
import { dialectOf } from "../facts/dialect.ts";
import type { Dialect, FileFacts } from "../facts/types.ts";
import type { Host } from "../host/host.ts";
import { ifReadable, textIfReadable } from "../host/if-readable.ts";
import type { Progress } from "../util/progress.ts";
import type { Answer, Question, TextMemory } from "./text-memory.ts";
import type { Files } from "./world.ts";

type Extract = typeof import("../facts/extract-facts.ts").extractFacts;

/** Facts of a file are asked for that nobody remembers, and the parser, which takes long to load, isn't loaded. */
export class ParserNeeded extends Error {}

/** Reads files into facts, one by one as linking asks, and says what could not be read of them. */
export class FactsReader implements Files {
  readonly findings: Finding[] = [];
  /** Spent in parsing and lowering. */
  milliseconds = 0;
  /** Files that were parsed: their facts were not remembered. */
  parsed = 0;
  readonly #host: Host;
  readonly #files: ReadonlySet<string>;
  readonly #memory: TextMemory;
  readonly #extract: Extract | undefined;
  readonly #progress: Progress;

  private constructor(
    host: Host,
    files: readonly string[],
    memory: TextMemory,
    extract: Extract | undefined,
    progress: Progress,
  ) {
    this.#host = host;
    this.#files = new Set(files);
    this.#memory = memory;
    this.#extract = extract;
    this.#progress = progress;
  }

  /**
   * @param files those in scope: only their mistakes are reported
   * @param parses whether the parser is loaded; that costs more than all else
   */
  static async open(
    host: Host,
    files: readonly string[],
    memory: TextMemory,
    parses: boolean,
    progress: Progress,
  ): Promise<FactsReader> {
    const started = performance.now();
    const extract = parses ? (await import("../facts/extract-facts.ts")).extractFacts : undefined;
    const reader = new FactsReader(host, files, memory, extract, progress);
    reader.milliseconds = performance.now() - started;
    return reader;
  }

  /** @throws ParserNeeded */
  facts(path: string): { readonly text: string; readonly facts: FileFacts } | undefined {
    const dialect = dialectOf(path);
    const text = dialect && this.text(path);
    if (dialect === undefined || text === undefined) return undefined;
    const started = performance.now();
    const facts = this.#memory.factsOf(path, dialect) ?? this.#parse(path, text, dialect);
    this.milliseconds += performance.now() - started;
    if (facts === undefined) {
      this.#report(path, unreadableFile(path, "it is nested too deeply to be parsed."));
      return undefined;
    }
    this.#reportErrors(path, text, facts);
    return { text, facts };
  }

  stillHas(path: string, facts: FileFacts): void {
    const dialect = dialectOf(path);
    if (dialect !== undefined) this.#memory.stillUses?.(path, dialect);
    this.#reportErrors(path, this.text(path) ?? "", facts);
  }

  #reportErrors(path: string, text: string, { errors }: FileFacts): void {
    const [error] = errors;
    if (error) this.#report(path, parseError(path, text, error, errors.length));
  }

  /** Undefined where there is no such file, or it can't be read: that is reported when files are searched. */
  text(path: string): string | undefined {
    return textIfReadable(this.#host, path);
  }

  digestOf(path: string): string | undefined {
    return this.#memory.digestOf?.(path);
  }

  /** As `text`: undefined where the file can't be read. */
  ask<Given extends Answer>(path: string, question: Question<Given>): Given | undefined {
    return ifReadable(() => this.#memory.ask(path, question));
  }

  #report(path: string, finding: Finding): void {
    if (this.#files.has(path)) this.findings.push(finding);
  }

  /** Undefined where the parser, which recurses, runs out of stack. */
  #parse(path: string, text: string, dialect: Dialect): FileFacts | undefined {
    if (this.#extract === undefined) throw new ParserNeeded();
    try {
      const facts = this.#extract(text, dialect);
      this.parsed += 1;
      this.#progress("parse", this.parsed);
      this.#memory.keepFacts(path, dialect, facts);
      return facts;
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
