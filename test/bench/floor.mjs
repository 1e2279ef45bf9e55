// The least that a linter of tracking calls must do, as a program: load ts-morph, list the files with git, read them
// all, and parse those that hold tracking calls. `node floor.mjs ROOT LISTS.json`.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { ts } from "ts-morph";

const [root, lists] = process.argv.slice(2);
const { inScope, withCalls } = JSON.parse(readFileSync(lists, "utf8"));
const judged = new Set(inScope);
const parsed = new Set(withCalls);

const git = ["-C", root, "ls-files", "-co", "--exclude-standard", "-z"];
const files = execFileSync("git", git, { maxBuffer: 1 << 28 })
  .toString("utf8")
  .split("\0");

let bytes = 0;
let nodes = 0;
for (const file of files) {
  if (!judged.has(file)) continue;
  const text = readFileSync(join(root, file), "utf8");
  bytes += text.length;
  if (parsed.has(file)) nodes += ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false).statements.length;
}
process.stdout.write(`${JSON.stringify({ files: judged.size, bytes, nodes })}\n`);
