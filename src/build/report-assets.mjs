import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { licencesText } from "./licences.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What the HTML report runs in a browser, and how it looks; with the paths of all that went into it. */
export async function buildReportAssets() {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { "report-html": "src/report/html/browser/main.ts", style: "src/report/html/browser/report.css" },
    outdir: "dist",
    bundle: true,
    format: "iife",
    platform: "browser",
    // What `light-dark()` in colours asks for as well.
    target: ["chrome123", "firefox120", "safari17.5"],
    minify: true,
    legalComments: "none",
    charset: "ascii",
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  const textOf = (extension) => outputFiles.find(({ path }) => path.endsWith(extension)).text;
  const inputs = Object.keys(metafile.inputs);
  return { script: `/*\n${licences(inputs)}*/\n${textOf(".js")}`, style: textOf(".css"), inputs };
}

/** Reports are handed on, and licences ask to come along: each text once. */
function licences(inputs) {
  const packages = new Map();
  for (const licence of licencesText(root, inputs).split(/\n-{80}\n\n/)) {
    const [name, ...lines] = licence.split("\n");
    const text = lines.join("\n").trim();
    packages.set(text, [...(packages.get(text) ?? []), name]);
  }
  return [...packages].map(([text, names]) => `${names.join(", ")}\n\n${text}\n`.replaceAll("*/", "* /")).join("\n");
}
