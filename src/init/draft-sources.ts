import type { Inventory } from "../calls/types.ts";
import type { Project } from "../lint.ts";
import type { SourceDraft } from "./draft.ts";

/** The services that send something, each with the folder of its project. */
export function draftSources(
  code: Inventory,
  projects: readonly Project[],
  isIncluded: (source: string) => boolean,
): readonly SourceDraft[] {
  const sending = sourcesWithCalls(code);
  return sending.map((name): SourceDraft => {
    const project = projects.find(({ source }) => source.name === name);
    const platform = project?.source.platform ?? "unknown";
    return {
      name,
      ...(project === undefined || !isPlainPath(project.directory) ? {} : { paths: [globOf(project.directory)] }),
      ...(platform === "unknown" ? {} : { platform }),
      tracked: isIncluded(name),
    };
  });
}

/** The names of all sources in which something is sent, sorted. */
export function sourcesWithCalls(code: Inventory): readonly string[] {
  const calls = code.calls.filter(({ role, kind }) => role === "site" && kind !== "other");
  return [...new Set(calls.map(({ source }) => source))].sort();
}

function globOf(directory: string): string {
  return directory === "" ? "**" : `${directory}/**`;
}

function isPlainPath(directory: string): boolean {
  return !/[[\]{}()*?!+@|\\]/.test(directory);
}
