import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { version as nodeVersion } from "node:process";
import { fileURLToPath } from "node:url";

/** The folder of the package, from its sources and from its build alike: both lie one folder below it. */
export const packageRoot = new URL("../", import.meta.url);

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The version of this package. */
export function readVersion(): string {
  return manifestAt(fileURLToPath(new URL("package.json", packageRoot))).version;
}

/** What was built beside the code that runs in Node. It is there once `npm run build` has run. */
export function readBuilt(name: string): string {
  return readFileSync(new URL(`dist/${name}`, packageRoot), "utf8");
}

/** Names all that computes: the program and Node. Undefined where the sources run unbuilt, which anybody may be changing. */
export function readBuild(): string | undefined {
  const program = readProgram();
  return program === undefined ? undefined : `${program} ${nodeVersion}`;
}

/** Names what was built, the packages that it runs on and theirs; undefined where the sources run unbuilt. */
export function readProgram(): string | undefined {
  const file = new URL("dist/build-id", packageRoot);
  if (!import.meta.url.includes("/dist/")) return undefined;
  const own = fileURLToPath(new URL("package.json", packageRoot));
  const direct = dependenciesOf(own);
  const versions = [...direct, ...direct.flatMap(dependenciesOf)].map((path) => manifestAt(path).version);
  return [readFileSync(file, "utf8"), ...versions].join(" ");
}

/** Manifests of the packages that one depends on; those that keep theirs to themselves are left out. */
function dependenciesOf(manifest: string): string[] {
  const require = createRequire(manifest);
  return Object.keys(manifestAt(manifest).dependencies ?? {}).flatMap((name) => {
    try {
      return [require.resolve(`${name}/package.json`)];
    } catch (error) {
      if (error instanceof Error && "code" in error) return [];
      throw error;
    }
  });
}

function manifestAt(path: string): Manifest {
  return JSON.parse(readFileSync(path, "utf8"));
}
