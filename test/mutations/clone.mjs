// Counts which mistakes are found in a real repository: `node test/mutations/clone.mjs FOLDER [EACH] [PLAN]`. Nothing
// in the folder is changed: it is read into memory, and changed there.
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outfile = here(`../../dist/mutations-${process.pid}.mjs`);
await build({
  entryPoints: [here("run-clone.ts")],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  external: ["ts-morph", "svelte", "@vue/compiler-dom", "@astrojs/compiler-rs", "vitest"],
  banner: {
    js: 'import { createRequire as bundleRequire } from "node:module"; const require = bundleRequire(import.meta.url);',
  },
  logLevel: "error",
});
try {
  await import(outfile);
} finally {
  rmSync(outfile, { force: true });
}
