import { readFileSync } from "node:fs";
import type { LoadHook } from "node:module";
import { fileURLToPath } from "node:url";
import { ts } from "ts-morph";

const TYPESCRIPT = /\.([cm]?)ts$/;

/** Takes the types out of plugins in TypeScript, for versions of Node that can't. Runs in Node's own thread for it. */
export const load: LoadHook = (url, context, nextLoad) => {
  const address = new URL(url);
  const kind = address.protocol === "file:" ? TYPESCRIPT.exec(address.pathname)?.[1] : undefined;
  if (kind === undefined) return nextLoad(url, context);
  address.search = "";
  const file = fileURLToPath(address);
  const isCommonJs = kind === "c";
  const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), {
    fileName: file,
    compilerOptions: {
      module: isCommonJs ? ts.ModuleKind.CommonJS : ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      inlineSourceMap: true,
    },
  });
  return { format: isCommonJs ? "commonjs" : "module", source: outputText, shortCircuit: true };
};
