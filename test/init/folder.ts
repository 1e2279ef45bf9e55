import { readdirSync, readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** All texts of a folder, by path. */
export function readFolder(folder: URL): Readonly<Record<string, string>> {
  const top = fileURLToPath(folder);
  const files = readdirSync(top, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = `${parentPath}${sep}${name}`;
      return [relative(top, path).replaceAll(sep, "/"), readFileSync(path, "utf8")];
    }),
  );
}
