import { relative, sep } from "node:path";
import { watch } from "chokidar";
import type { Host } from "./host.ts";
import { foldersWith, INSTALLED } from "./kept-folders.ts";

/** Changes that come within so many milliseconds are told together: editors write a file in several steps. */
const TOGETHER_MILLISECONDS = 40;

/** What decides, by what it says, which files git lists. */
const LISTING = /(?:^|\/)\.git(?:ignore|modules)$/;

/**
 * Tells whenever files of a project change, until it is closed. Folders that hold nothing when it starts (what git
 * ignores) are left alone, and so is what was installed.
 *
 * @param outputs absolute paths of files that runs write themselves
 * @param onChange is told whether there are the same files as before, which only say something else
 */
export async function watchFiles(
  host: Host,
  outputs: readonly string[],
  onChange: (hasSameFiles: boolean) => void,
): Promise<{ close(): Promise<void> }> {
  const folders = foldersWith(host.gitFiles());
  const own = new Set(outputs);
  let isStarting = true;
  const watcher = watch(host.root, {
    ignoreInitial: true,
    ignored: (path, stats) => {
      const inside = relative(host.root, path).replaceAll(sep, "/");
      if (INSTALLED.test(inside) || /(?:^|\/)\.git(?:\/|$)/.test(inside) || own.has(path)) return true;
      return isStarting && stats?.isDirectory() === true && folders !== undefined && !folders.has(inside);
    },
  });
  let timer: NodeJS.Timeout | undefined;
  let hasSameFiles = true;
  watcher.on("all", (event, path) => {
    hasSameFiles &&= event === "change" && !LISTING.test(path.replaceAll(sep, "/"));
    clearTimeout(timer);
    timer = setTimeout(() => {
      onChange(hasSameFiles);
      hasSameFiles = true;
    }, TOGETHER_MILLISECONDS);
  });
  await new Promise<void>((ready, fail) => {
    watcher.once("ready", ready);
    watcher.once("error", fail);
  });
  isStarting = false;
  return {
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
