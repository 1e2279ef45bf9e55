// The usual way to write an analysis with ts-morph, as a program: add every file to a project, and walk its calls.
// `node whole-program.mjs ROOT LISTS.json`
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { Project, SyntaxKind } from "ts-morph";

const [root, lists] = process.argv.slice(2);
const { inScope } = JSON.parse(readFileSync(lists, "utf8"));
const project = new Project({ skipAddingFilesFromTsConfig: true, compilerOptions: { allowJs: true } });
for (const file of inScope) if (/\.[cm]?[jt]sx?$/.test(file)) project.addSourceFileAtPath(join(root, file));
let calls = 0;
for (const source of project.getSourceFiles()) {
  for (const call of source.getDescendantsOfKind(SyntaxKind.CallExpression)) {
    if (/\.(?:track|identify|alias|group|page|capture)$/.test(call.getExpression().getText())) calls += 1;
  }
}
process.stdout.write(`${JSON.stringify({ calls })}\n`);
