import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";

/** What a part of the source may import. A part is a folder of `src/`, one of its top files, or `rules`. */
interface Permission {
  /** Parts whose values it may import. */
  readonly parts: readonly string[];
  /** Parts of which it may import types only. */
  readonly types?: readonly string[];
  /** Packages and modules of Node; a name also allows what lies below it. */
  readonly packages?: readonly string[];
  /** What a violator reads. */
  readonly because: string;
}

const ALL_DATA = ["calls", "diagnostics", "plan", "engine", "host", "discover"];

const PERMISSIONS: Readonly<Record<string, Permission>> = {
  util: {
    parts: [],
    packages: ["fastest-levenshtein"],
    because: "util makes sense in any project and knows nothing of this one",
  },
  "errors.ts": { parts: [], because: "errors are known to all and know nobody" },
  "version.ts": {
    parts: [],
    packages: ["node:fs", "node:module", "node:process", "node:url"],
    because: "it only finds the package itself, and what it runs on",
  },
  diagnostics: { parts: ["util"], packages: ["node:crypto"], because: "findings are data" },
  calls: { parts: [], types: ["diagnostics"], because: "the model of calls is data" },
  host: {
    parts: ["util", "errors.ts"],
    packages: ["node:buffer", "node:fs", "node:path", "node:process", "node:child_process", "chokidar"],
    because: "host is the only door to a codebase, and knows nothing of what is read through it",
  },
  schema: {
    parts: ["util", "errors.ts"],
    packages: ["ajv", "ajv-draft-04", "ajv-formats", "re2js"],
    because: "only schema/ knows ajv, and bounds regular expressions",
  },
  discover: {
    parts: ["host", "util", "errors.ts"],
    types: ["calls", "plan"],
    packages: ["ignore", "picomatch", "resolve.exports", "strip-json-comments", "yaml"],
    because: "discovery names files and resolves imports, through the host",
  },
  facts: {
    parts: ["diagnostics", "util"],
    packages: ["ts-morph", "node:module", "@vue/compiler-dom", "svelte", "@astrojs/compiler-rs"],
    because: "facts are a function of one file's text: no host, no configuration, no SDKs. Only facts/ parses code",
  },
  sdks: { parts: ["errors.ts"], types: ["calls"], because: "SDK descriptors are data" },
  link: {
    parts: ["facts", "sdks", "suppress", "discover", "diagnostics", "util", "errors.ts", "host"],
    types: ["calls", "plan"],
    because: "linking works on facts: no parser, no file system but the host, no clock",
  },
  plan: {
    parts: ["schema", "diagnostics", "util", "errors.ts", "host"],
    packages: ["yaml"],
    because: "a plan is read and validated without knowing who asks",
  },
  engine: {
    parts: ["diagnostics", "schema", "sdks", "util", "errors.ts"],
    types: ["calls", "plan"],
    packages: ["re2js"],
    because: "the engine runs rules on plain data and knows no rule",
  },
  "plugin.ts": {
    parts: ["engine", "diagnostics", "sdks", "util"],
    types: ["calls", "plan"],
    because: "it is what rules may use: plain data and questions about it",
  },
  rules: { parts: ["plugin.ts"], because: "built-in rules use nothing that a plugin couldn't" },
  config: {
    parts: ["engine", "discover", "diagnostics", "schema", "util", "errors.ts"],
    types: ["plan"],
    because: "configuration decides what holds, and runs nothing",
  },
  suppress: {
    parts: ["diagnostics", "engine", "util"],
    types: ["calls"],
    because: "suppression works on findings and comments",
  },
  fix: {
    parts: ["diagnostics", "facts", "plan", "util"],
    because: "fixes are computed on texts; writing them is for who asks",
  },
  baseline: {
    parts: ["diagnostics", "errors.ts"],
    packages: ["yaml"],
    because: "a baseline works on findings and a text; reading and writing the file is for who asks",
  },
  report: {
    parts: ["diagnostics", "util"],
    types: ["calls", "baseline"],
    packages: [
      "chalk",
      "fast-string-width",
      "fast-wrap-ansi",
      "node:crypto",
      "d3-axis",
      "d3-scale",
      "d3-selection",
      "sarif",
    ],
    because: "reports are functions from data to text; html/browser runs in the page",
  },
  cache: {
    parts: ["host"],
    types: ["facts", "link"],
    packages: ["node:crypto", "node:fs", "node:path", "node:v8"],
    because: "a cache keeps answers, and knows nothing of what they mean",
  },
  parts: {
    parts: ["discover", "facts", "host", "link", "diagnostics", "util", "errors.ts"],
    types: ["plan"],
    packages: ["node:buffer", "node:crypto", "node:zlib"],
    because: "a part holds what texts say, and what follows from it is worked out by who joins parts",
  },
  "part.ts": {
    parts: ["parts", "read.ts", "util"],
    types: ["host"],
    because: "it reads one package, and judges nothing",
  },
  project: {
    parts: ["host", "plan", "discover", "cache", "link", "parts", "util", "errors.ts"],
    types: ["calls", "diagnostics"],
    packages: ["node:fs", "node:path"],
    because: "it finds where a run takes place, and reads no code",
  },
  plugins: {
    parts: ["discover", "diagnostics", "schema", "util", "errors.ts", "version.ts"],
    types: ["engine", "host", "plan"],
    packages: ["node:path", "node:url", "node:module", "node:fs", "ts-morph"],
    because: "only plugins/ runs what is not part of tracklint",
  },
  "read.ts": {
    parts: ["discover", "diagnostics", "host", "link", "plan", "project", "errors.ts"],
    types: ["calls", "cache", "parts", "util"],
    because: "it reads code and plan, and judges nothing",
  },
  "rule-set.ts": {
    parts: ["config", "plugins", "read.ts", "rules"],
    types: ["diagnostics", "engine", "errors.ts", "host", "plan", "util"],
    because: "it loads rules, and runs none",
  },
  "judged.ts": {
    parts: ["judge.ts", "read.ts", "rule-set.ts", "util"],
    types: ["host", "plan"],
    because: "it decides whether there is anything to judge, and leaves that to judge.ts",
  },
  "judge.ts": {
    parts: ["config", "engine", "plan", "suppress"],
    types: ["calls", "diagnostics", "plan", "errors.ts"],
    because: "judging reads nothing",
  },
  "overview.ts": {
    parts: ["engine"],
    types: ["calls", "plan", "report"],
    because: "it holds plan and code side by side as plain data for reports, which know neither",
  },
  "lint.ts": {
    parts: [
      ...ALL_DATA,
      "baseline",
      "link",
      "config",
      "project",
      "util",
      "errors.ts",
      "judged.ts",
      "overview.ts",
      "read.ts",
      "rule-set.ts",
    ],
    types: ["report"],
    because: "the pipeline ends in data; printing is for who calls it",
  },
  "index.ts": {
    parts: ["lint.ts", "baseline", "project", "plan", "engine", "testing", "errors.ts"],
    types: ["calls", "diagnostics", "plugins", "report"],
    packages: ["node:path"],
    because: "the API is a thin layer on the pipeline",
  },
  init: {
    parts: ["engine", "diagnostics", "util", "errors.ts"],
    types: ["calls", "plan", "lint.ts"],
    packages: ["yaml"],
    because: "plans are drafted from plain data, and hooks from texts; asking, reading and writing is the command's",
  },
  docs: {
    parts: ["engine", "report", "version.ts"],
    packages: ["marked", "node:fs"],
    because: "docs print what rules say of themselves",
  },
  testing: {
    parts: [...ALL_DATA, "link", "judge.ts", "errors.ts", "util", "report"],
    packages: ["node:assert"],
    because: "test functions are passed in: no test framework is imported",
  },
  cli: {
    parts: [
      "lint.ts",
      "part.ts",
      "parts",
      "cache",
      "host",
      "baseline",
      "fix",
      "init",
      "project",
      "report",
      "docs",
      "engine",
      "util",
      "errors.ts",
      "version.ts",
    ],
    types: ["calls", "diagnostics", "config", "host", "read.ts"],
    packages: ["commander", "node:path"],
    because: "the command line asks the pipeline, and prints",
  },
};

/** Files that may do more than their part, because they are its door to the outside. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  "src/cli/io.ts": ["node:buffer", "node:fs", "node:process", "node:readline", "node:stream"],
};

const FORBIDDEN: readonly { readonly pattern: RegExp; readonly except: readonly string[]; readonly because: string }[] =
  [
    { pattern: /\bconsole\s*\./, except: [], because: "text for people goes through `Io`" },
    {
      pattern: /\bprocess\.exit\b/,
      except: [],
      because: "commands return an exit code, so that nothing written is lost",
    },
    { pattern: /(?<![\w.])process\./, except: ["src/cli/io.ts"], because: "the process is an argument: `Io`" },
    { pattern: /\bcatch\s*(?:\([^)]*\))?\s*\{\s*\}/, except: [], because: "an error is handled, reported or thrown" },
    { pattern: /\bMath\.random\b/, except: [], because: "equal input gives equal output" },
    {
      pattern: /\bDate\.now\(|\bnew Date\(\)/,
      except: ["src/util/today.ts"],
      because: "the time is an argument",
    },
    {
      pattern: /(?<!typeof )\bimport\("(?!\.|node:)/,
      except: [],
      because: "a bundled package of CommonJS has its names only where the import is static",
    },
    { pattern: /\bthrow new Error\(/, except: [], because: "errors are UserError, HostError or InternalError" },
  ];

const LINE_CAP = 350;
/** Tables of data. */
const NO_CAP: ReadonlySet<string> = new Set(["src/sdks/generated.ts"]);

interface Import {
  readonly from: string;
  readonly specifier: string;
  /** The part that it leads to; undefined for a package. */
  readonly part: string | undefined;
  readonly typeOnly: boolean;
}

const root = new URL("../", import.meta.url);
const files = ["src", "rules"].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".ts")),
);
const texts = new Map(files.map((file) => [file, readFileSync(new URL(file, root), "utf8")]));
const imports = files.flatMap(importsOf);

function partOf(file: string): string {
  const [top = "", second = ""] = file.split("/");
  return top === "rules" ? "rules" : second;
}

function importsOf(file: string): Import[] {
  const statements = /^(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm;
  return [...texts.get(file)!.matchAll(statements)].map(([, type, named, dynamic]) => {
    const specifier = named ?? dynamic ?? "";
    const isOwn = specifier.startsWith(".");
    const part = isOwn ? partOf(posix.join(posix.dirname(file), specifier)) : undefined;
    return { from: file, specifier, part, typeOnly: type !== undefined };
  });
}

function isAllowed({ from, specifier, part, typeOnly }: Import): boolean {
  const permission = PERMISSIONS[partOf(from)];
  if (permission === undefined) return false;
  if (part !== undefined) {
    const allowed = [...permission.parts, ...(typeOnly ? (permission.types ?? []) : [])];
    return part === partOf(from) || allowed.includes(part);
  }
  const packages = [...(permission.packages ?? []), ...(DOORS[from] ?? [])];
  return packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

describe("the architecture", () => {
  test("every part has its permissions", () => {
    expect([...new Set(files.map(partOf))].filter((part) => PERMISSIONS[part] === undefined)).toEqual([]);
  });

  test("imports are found at all", () => {
    expect(imports.length).toBeGreaterThan(files.length);
  });

  test("each part imports what it may", () => {
    const violations = imports
      .filter((one) => !isAllowed(one))
      .map((one) => `${one.from} imports ${one.specifier}: ${PERMISSIONS[partOf(one.from)]?.because}`);
    expect(violations).toEqual([]);
  });

  test("parts don't import each other in a circle", () => {
    const edges = new Map<string, Set<string>>();
    for (const { from, part, typeOnly } of imports) {
      if (part === undefined || typeOnly || part === partOf(from)) continue;
      edges.set(partOf(from), (edges.get(partOf(from)) ?? new Set()).add(part));
    }
    const reaches = (start: string) => {
      const seen = new Set<string>();
      const queue = [...(edges.get(start) ?? [])];
      for (let part = queue.pop(); part !== undefined; part = queue.pop()) {
        if (seen.has(part)) continue;
        seen.add(part);
        queue.push(...(edges.get(part) ?? []));
      }
      return seen;
    };
    expect([...edges.keys()].filter((part) => reaches(part).has(part))).toEqual([]);
  });

  test.each(FORBIDDEN)("nobody writes $pattern: $because", ({ pattern, except }) => {
    const found = files.filter((file) => !except.includes(file) && pattern.test(codeOf(file)));
    expect(found).toEqual([]);
  });

  test("what is missing belongs in an issue, not in a comment", () => {
    expect(files.filter((file) => /\b(?:TODO|FIXME|XXX|HACK)\b/.test(texts.get(file)!))).toEqual([]);
  });

  test(`no file is longer than ${LINE_CAP} lines`, () => {
    const long = files.filter((file) => !NO_CAP.has(file) && texts.get(file)!.split("\n").length - 1 > LINE_CAP);
    expect(long).toEqual([]);
  });
});

/** A file without its comments, near enough. */
function codeOf(file: string): string {
  return texts.get(file)!.replace(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/.*/g, "");
}
