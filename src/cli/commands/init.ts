import { basename, dirname, relative, resolve, sep } from "node:path";
import { UserError } from "../../errors.ts";
import { allProperties, decisionsOf } from "../../init/decisions.ts";
import type { PlanDraft } from "../../init/draft.ts";
import { draftPlan, isEmptyDraft } from "../../init/draft-plan.ts";
import { sourcesWithCalls } from "../../init/draft-sources.ts";
import { printPlan } from "../../init/print-plan.ts";
import { type ScanResult, scan } from "../../lint.ts";
import { openProject } from "../../project/open-project.ts";
import { createPaint } from "../../report/paint.ts";
import { count } from "../../report/pretty-summary.ts";
import { visible } from "../../report/visible.ts";
import { wrapped } from "../../report/wrap.ts";
import { nearestName } from "../../util/nearest-name.ts";
import { cacheOf } from "../cache.ts";
import type { ExitCode } from "../exit-code.ts";
import { applyHook, hookOf } from "../hook.ts";
import { askCasings, askPlace, askSources, type Terminal } from "../init-questions.ts";
import type { Io } from "../io.ts";
import { lookOf } from "../look.ts";
import { reportContext, statsText, tellProblems } from "../output.ts";
import type { InitFlags } from "../program.ts";
import { withProgress } from "../progress.ts";

const PLAN = "tracking-plan.yaml";
const SCHEMA = "node_modules/tracklint/dist/plan.schema.json";

/** Writes a plan from what the code sends. What an earlier plan says plays no part: it may be the one to replace. */
export async function runInit(flags: InitFlags, io: Io): Promise<ExitCode> {
  const { host, plan } = openProject({ cwd: io.cwd });
  const terminal = flags.yes || io.ask === undefined ? undefined : { ask: io.ask, out: io.stdout };
  const usual = relative(io.cwd, resolve(host.root, plan?.path ?? PLAN)).replaceAll(sep, "/");
  const isFree = (path: string) => flags.force === true || !io.exists(path);
  if (flags.hook !== undefined && flags.outputFile === undefined && !isFree(usual)) {
    await applyHook(await hookOf(flags.hook, host, undefined), host, io);
    return 0;
  }
  const file = await placeOf(flags, usual, isFree, terminal);

  const result = await withProgress(io, (progress) => scan({ ...progress, ...cacheOf(host, flags, io) }, host));
  const draft = await draftOf(result, flags, terminal);
  if (isEmptyDraft(draft)) throw nothingToWrite(result, flags);
  // Before anything is written: a file that can't be edited ends it.
  const hook = await hookOf(flags.hook, host, terminal);
  io.writeFile(file, printPlan(draft, { schema: schemaFor(resolve(io.cwd, file), host.root) }));

  const found = isFoundByItself(resolve(io.cwd, file), host.root, io.cwd);
  await io.stdout.write(reportText(draft, file, found ? "" : ` --plan ${file}`, io));
  await applyHook(hook, host, io);
  if (flags.stats) await io.stderr.write(statsText(result.stats));
  return tellProblems(result.findings, reportContext(host.root, io, undefined).displayPath, io);
}

/** @throws UserError where something stands there already */
async function placeOf(
  flags: InitFlags,
  usual: string,
  isFree: (path: string) => boolean,
  terminal: Terminal | undefined,
): Promise<string> {
  const given = flags.outputFile ?? (terminal === undefined || !isFree(usual) ? usual : undefined);
  const file = given ?? (await askPlace(terminal!, usual));
  if (isFree(file)) return file;
  throw new UserError(`\`${file}\` is there already.`, {
    help: "`--force` overwrites it; `--output-file FILE` writes to another place.",
  });
}

async function draftOf(
  { code, projects }: ScanResult,
  flags: InitFlags,
  terminal: Terminal | undefined,
): Promise<PlanDraft> {
  const names = sourcesWithCalls(code);
  const isAsked = terminal !== undefined && flags.source === undefined && names.length > 1;
  const sources = isAsked ? await askSources(terminal, names) : flags.source;
  const unknown = sources?.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const near = nearestName(unknown, names);
    throw new UserError(`There is no service \`${unknown}\` that sends anything.`, {
      help: near === undefined ? `There are: ${names.join(", ") || "none"}.` : `Did you mean \`${near}\`?`,
    });
  }
  const draft = draftPlan(code, projects, sources === undefined ? {} : { sources });
  return terminal === undefined ? draft : askCasings(terminal, draft);
}

function nothingToWrite({ stats }: ScanResult, { source }: InitFlags): UserError {
  const where = source === undefined ? `in ${count(stats.listed, "file")}` : `in ${source.join(", ")}`;
  return new UserError(`No tracking call was found ${where}, so there is no plan to write.`, {
    help: [
      "`tracklint check --show-files` lists the files that were looked at. Are the calls made by a package whose source is",
      `not here? Then write a ${PLAN} that names its functions under \`wrappers:\`. To plan before any code is there,`,
      "begin with `tracklint: 1` and the names of the events: `events: [Signed Up]`.",
    ].join("\n"),
  });
}

/** Where an editor finds the schema from the plan's folder. */
function schemaFor(file: string, root: string): string {
  const way = relative(dirname(file), root).replaceAll(sep, "/");
  const isInside = !relative(root, file).startsWith("..");
  if (!isInside) return `https://unpkg.com/tracklint/${SCHEMA.slice(SCHEMA.indexOf("dist"))}`;
  return way === "" ? `./${SCHEMA}` : `${way}/${SCHEMA}`;
}

/** True where `check` in this folder finds the plan without being told. */
function isFoundByItself(file: string, root: string, cwd: string): boolean {
  const way = relative(dirname(file), cwd);
  return (
    /^tracking-plan\.ya?ml$/.test(basename(file)) && !way.startsWith("..") && !relative(root, file).startsWith("..")
  );
}

function reportText(draft: PlanDraft, file: string, flag: string, io: Io): string {
  const { colour, width } = lookOf(io.stdout, io.env);
  const paint = createPaint(colour);
  const tracked = draft.sources.filter((source) => source.tracked);
  const names = tracked.map(({ name }) => name).join(", ");
  const parts = [
    count(draft.events.length, "event"),
    count(allProperties(draft).length, "property", "properties"),
    count(tracked.length, "source"),
  ];
  const decisions = decisionsOf(draft).flatMap((line) => {
    const [first = "", ...rest] = wrapped(visible(line), 4, width);
    return [paint.prose(`  - ${first.slice(4)}`), ...rest.map(paint.prose)];
  });
  const next = `Next: \`tracklint check${flag}\`. Nothing in the code breaks this plan today; in CI it stays so.`;
  return [
    paint.good(`✔ Wrote ${visible(file)}`),
    visible(`  ${parts.join(", ")} (${names})`),
    "",
    "For a person to decide, marked `Decide:` in the plan:",
    ...decisions,
    "",
    paint.prose(next),
    "",
  ].join("\n");
}
