import type { CodeResult, Directive } from "../calls/code-result.ts";
import type { Source } from "../calls/types.ts";
import type { Finding } from "../diagnostics/finding.ts";
import { compareRanges } from "../diagnostics/range.ts";
import type { Discovery } from "../discover/types.ts";
import { dialectOf, extractFacts } from "../facts/extract-facts.ts";
import type { Dialect, FileFacts } from "../facts/types.ts";
import { type Host, HostError } from "../host/host.ts";
import type { Plan } from "../plan/model.ts";
import { parseDirectives } from "../suppress/parse-directive.ts";
import { toDirective } from "../suppress/to-directive.ts";
import { buildCalls } from "./build-calls.ts";
import { buildGraph } from "./call-graph.ts";
import { type CallIndex, indexCalls } from "./call-index.ts";
import { Candidates } from "./candidates.ts";
import { findConsentPlatforms } from "./consent-platforms.ts";
import { Evaluator } from "./evaluator.ts";
import { componentCalls } from "./jsx-calls.ts";
import type { Module } from "./module.ts";
import { findStarts } from "./starts.ts";
import { type Traced, trace } from "./trace.ts";
import { findTriggers } from "./triggers.ts";
import { World } from "./world.ts";

/** Rounds of looking for files that name what the last round found. */
const MAX_ROUNDS = 12;

export interface BuildInput {
  readonly host: Host;
  readonly discovery: Discovery;
  readonly plan: Plan | undefined;
}

/**
 * Reads a codebase: from the files in scope to the calls that track. Only files with a reason are parsed: those that
 * name an SDK, those that name what these export, and what linking asks for.
 */
export function buildInventory({ host, discovery, plan }: BuildInput): CodeResult {
  const candidates = new Candidates(host, discovery.files);
  const findings: Finding[] = [];
  const world = new World(
    (path) => readFacts(host, path, findings),
    (path) => readText(host, path),
    discovery.resolver,
  );
  const seeds = candidates.seeds((plan?.wrappers ?? []).flatMap((wrapper) => wrapper.module ?? []));
  const linked = link(world, candidates, seeds, findings);
  const { sourceOf } = discovery;
  const { among, ev, index, traced } = linked;
  const modules = world.modules;
  const sites = buildCalls(ev, index, traced.sites, "site", sourceOf);
  const forwarders = buildCalls(ev, index, traced.forwarders, "forwarder", sourceOf);
  const mounted = componentCalls(among, ev, modules, sourceOf);
  const calls = [...sites, ...forwarders, ...mounted].sort((a, b) => compareRanges(a.at, b.at));
  const platforms = findConsentPlatforms(modules, sourceOf);
  for (const { path, reason } of candidates.unreadable) findings.push(unreadable(path, reason));
  return {
    inventory: {
      calls,
      starts: findStarts(among, ev, index, modules, sourceOf),
      functions: buildGraph(index, calls, modules, sourceOf),
      consentPlatforms: platforms,
      sources: sourcesOf(discovery),
    },
    findings,
    directives: directivesOf(modules),
    stats: {
      listed: discovery.files.length,
      read: candidates.read,
      parsed: modules.length,
      withCalls: new Set(calls.map((call) => call.at.file)).size,
    },
    textOf: (file) => world.module(file)?.source.text,
  };
}

interface Linked {
  /** Evaluates without reading files that nothing led to. */
  readonly among: Evaluator;
  /** Reads further files for what tracking calls name. */
  readonly ev: Evaluator;
  readonly index: CallIndex;
  readonly traced: Traced;
}

/** Traces, looks for files that name what was found, and traces again until no file is new. */
function link(world: World, candidates: Candidates, seeds: readonly string[], findings: Finding[]): Linked {
  const known = new Set<string>();
  // Only files with a reason of their own are searched for calls; what linking reads on demand holds constants.
  const searched = seeds.flatMap((path) => world.module(path) ?? []);
  for (let round = 1; ; round += 1) {
    // What was evaluated before a file was known may look different with it: each round starts afresh.
    const among = new Evaluator(world, (name, specifier) => known.has(name) || known.has(lastSegment(specifier)));
    const index = indexCalls(among, searched);
    const ev = new Evaluator(world, () => true, among);
    const traced = trace(ev, index);
    const triggers = findTriggers(among, ev, searched, traced);
    const before = known.size;
    for (const trigger of triggers) known.add(trigger.name);
    const found = candidates.matching(triggers);
    if (found.length === 0 && known.size === before) return { among, ev, index, traced };
    if (round === MAX_ROUNDS) {
      if (found.length > 0) findings.push(limitReached(found));
      return { among, ev, index, traced };
    }
    searched.push(...found.flatMap((path) => world.module(path) ?? []));
  }
}

function lastSegment(specifier: string): string {
  return specifier.slice(specifier.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
}

function readFacts(host: Host, path: string, findings: Finding[]) {
  const dialect = dialectOf(path);
  if (dialect === undefined) return undefined;
  const text = readText(host, path);
  if (text === undefined) return undefined;
  const facts = factsOrTooDeep(text, dialect);
  if (facts === undefined) {
    findings.push(unreadable(path, "it is nested too deeply to be parsed."));
    return undefined;
  }
  const [error] = facts.errors;
  if (error) findings.push(parseError(path, text, error, facts.errors.length));
  return { text, facts };
}

/** Undefined where the parser, which recurses, runs out of stack. */
function factsOrTooDeep(text: string, dialect: Dialect): FileFacts | undefined {
  try {
    return extractFacts(text, dialect);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What can't be read was reported when the files were searched. */
function readText(host: Host, path: string): string | undefined {
  try {
    return host.readText(path);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return undefined;
  }
}

function parseError(
  path: string,
  text: string,
  error: { message: string; start: number; end: number },
  count: number,
): Finding {
  const before = text.slice(0, error.start).split("\n");
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const more = count > 1 ? ` (and ${count - 1} more)` : "";
  return {
    rule: "parse-error",
    severity: "warn",
    at: { file: path, line, column, endLine: line, endColumn: column + Math.max(1, error.end - error.start) },
    message: `Syntax error: ${error.message}${more}`,
    help: "Tracking calls in the part that could be parsed are checked; mend the syntax to have the rest checked too.",
    related: [],
    fingerprint: `parse-error:${path}`,
  };
}

function unreadable(path: string, reason: string): Finding {
  return {
    rule: "unreadable-file",
    severity: "warn",
    at: { file: path, line: 1, column: 1, endLine: 1, endColumn: 1 },
    message: `The file can't be read: ${reason}`,
    help: "Tracking calls in it are not checked. Exclude the file with `lint.exclude`, or make it readable.",
    related: [],
    fingerprint: `unreadable-file:${path}`,
  };
}

function limitReached(found: readonly string[]): Finding {
  const [path = ""] = found;
  return {
    rule: "link-limit",
    severity: "warn",
    at: { file: path, line: 1, column: 1, endLine: 1, endColumn: 1 },
    message: `Wrappers of wrappers were followed ${MAX_ROUNDS} times; ${found.length} further files that use them were not read`,
    related: [],
    fingerprint: "link-limit",
  };
}

function directivesOf(modules: readonly Module[]): Map<string, readonly Directive[]> {
  const directives = new Map<string, readonly Directive[]>();
  for (const m of modules) {
    if (m.facts.comments.length === 0) continue;
    const list = m.facts.comments.flatMap((comment) =>
      parseDirectives(comment.text, comment.start).map((raw) => toDirective(raw, m.source, m.path)),
    );
    if (list.length > 0) directives.set(m.path, list);
  }
  return directives;
}

/** Every service that has a file in scope, whether it tracks or not. */
function sourcesOf({ files, sourceOf }: Discovery): Source[] {
  const byName = new Map(files.map((file) => sourceOf(file)).map((source) => [source.name, source]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
