import { type Expectation, readExpectations } from "./expectations.ts";

/** A small project that a rule is tried on. */
export interface Example {
  readonly title: string;
  /** Texts by path. A `tracking-plan.yaml` among them is the plan. */
  readonly files: Readonly<Record<string, string>>;
}

/** What the examples of a page expect, over all files of one. */
export function expectationsOf(example: Example): Expectation[] {
  return Object.entries(example.files).flatMap(([path, text]) => readExpectations(path, text));
}

/**
 * The examples of a rule's page: each section with a heading of the second or third level whose fenced blocks follow a
 * line with nothing but a path in backticks. Other blocks are prose. Throws `TypeError` where a block without a path
 * holds an expectation, or a path occurs twice in a section.
 */
export function readExamples(markdown: string): Example[] {
  const examples: Example[] = [];
  let section: { title: string; files: Record<string, string> } = { title: "", files: {} };
  let path: string | undefined;
  let block: { readonly fence: string; readonly lines: string[] } | undefined;
  for (const line of [...markdown.split(/\r?\n/), "## "]) {
    if (block !== undefined) {
      if (line.trim() !== block.fence) block.lines.push(line);
      else {
        addBlock(section, path, `${block.lines.join("\n")}\n`);
        [block, path] = [undefined, undefined];
      }
      continue;
    }
    const heading = /^#{2,3} (.*)$/.exec(line);
    const fence = /^(`{3,}|~{3,})/.exec(line)?.[1];
    if (heading !== null) {
      if (Object.keys(section.files).length > 0) examples.push(section);
      section = { title: (heading[1] ?? "").trim(), files: {} };
    } else if (fence !== undefined) block = { fence, lines: [] };
    else if (line.trim() !== "") path = /^`([^`\s]+)`:?$/.exec(line.trim())?.[1];
  }
  return examples;
}

function addBlock(section: { title: string; files: Record<string, string> }, path: string | undefined, text: string) {
  if (path === undefined) {
    if (readExpectations(section.title, text).length > 0) {
      throw new TypeError(`"${section.title}": a block with an expectation has no path line before it`);
    }
    return;
  }
  if (path in section.files) throw new TypeError(`"${section.title}": \`${path}\` occurs twice`);
  section.files[path] = text;
}
