import { joinPath } from "../util/posix-path.ts";
import type { ProjectFiles } from "./project-files.ts";

/** A name that a bundler's configuration gives to a folder or file. */
export interface Alias {
  readonly name: string;
  /** Relative to the root. */
  readonly target: string;
}

const bundlerConfig =
  /^(?:vite|svelte|nuxt|astro|vue|webpack|rspack|rsbuild|electron\.vite|quasar|babel|craco)\.config(?:\.[\w-]+)?\.[cm]?[jt]s$/;

/** What frameworks call their source folder when nothing says otherwise: the name, and where it may lead. */
const conventions: readonly { readonly prefix: string; readonly folders: readonly string[] }[] = [
  { prefix: "$lib", folders: ["src/lib"] },
  { prefix: "@@/", folders: [""] },
  { prefix: "~~/", folders: [""] },
  { prefix: "@/", folders: ["src", "", "app"] },
  { prefix: "~/", folders: ["src", "app", ""] },
  { prefix: "src/", folders: ["src"] },
];

/** The paths that a specifier may mean by a framework's convention, in the order to try, relative to the project. */
export function conventionalPaths(specifier: string): readonly string[] {
  return conventions.flatMap(({ prefix, folders }) => {
    const rest = specifier === prefix ? "" : below(specifier, prefix);
    return rest === undefined ? [] : folders.map((folder) => `${folder}/${rest}`.replace(/^\/|\/$/g, ""));
  });
}

/** The aliases that the bundler configurations in a folder declare with literal paths, longest name first. */
export function declaredAliases(folder: string, files: ProjectFiles): readonly Alias[] {
  return [...files.names(folder)]
    .filter((name) => bundlerConfig.test(name))
    .flatMap((name) => aliasesIn(files.readText(folder === "" ? name : `${folder}/${name}`) ?? ""))
    .flatMap(({ name, path }) => {
      const target = joinPath(folder, path);
      return target === undefined ? [] : [{ name, target }];
    })
    .sort((a, b) => b.name.length - a.name.length);
}

/** What a specifier is by an alias; undefined where the alias doesn't match. */
export function aliasedPath(specifier: string, { name, target }: Alias): string | undefined {
  if (specifier === name) return target;
  const rest = below(specifier, name);
  return rest === undefined ? undefined : joinPath(target, rest);
}

function below(specifier: string, prefix: string): string | undefined {
  const folder = prefix.endsWith("/") ? prefix : `${prefix}/`;
  return specifier.startsWith(folder) ? specifier.slice(folder.length) : undefined;
}

/**
 * Reads `alias: { name: path }` and `alias: [{ find, replacement }]` out of a configuration without running it. The
 * string literals of a value, joined, are its path: `path.resolve(__dirname, "../shared")`, `new URL("./src", …)`.
 */
function aliasesIn(text: string): { readonly name: string; readonly path: string }[] {
  return [...text.matchAll(/\balias["']?\s*:\s*(?=[{[])/g)].flatMap((found) => {
    const tokens = tokenise(text, found.index + found[0].length);
    const list = tokens[0] === "[";
    return splitEntries(tokens.slice(1)).flatMap((entry) => (list ? listEntry(entry) : mapEntry(entry)));
  });
}

/** String literals (with their quotes), names, and single characters, up to the end of the bracket that starts it. */
function tokenise(text: string, start: number): string[] {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|[\w$]+|\S/g;
  token.lastIndex = start;
  const tokens: string[] = [];
  let depth = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [found] = match;
    if (found.startsWith("//") || found.startsWith("/*")) continue;
    if (isOpening(found)) depth += 1;
    if (isClosing(found)) depth -= 1;
    if (depth === 0) return tokens;
    tokens.push(found);
  }
  return [];
}

function splitEntries(tokens: readonly string[]): string[][] {
  const entries: string[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isOpening(token)) depth += 1;
    if (isClosing(token)) depth -= 1;
    if (depth === 0 && token === ",") entries.push([]);
    else entries.at(-1)?.push(token);
  }
  return entries;
}

function mapEntry([key, colon, ...value]: readonly string[]): { readonly name: string; readonly path: string }[] {
  return key === undefined || colon !== ":" ? [] : toAlias(literalOf(key) ?? key, value);
}

function listEntry(tokens: readonly string[]): { readonly name: string; readonly path: string }[] {
  const fields = new Map(
    splitEntries(tokens.slice(1, -1)).map(([key = "", colon, ...value]) => [
      literalOf(key) ?? key,
      colon === ":" ? value : [],
    ]),
  );
  const find = fields.get("find") ?? [];
  const name = find.length === 1 ? literalOf(find[0] ?? "") : undefined;
  return name === undefined ? [] : toAlias(name, fields.get("replacement") ?? []);
}

/** `$lib/*: src/lib/*` is the same as `$lib: src/lib`; an exact match (`vue$`) is no folder. */
function toAlias(key: string, value: readonly string[]): { readonly name: string; readonly path: string }[] {
  const literals = value.flatMap((token) => literalOf(token) ?? []);
  const path = literals.join("/").replace(/\/\*$/, "").replace(/^\/+/, "");
  return literals.length === 0 || key.endsWith("$") ? [] : [{ name: key.replace(/\/\*$/, ""), path }];
}

function literalOf(token: string): string | undefined {
  return /^["'`]/.test(token) ? token.slice(1, -1).replace(/\$\{[^}]*\}/g, "") : undefined;
}

function isOpening(token: string): boolean {
  return token === "{" || token === "[" || token === "(";
}

function isClosing(token: string): boolean {
  return token === "}" || token === "]" || token === ")";
}
