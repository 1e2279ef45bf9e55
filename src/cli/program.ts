import { Command, InvalidArgumentError, Option } from "commander";
import { BASELINE_FILE } from "../baseline/baseline.ts";
import type { RuleFlag } from "../config/resolve-settings.ts";
import type { RuleLevel } from "../engine/rule.ts";
import { HOOK_TOOLS, type HookTool } from "../init/hook-tools.ts";
import { nearestName } from "../util/nearest-name.ts";
import { readVersion } from "../version.ts";
import type { CacheFlags } from "./cache.ts";
import type { ChangedFlags } from "./changed.ts";
import type { ExitCode } from "./exit-code.ts";
import { CHECK_FORMATS, SCAN_FORMATS, type ScanFormat } from "./formats.ts";
import type { Io } from "./io.ts";
import { formatFlag, type ReportFlags } from "./reports.ts";

interface ReadFlags extends CacheFlags {
  readonly plan?: string;
  readonly outputFile?: string;
  readonly stats?: boolean;
  readonly timing?: boolean;
}

export interface ScanFlags extends ReadFlags {
  /** Where to write the part of a package. */
  readonly out?: string;
  readonly format: ScanFormat;
  readonly wrappers?: boolean;
  readonly explain?: PlaceFlag;
}

export interface CheckFlags extends ReadFlags, ChangedFlags, ReportFlags {
  readonly quiet?: boolean;
  readonly maxWarnings?: number;
  readonly against?: string;
  readonly rule: readonly RuleFlag[];
  readonly reportUnusedSuppressions?: boolean;
  /** The file; false: none. */
  readonly baseline?: string | false;
  readonly updateBaseline?: boolean;
  readonly pruneBaseline?: boolean;
  readonly plugins: boolean;
  readonly fix?: boolean;
  readonly fixSuggestions?: boolean;
  readonly exitZero?: boolean;
  readonly printConfig?: string;
  readonly showFiles?: boolean;
}

export interface InitFlags extends CacheFlags {
  readonly outputFile?: string;
  readonly source?: readonly string[];
  readonly force?: boolean;
  readonly hook?: HookTool;
  readonly yes?: boolean;
  readonly stats?: boolean;
}

/** `FILE:LINE` or `FILE:LINE:COLUMN`, as written. */
export interface PlaceFlag {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

export type CleanFlags = Pick<CacheFlags, "cacheLocation">;

export interface RulesFlags {
  readonly format: ScanFormat;
}

/** What the arguments ask for, not yet run. */
export type Chosen = (io: Io) => Promise<ExitCode>;

const CACHE_LOCATION = "where the cache is; default: node_modules/.cache/tracklint at the root";

const FIXING = ["fix", "fixSuggestions"];
/** Flags that write: what they would write to is not what was read. */
const WRITING = [...FIXING, "updateBaseline", "pruneBaseline"];

const EXIT_CODES = `
Exit codes:
  0  nothing at error level
  1  findings at error level, or more warnings than --max-warnings
  2  a mistake in the flags, the plan or its configuration
  3  an internal error of tracklint; the other findings still come
`;

/** The command line: names, flags and help. Commands are loaded only when they run. */
export function createProgram(choose: (command: Chosen) => void): Command {
  const program = new Command("tracklint")
    .description(
      "Finds every analytics call of a JavaScript or TypeScript codebase and checks it against a tracking plan.",
    )
    .version(readVersion(), "-v, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .addHelpText("after", EXIT_CODES);

  const check = program
    .command("check", { isDefault: true })
    .description("lint the tracking calls of files and folders (the default command)")
    .argument("[paths...]", "files and folders; default: the working directory");
  addReadOptions(check, checkFormatOption())
    .option("--quiet", "report errors only")
    .option("--max-warnings <n>", "fail when there are more warnings than this", wholeNumber)
    .addOption(
      new Option("--rule <id:severity>", "set a rule to off, warn or error; wins over the plan; may be repeated")
        .argParser(ruleFlag)
        .default([], "none"),
    )
    .addOption(
      new Option("--staged", "report what the staged changes have a part in, as they are staged").conflicts([
        "since",
        ...WRITING,
      ]),
    )
    .option("--since <ref>", "report what changes since a branch or commit have a part in")
    .option("--only-changed-lines", "of --staged or --since: report what stands in changed lines only")
    .addOption(
      new Option("--stdin", "take the text of one file from standard input").conflicts(["staged", "since", ...WRITING]),
    )
    .option("--stdin-filename <file>", "the file of the project that this text is of")
    .addOption(
      new Option(
        "--from <parts...>",
        "take the code from the parts that `scan --out` wrote of its packages: files and globs",
      ).conflicts(["staged", "stdin", "watch", "fixDryRun", ...FIXING]),
    )
    .option("--against <ref>", "the git revision that the plan is compared with; default: where the branch began")
    .option("--report-unused-suppressions", "make errors of suppressions that suppress nothing or have expired")
    .option("--fix", "mend what can be mended without changing what is sent, in code and plan")
    .option("--fix-suggestions", "mend also what renames a live event, and keep its old name among its aliases")
    .addOption(
      new Option(
        "--fix-dry-run",
        "print as a diff what --fix, or --fix-suggestions, would change, and change nothing",
      ).conflicts(["updateBaseline", "pruneBaseline"]),
    )
    .option("--baseline <file>", `the findings that are not new; default: ${BASELINE_FILE} at the root`)
    .option("--no-baseline", "report what the baseline holds too")
    .option("--update-baseline", "make today's findings the baseline, so that later runs report only what is new")
    .addOption(new Option("--prune-baseline", "take out of the baseline what is fixed").conflicts("updateBaseline"))
    .option("--no-plugins", "run no code of the project: leave out the rules of `lint.plugins`")
    .addOption(
      new Option("--watch", "check again whenever a file changes").conflicts([
        "staged",
        "stdin",
        "fixDryRun",
        "printConfig",
        "showFiles",
        ...WRITING,
      ]),
    )
    .option("--exit-zero", "exit with 0 even when there are findings")
    .option("--print-config <file>", "print what holds for a file: severity and options of each rule")
    .option("--show-files", "print the files in scope, and stop")
    .action((paths: string[], flags: CheckFlags) =>
      choose(async (io) => (await import("./commands/check.ts")).runCheck(paths, flags, io)),
    );

  const scan = program
    .command("scan")
    .description("list every tracking call: the inventory, without judging it")
    .argument("[paths...]", "files and folders; default: the working directory");
  addReadOptions(scan, formatOption(SCAN_FORMATS))
    .addOption(
      new Option("--explain <file:line>", "say why the call on a line is or isn't a tracking call")
        .argParser(placeFlag)
        .conflicts("wrappers"),
    )
    .option("--wrappers", "list the functions that pass a name on to an SDK, with their callers' count")
    .addOption(
      new Option(
        "--out <part>",
        "write what the files of one package say, for `check --from`; the package is the folder that is named",
      ).conflicts(["wrappers", "explain", "outputFile"]),
    )
    .action((paths: string[], flags: ScanFlags) =>
      choose(async (io) => (await import("./commands/scan.ts")).runScan(paths, flags, io)),
    );

  program
    .command("init")
    .description("write a tracking plan from what the code sends")
    .option("--output-file <file>", "where to write it; default: tracking-plan.yaml at the repository's root")
    .option("--source <names...>", "describe these services only; the calls of others are not judged")
    .option("--force", "overwrite a plan that is there")
    .addOption(
      new Option(
        "--hook <tool>",
        "make this tool run tracklint before each commit; a plan that is there stays",
      ).choices(HOOK_TOOLS),
    )
    .option("-y, --yes", "ask nothing and take the defaults, as it is without a terminal")
    .option("--no-cache", "work everything out anew, and keep nothing for the next run")
    .option("--cache-location <folder>", CACHE_LOCATION)
    .option("--stats", "print what was read and how long it took, on standard error")
    .action((flags: InitFlags) => choose(async (io) => (await import("./commands/init.ts")).runInit(flags, io)));

  program
    .command("cache")
    .description("what is kept from run to run")
    .command("clean")
    .description("remove it")
    .option("--cache-location <folder>", CACHE_LOCATION)
    .action((flags: CleanFlags) =>
      choose(async (io) => (await import("./commands/cache-clean.ts")).runCacheClean(flags, io)),
    );

  program
    .command("rules")
    .description("list all rules")
    .addOption(formatOption(SCAN_FORMATS))
    .action((flags: RulesFlags) => choose(async (io) => (await import("./commands/rules.ts")).runRules(flags, io)));

  program
    .command("explain")
    .description("explain a rule: what it reports and why, wrong and right code, options")
    .argument("<rule>", "id of the rule")
    .action((rule: string) => choose(async (io) => (await import("./commands/explain.ts")).runExplain(rule, io)));

  return program;
}

function addReadOptions(command: Command, format: Option): Command {
  return command
    .option("--plan <file>", "the tracking plan; default: the nearest tracking-plan.yaml, up to the repository's root")
    .addOption(format)
    .option("--output-file <file>", "write the report to a file instead of standard output")
    .option("--no-cache", "work everything out anew, and keep nothing for the next run")
    .option("--cache-location <folder>", CACHE_LOCATION)
    .option("--stats", "print what was read and how long it took, on standard error")
    .option("--timing", "print how long each stage and each rule took, on standard error");
}

function checkFormatOption(): Option {
  const names = Object.keys(CHECK_FORMATS).join(", ");
  return new Option(
    "--format <name[=file]>",
    `how to print: ${names}; default: pretty; with a file it goes there, and may be repeated`,
  ).argParser(formatFlag);
}

function formatOption(formats: object): Option {
  return new Option("--format <format>", "how to print").choices(Object.keys(formats)).default("pretty");
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

function placeFlag(text: string): PlaceFlag {
  const [, file, line, column] = /^(.+?):(\d+)(?::(\d+))?:?$/.exec(text) ?? [];
  if (file === undefined || Number(line) === 0 || Number(column) === 0)
    throw new InvalidArgumentError("Write it as FILE:LINE or FILE:LINE:COLUMN, for example src/cart.ts:12.");
  return { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
}

const LEVELS: readonly RuleLevel[] = ["off", "warn", "error"];

function ruleFlag(text: string, earlier: readonly RuleFlag[]): readonly RuleFlag[] {
  const colon = text.lastIndexOf(":");
  if (colon <= 0) throw new InvalidArgumentError("Write it as id:severity, for example unknown-event:warn.");
  const level = text.slice(colon + 1);
  const severity = LEVELS.find((known) => known === level);
  if (severity !== undefined) return [...earlier, { id: text.slice(0, colon), severity }];
  const near = nearestName(level, LEVELS);
  throw new InvalidArgumentError(
    `The severity is one of ${LEVELS.join(", ")}.${near === undefined ? "" : ` Did you mean ${near}?`}`,
  );
}
