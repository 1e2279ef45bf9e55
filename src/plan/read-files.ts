import { SourceText } from "../diagnostics/source-text.ts";
import { UserError } from "../errors.ts";
import { type Host, HostError } from "../host/host.ts";
import { joinPath, parentOf } from "../util/posix-path.ts";
import { childOf, type Place, type PlanFile, type PlanNode, type TextNode, textNodesOf } from "./node.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { Problems } from "./problems.ts";
import { yamlLimits } from "./yaml-limits.ts";

/** A plan file that could be read as YAML. */
export interface ReadFile {
  readonly file: PlanFile;
  readonly root: PlanNode;
}

export interface ReadFiles {
  /** In the order read: the named file first, each include before what its includer includes next. */
  readonly files: readonly ReadFile[];
  /** Every file that was opened, by path, also those that are not YAML. */
  readonly texts: ReadonlyMap<string, string>;
  /** False where a file is missing from `files`: names may then be undefined only for that. */
  readonly complete: boolean;
}

/**
 * Reads a plan file and all that it includes, each once. `path` is relative to the root. Throws `UserError` where the
 * file itself doesn't exist; all else is reported.
 */
export function readFiles(host: Host, path: string, problems: Problems): ReadFiles {
  const reader = new Reader(host, problems);
  reader.readNamed(path);
  return { files: reader.files, texts: reader.texts, complete: reader.complete };
}

class Reader {
  readonly #host: Host;
  readonly #problems: Problems;
  readonly files: ReadFile[] = [];
  readonly texts = new Map<string, string>();
  complete = true;
  #size = 0;

  constructor(host: Host, problems: Problems) {
    this.#host = host;
    this.#problems = problems;
  }

  readNamed(path: string): void {
    const read = this.#textOf(path);
    if (read.text === undefined) {
      if (read.reason === undefined) throw missingPlan(this.#host, path);
      const file = { path, source: new SourceText("") };
      this.#fail({ file, start: 0, end: 0 }, `The plan can't be read: ${read.reason}`, "Check what the path names");
      return;
    }
    const file = this.#open(path, read.text);
    if (this.#size > yamlLimits.size) {
      this.#fail({ file, start: 0, end: 0 }, `The plan is larger than ${limitInMegabytes} MB`, tooLargeHelp);
      return;
    }
    this.#parse(file, [path]);
  }

  /** `chain` leads from the named file to this one, for the message of a circle. */
  #parse(file: PlanFile, chain: readonly string[]): void {
    const root = parseYaml(file, this.#problems);
    if (root === undefined) {
      this.complete = false;
      return;
    }
    this.files.push({ file, root });
    const include = childOf(root, "include");
    for (const item of include?.kind === "list" ? textNodesOf(include) : []) this.#include(item, file, chain);
  }

  #include(item: TextNode, from: PlanFile, chain: readonly string[]): void {
    const path = joinPath(parentOf(from.path), item.value);
    if (path === undefined) {
      this.#fail(
        item,
        `\`${item.value}\` lies outside the root; a plan includes only files below it`,
        `Paths are relative to ${from.path}`,
      );
      return;
    }
    const start = chain.indexOf(path);
    if (start >= 0) {
      const circle = [...chain.slice(start), path].join(" → ");
      this.#fail(item, `\`${path}\` includes itself: ${circle}`, "Remove one of these includes");
      return;
    }
    if (this.texts.has(path)) return;
    const read = this.#textOf(path);
    if (read.text === undefined) {
      const what = this.#host.isDirectory(path) ? "is a folder" : (read.reason ?? "doesn't exist");
      this.#fail(item, `The included file \`${path}\` ${what}`, `Paths are relative to ${from.path}; name each file`);
      return;
    }
    const file = this.#open(path, read.text);
    if (this.#size > yamlLimits.size) {
      this.#fail(item, `With \`${path}\` the plan is larger than ${limitInMegabytes} MB`, tooLargeHelp);
      return;
    }
    this.#parse(file, [...chain, path]);
  }

  #open(path: string, text: string): PlanFile {
    this.texts.set(path, text);
    this.#size += text.length;
    return { path, source: new SourceText(text) };
  }

  #textOf(path: string): { readonly text?: string; readonly reason?: string } {
    try {
      const text = this.#host.readText(path);
      return text === undefined ? {} : { text };
    } catch (error) {
      if (error instanceof HostError) return { reason: error.message };
      throw error;
    }
  }

  #fail(at: Place, message: string, help: string): void {
    this.complete = false;
    this.#problems.add(at, message, { help });
  }
}

const limitInMegabytes = yamlLimits.size / 1024 / 1024;
const tooLargeHelp = "Keep generated data out of the plan; the bound is on all its files together";

function missingPlan(host: Host, path: string): UserError {
  const help = "Name an existing file with --plan, or put tracking-plan.yaml into the working directory or one above.";
  const what = host.isDirectory(path) ? "is a folder" : "doesn't exist";
  return new UserError(`The tracking plan ${path === "" ? "." : path} ${what}.`, { help });
}
