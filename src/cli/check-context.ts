import { relative, resolve, sep } from "node:path";
import { type RuleEntry, readRuleCatalogue, readRulePage } from "../docs/rule-catalogue.ts";
import { repositoryFolder } from "../project/project-root.ts";
import { relativeUri } from "../report/escape.ts";
import type { CheckContext } from "../report/types.ts";
import { readVersion } from "../version.ts";
import type { Io } from "./io.ts";
import { reportContext } from "./output.ts";

/** What the reports of a check are told; what takes a look at the disk is looked up where a report asks. */
export function checkContext(root: string, io: Io, outputFile: string | undefined): CheckContext {
  let folder: string | undefined;
  let rules: ReadonlyMap<string, RuleEntry> | undefined;
  const repositoryPath = (file: string) => {
    folder ??= repositoryFolder(root) ?? root;
    return file === "" ? "." : relative(folder, resolve(root, file)).replaceAll(sep, "/");
  };
  return {
    ...reportContext(root, io, outputFile),
    version: readVersion(),
    repositoryPath,
    sourceUrl: (file, line) => sourceUrl(repositoryPath(file), line, io.env),
    aboutRule: (id) => {
      rules ??= new Map(readRuleCatalogue().map((entry) => [entry.id, entry]));
      const entry = rules.get(id);
      return entry && { ...entry, level: entry.default.withPlan, page: readRulePage(id) };
    },
  };
}

/**
 * Where a line can be seen in the browser, as far as CI tells:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables and
 * https://docs.gitlab.com/ci/variables/predefined_variables/
 */
function sourceUrl(path: string, line: number, env: Io["env"]): string | undefined {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA, CI_PROJECT_URL, CI_COMMIT_SHA } = env;
  if (path.startsWith("../")) return undefined;
  const place = `${relativeUri(path)}#L${line}`;
  if (GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_SHA) {
    return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/blob/${GITHUB_SHA}/${place}`;
  }
  return CI_PROJECT_URL && CI_COMMIT_SHA ? `${CI_PROJECT_URL}/-/blob/${CI_COMMIT_SHA}/${place}` : undefined;
}
