import type { CodeResult } from "../calls/code-result.ts";
import type { Directive } from "../calls/suppression.ts";
import type { Inventory, Source } from "../calls/types.ts";
import type { Finding } from "../diagnostics/finding.ts";
import { compareRanges } from "../diagnostics/range.ts";
import { unreadableFile } from "../diagnostics/unreadable-file.ts";
import type { Discovery } from "../discover/types.ts";
import type { Host } from "../host/host.ts";
import type { Plan } from "../plan/model.ts";
import { ATTRIBUTION_TEXT } from "../sdks/attribution-keys.ts";
import { parseDirectives } from "../suppress/parse-directive.ts";
import { toDirective } from "../suppress/to-directive.ts";
import type { Progress } from "../util/progress.ts";
import { findAttribution } from "./attribution.ts";
import { buildCalls } from "./build-calls.ts";
import { buildGraph } from "./call-graph.ts";
import { Candidates } from "./candidates.ts";
import { findConsentPlatforms } from "./consent-platforms.ts";
import { Deliveries } from "./deliveries.ts";
import { findHooks, withHooks } from "./drop-hooks.ts";
import { FactsReader, ParserNeeded } from "./facts-reader.ts";
import { componentCalls } from "./jsx-calls.ts";
import { type KeptLinking, type Linked, Linking, MAX_ROUNDS } from "./linking.ts";
import { findLogouts } from "./logouts.ts";
import type { Module } from "./module.ts";
import { ShortRuns } from "./short-runs.ts";
import { findStarts } from "./starts.ts";
import { withTenants } from "./tenants.ts";
import { noMemory, type TextMemory } from "./text-memory.ts";
import { World } from "./world.ts";
import { buildWrappers } from "./wrappers.ts";

export interface BuildInput {
  readonly host: Host;
  readonly discovery: Discovery;
  readonly plan: Plan | undefined;
  /** What is known of texts from an earlier run. */
  readonly memory?: TextMemory;
  /** What the last run of this process linked, for one that goes on from it. */
  readonly kept?: KeptLinking;
  readonly progress?: Progress;
}

/**
 * Reads a codebase: from the files in scope to the calls that track. Only files with a reason are parsed: those that
 * name an SDK, those that name what these export, and what linking asks for.
 */
export async function buildInventory({ memory, ...input }: BuildInput): Promise<CodeResult> {
  const known = memory ?? noMemory(input.host);
  try {
    return await build(input, known, false);
  } catch (error) {
    if (!(error instanceof ParserNeeded)) throw error;
    return build(input, known, true);
  }
}

/**
 * @param parses the parser is needed, as seen by what an earlier try asked for
 * @throws ParserNeeded where a file must be parsed that no seed and no earlier run told of
 */
async function build(
  { host, discovery, plan, kept, progress = () => undefined }: Omit<BuildInput, "memory">,
  memory: TextMemory,
  parses: boolean,
): Promise<CodeResult> {
  const started = performance.now();
  const { sourceOf, resolver } = discovery;
  const open = async () => {
    const candidates = new Candidates(memory, discovery.files, resolver);
    const seeds = candidates.seeds(plan?.wrappers ?? [], progress);
    const skimmed = performance.now();
    const parsing = parses || !memory.hasFacts(seeds);
    return {
      candidates,
      seeds,
      skimmed,
      reader: await FactsReader.open(host, discovery.files, memory, parsing, progress),
    };
  };
  let { candidates, seeds, skimmed, reader } = await open();
  let linking = kept?.take(plan?.wrappers);
  let linked = linking?.linkAgain(reader, resolver, seeds, candidates);
  if (linking === undefined || linked === undefined) {
    if (linking !== undefined) ({ candidates, seeds, skimmed, reader } = await open());
    linking = new Linking(new World(reader, resolver, plan?.wrappers, kept !== undefined), seeds);
    linked = linking.link(candidates, progress);
  }
  const { world } = linking;
  progress("link");
  const { among, ev, index, traced, searched } = linked;
  const runs = new ShortRuns(ev, host, discovery, plan);
  const deliveries = new Deliveries(ev, index, [...traced.sites, ...traced.forwarders], runs);
  const found = [
    ...buildCalls(ev, index, traced.sites, "site", sourceOf, deliveries),
    ...buildCalls(ev, index, traced.forwarders, "forwarder", sourceOf, deliveries),
    ...componentCalls(among, ev, searched, sourceOf),
  ].sort((a, b) => compareRanges(a.at, b.at));
  const starts = findStarts(among, ev, index, searched, sourceOf);
  const calls = withTenants(withHooks(found, findHooks(among, ev, searched, sourceOf)), starts);
  const inventory: Inventory = {
    calls,
    wrappers: buildWrappers(ev, traced, calls, sourceOf),
    starts,
    functions: buildGraph(index, calls, world.modules, sourceOf),
    consentPlatforms: findConsentPlatforms(searched, sourceOf),
    logouts: findLogouts(world, candidates, calls, sourceOf),
    attribution: findAttribution([...searched, ...attributingModules(world, candidates, calls, sourceOf)], sourceOf),
    sources: sourcesOf(discovery, runs),
  };
  const unreadable = candidates.unreadable.map(({ path, reason }) => unreadableFile(path, reason));
  kept?.keep(linking);
  const ended = performance.now();
  return {
    inventory,
    findings: [...unreadable, ...reader.findings, ...limitsReached(linked, calls)],
    directives: directivesOf(world.modules),
    stats: {
      listed: discovery.files.length,
      read: candidates.read,
      parsed: reader.parsed,
      withCalls: new Set(calls.map((call) => call.at.file)).size,
      stages: [
        { name: "skim", milliseconds: skimmed - started },
        { name: "parse", milliseconds: reader.milliseconds },
        { name: "link", milliseconds: ended - skimmed - reader.milliseconds },
      ],
    },
    textOf: (file) => reader.text(file),
    async explain(asked) {
      const { explain } = await import("./explain/explain.ts");
      return explain({ ...linked, world, discovery, inventory, textOf: (file) => reader.text(file) }, asked);
    },
  };
}

/** How many files are parsed only to see what they ask of a visitor. */
const MAX_ATTRIBUTING = 30;

/** Files that ask what brought a visitor, of sources that send from a server: nothing else has to hand it over. */
function attributingModules(
  world: World,
  candidates: Candidates,
  calls: Inventory["calls"],
  sourceOf: Discovery["sourceOf"],
): readonly Module[] {
  const servers = new Set(calls.filter(({ platform }) => platform === "server").map(({ source }) => source));
  return candidates
    .saying(ATTRIBUTION_TEXT, (path) => servers.has(sourceOf(path).name), MAX_ATTRIBUTING)
    .flatMap((path) => world.module(path) ?? []);
}

/** What was cut short, so that nobody takes what is listed for all there is. */
function limitsReached({ isCutShort, unread }: Linked, calls: Inventory["calls"]): Finding[] {
  const file = unread[0] ?? calls[0]?.at.file ?? "";
  if (isCutShort) {
    return [
      limit(
        file,
        "The code takes more steps to evaluate than one run may; calls behind long chains of wrappers may be missing",
      ),
    ];
  }
  if (unread.length === 0) return [];
  return [
    limit(
      file,
      `Wrappers of wrappers were followed ${MAX_ROUNDS} times; ${unread.length} further files that use them were not read`,
    ),
  ];
}

function limit(file: string, message: string): Finding {
  return {
    rule: "link-limit",
    severity: "warn",
    at: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
    message,
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
function sourcesOf({ files, sourceOf }: Discovery, runs: ShortRuns): Source[] {
  const byName = new Map<string, Source>();
  for (const file of files) {
    const source = sourceOf(file);
    if (byName.has(source.name)) continue;
    const proof = runs.ofProject(file);
    byName.set(source.name, proof ? { ...source, serverless: proof } : source);
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
