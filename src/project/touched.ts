import type { TrackingCall } from "../calls/types.ts";
import type { Finding } from "../diagnostics/finding.ts";
import type { Range } from "../diagnostics/range.ts";
import { sourceExtensions } from "../discover/extensions.ts";
import type { Changes } from "../host/git-changes.ts";
import { extensionOf } from "../util/posix-path.ts";
import { makesUntrusted } from "./asked.ts";

export interface Touching {
  readonly changes: Changes;
  /** Only what stands in lines that changed, not what their files have a part in. */
  readonly linesOnly?: boolean;
}

const TELLING: ReadonlySet<string> = new Set([...sourceExtensions, ".yaml", ".yml"]);

/** False where neither code nor what may be a plan has changed: then no finding is asked for. */
export function mayTouch({ changes }: Touching): boolean {
  return [...changes.files.keys()].some((path) => TELLING.has(extensionOf(path)));
}

/**
 * Tells whether what changed has a part in a finding. A file has, where the finding, a place that it names, a wrapper
 * between its call and the SDK, or the text of its event's name stands in it. A plan has by its lines: it is one file,
 * and all findings name it.
 *
 * @param planFiles relative to the root of the changes
 */
export function touchedBy(
  { changes, linesOnly = false }: Touching,
  calls: readonly TrackingCall[],
  planFiles: ReadonlySet<string>,
): (finding: Finding) => boolean {
  const byFile = new Map<string, TrackingCall[]>();
  for (const call of calls) {
    const list = byFile.get(call.at.file);
    if (list) list.push(call);
    else byFile.set(call.at.file, [call]);
  }
  const isIn = (at: Range) =>
    linesOnly || planFiles.has(at.file)
      ? (changes.files.get(at.file) ?? []).some(([first, last]) => at.line <= last && at.endLine >= first)
      : changes.files.has(at.file);
  const waysOf = (at: Range) =>
    linesOnly
      ? []
      : (byFile.get(at.file) ?? [])
          .filter((call) => holds(call.at, at))
          .flatMap(({ via, events }) => [...via, ...events].map((place) => place.at));
  return (finding) => {
    const { at, plan, related } = finding;
    if (makesUntrusted(finding)) return true;
    return [at, ...(plan ? [plan] : []), ...related.map((one) => one.at)].some(isIn) || waysOf(at).some(isIn);
  };
}

function holds(outer: Range, inner: Range): boolean {
  const starts = outer.line < inner.line || (outer.line === inner.line && outer.column <= inner.column);
  const ends = outer.endLine > inner.endLine || (outer.endLine === inner.endLine && outer.endColumn >= inner.endColumn);
  return starts && ends;
}
