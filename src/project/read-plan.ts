import type { Cache } from "../cache/cache.ts";
import { textIfReadable } from "../host/if-readable.ts";
import { isSound, type LoadedPlan, type ReadPlan } from "../plan/loaded-plan.ts";
import type { PlanPlace } from "./plan-place.ts";

/** What is kept of a sound plan. That it is sound, and the rest, follows from the texts. */
type KnownPlan = Pick<ReadPlan, "texts" | "hasPlugins" | "hasVersions">;

/**
 * Reads the files of a plan; parses them where no earlier run has found these texts sound.
 *
 * @throws UserError where the file that is named doesn't exist
 */
export async function readPlanFiles({ host, path, prefix }: PlanPlace, cache?: Cache): Promise<ReadPlan> {
  const kept = cache?.plans();
  const question = [prefix, path];
  const known = kept?.recall<KnownPlan>(question);
  if (known && [...known.texts].every(([file, text]) => textIfReadable(host, file) === text)) {
    let loaded: LoadedPlan | undefined;
    return {
      ...known,
      findings: [],
      async load() {
        loaded ??= (await loader())(host, path);
        return loaded;
      },
    };
  }
  const loaded = (await loader())(host, path);
  const { plan, texts, findings } = loaded;
  const hasPlugins = (plan?.lint.plugins ?? []).length > 0;
  const hasVersions = plan?.hasEvents === true && plan.events.some(({ version }) => version !== undefined);
  if (isSound(loaded)) kept?.keep(question, { texts, hasPlugins, hasVersions } satisfies KnownPlan);
  return { texts, findings, hasPlugins, hasVersions, load: async () => loaded };
}

async function loader() {
  return (await import("../plan/load-plan.ts")).loadPlan;
}
