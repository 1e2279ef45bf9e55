// Builds the package into dist/: bundles for the command line and the API, the plan's schema, licences of what is
// bundled, and with --types the declarations that only a published package needs.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { licencesText } from "./licences.mjs";
import { buildReportAssets } from "./report-assets.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const dist = join(root, "dist");
const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const { metafile, outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: {
    cli: "src/cli/main.ts",
    index: "src/index.ts",
    plugin: "src/plugin.ts",
    testing: "src/testing/index.ts",
    "typescript-hooks": "src/plugins/typescript-hooks.ts",
  },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  chunkNames: "[name]-[hash]",
  plugins: [{ name: "require-typescript", setup: requireTypescript }],
  // What can't be bundled, or is too large to be (the compilers of TypeScript and of components).
  external: Object.keys(dependencies),
  // Bundled CommonJS asks for Node's own modules with `require`.
  banner: {
    js: 'import { createRequire as bundleRequire } from "node:module"; const require = bundleRequire(import.meta.url);',
  },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
}).catch(() => process.exit(1)); // esbuild has said why
const report = await buildReportAssets().catch(() => process.exit(1));
// The last build stays until this one has succeeded, for those who are running it.
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
for (const { path, contents } of outputFiles) writeFileSync(path, contents);
writeFileSync(join(dist, "build-id"), buildId(outputFiles));
writeFileSync(join(dist, "report-html.js"), report.script);
writeFileSync(join(dist, "report-html.css"), report.style);
const inputs = [...Object.keys(metafile.inputs), ...report.inputs];
writeFileSync(join(dist, "THIRD-PARTY-LICENCES.txt"), licencesText(root, inputs));
copyFileSync(join(root, "src/plan/plan.schema.json"), join(dist, "plan.schema.json"));

/** Names what was built, so that a cache knows whose values it holds. */
function buildId(outputs) {
  const hash = createHash("sha256");
  for (const { path, contents } of outputs.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(`${relative(dist, path)} ${contents.length}\n`).update(contents);
  }
  return hash.digest("base64url");
}

/**
 * Importing CommonJS from a module has Node look through all its text for what it exports: 100 ms for TypeScript. To
 * require it does not.
 */
function requireTypescript({ onResolve, onLoad }) {
  onResolve({ filter: /^ts-morph$/ }, ({ path }) => ({ path, namespace: "required" }));
  onLoad({ filter: /.*/, namespace: "required" }, () => ({
    contents: `import { createRequire } from "node:module";
      export const { ts } = createRequire(import.meta.url)("ts-morph");`,
  }));
}

if (process.argv.includes("--types")) {
  const tsc = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", root], {
    stdio: "inherit",
  });
  process.exitCode = tsc.status ?? 1;
}
