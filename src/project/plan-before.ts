import { UserError } from "../errors.ts";
import { mergeBase, requireCommit, revisionHost } from "../host/git-revision.ts";
import { loadPlan } from "../plan/load-plan.ts";
import type { PlanBefore } from "../plan/model.ts";
import type { PlanPlace } from "./plan-place.ts";

/**
 * The plan at a revision of git; without a name, at the merge base with the default branch, where the plan was another.
 * Undefined where there is nothing to compare with.
 *
 * @param texts of the plan's files today, by path
 * @throws UserError for a name that git doesn't know, and where the plan did not exist there or was no plan
 */
export function planBefore(
  { host: { root }, path }: PlanPlace,
  against: string | undefined,
  texts: ReadonlyMap<string, string>,
): PlanBefore | undefined {
  const commit = against === undefined ? mergeBase(root) : requireCommit(root, against);
  if (commit === undefined) return undefined;
  if (against === undefined && commit === "unknown") {
    return { notKnown: "git doesn't know where the branch began, as in a shallow clone" };
  }
  const host = revisionHost(root, commit);
  const revision = against ?? commit.slice(0, 10);
  if (host.readText(path) === undefined) {
    if (against === undefined) return undefined;
    throw new UserError(`The plan \`${path}\` did not exist at \`${against}\`.`, {
      help: "Name a later revision, or leave `--against` out: a new plan has nothing to be compared with.",
    });
  }
  if ([...texts].every(([file, text]) => host.readText(file) === text)) return undefined;
  const { plan, findings } = loadPlan(host, path);
  if (plan !== undefined && findings.length === 0) return { plan, revision };
  if (against === undefined) return { notKnown: `the plan had mistakes at ${revision}, where the branch began` };
  throw new UserError(
    `The plan \`${path}\` has mistakes at \`${against}\`: ${findings[0]?.message ?? "it is no plan"}.`,
    {
      help: "Name a revision at which it was sound.",
    },
  );
}
