import { resolve } from "node:path";
import { discover } from "../discover/discover.ts";
import { UserError } from "../errors.ts";
import { nodeHost } from "../host/node-host.ts";
import { packagesOf } from "../parts/packages.ts";
import { openProject, type Project, type ProjectOptions } from "./open-project.ts";
import { outerRoot } from "./project-root.ts";

/** A package, and the project that it is of. */
export interface OpenPackage extends Project {
  /** Its folder, relative to the root; `""` for the root. */
  readonly folder: string;
}

/**
 * Opens the project of one package. A folder that could be a project of its own, with workspaces or as a submodule, is
 * a package where a project around it says so.
 *
 * @throws UserError where a path is not there, or several are named
 */
export function openPackage(options: Omit<ProjectOptions, "root">): OpenPackage {
  const project = openProject(options);
  const [folder = "", ...others] = project.scope;
  if (others.length > 0) throw new UserError("A part is made of one package: name one folder.");
  const outer = folder === "" ? outerRoot(project.host.root) : undefined;
  if (outer === undefined) return { ...project, folder };
  const within = openProject({ ...options, root: outer });
  const { workspaces } = discover(nodeHost(outer));
  const isDeclared = packagesOf(workspaces).some(
    ({ directory }) => directory !== "" && resolve(outer, directory) === project.host.root,
  );
  return isDeclared ? { ...within, folder: within.scope[0] ?? "" } : { ...project, folder };
}
