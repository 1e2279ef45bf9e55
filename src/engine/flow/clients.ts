import type { Inventory } from "../../calls/types.ts";
import type { Plan } from "../../plan/model.ts";
import { sdkById } from "../../sdks/index.ts";
import { judgedCalls } from "../selectors.ts";
import { platformIn } from "./consent-coverage.ts";

/** A client of the product whose code is not here and which, by the plan, sends to the vendor. */
export function externalClient(vendor: string, plan: Plan | undefined): string | undefined {
  const clients = [...(plan?.sources.values() ?? [])].filter(
    ({ external, platform, destinations }) =>
      external && platform !== "server" && (destinations.length === 0 || destinations.includes(vendor)),
  );
  return clients[0]?.name;
}

/** Asks whether a browser of the product sends to a vendor, by what is in the repository. */
export function browserVendors(code: Inventory): ReadonlySet<string> {
  const isBrowser = (sdk: string, of: Parameters<typeof platformIn>[1]) =>
    sdkById(sdk)?.platform === "browser" || platformIn(code, of) === "browser";
  const untracked = new Set(code.sources.filter(({ tracked }) => !tracked).map(({ name }) => name));
  const starts = code.starts.filter(({ tenant, source }) => tenant !== true && !untracked.has(source));
  return new Set([
    ...starts.filter((start) => isBrowser(start.sdk, start)).map(({ vendor }) => vendor),
    ...judgedCalls(code).flatMap((call) =>
      call.sinks.filter(({ sdk }) => isBrowser(sdk, call)).map(({ vendor }) => vendor),
    ),
  ]);
}
