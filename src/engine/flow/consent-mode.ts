import type { Inventory, SdkStart, TrackingCall } from "../../calls/types.ts";
import { compareRanges } from "../../diagnostics/range.ts";
import type { PlanConsent } from "../../plan/model.ts";
import { googleConsentMode as mode } from "../../sdks/consent-mode.ts";
import { groupBy } from "../../util/group-by.ts";
import { judgedCalls } from "../selectors.ts";
import { excludeEachOther } from "./identity-links.ts";
import { judgeGuards } from "./judge-guards.ts";

/** Google's consent mode in one source. */
export interface ConsentMode {
  readonly source: string;
  /** The tags that the source's own code configures. Not components: what goes before them is often a script in text. */
  readonly tags: readonly SdkStart[];
  /** Those that run only once the user has agreed. */
  readonly waiting: readonly SdkStart[];
  readonly defaults: readonly TrackingCall[];
  readonly updates: readonly TrackingCall[];
  /** A container of Google Tag Manager is there: what it or its consent platform sets is in no code. */
  readonly hasContainer: boolean;
  /** States that the consent commands of the source certainly leave out. */
  readonly lacks: readonly string[];
}

/** One for each source that configures Google's tag or tells it of a choice. */
export function consentModes(code: Inventory, terms?: Pick<PlanConsent, "guards">): readonly ConsentMode[] {
  const commands = groupBy(
    judgedCalls(code, { kinds: ["consent"] }).filter(({ sinks }) => sinks.some(isGoogle)),
    ({ source }) => source,
  );
  const tags = groupBy(
    code.starts.filter(
      (start) => isGoogle(start) && start.family === mode.tags && start.how !== "component" && !start.tenant,
    ),
    ({ source }) => source,
  );
  const containers = new Set(
    [...code.starts, ...code.calls.flatMap(({ source, sinks }) => sinks.map((sink) => ({ ...sink, source })))]
      .filter(({ family }) => family === mode.container)
      .map(({ source }) => source),
  );
  const untracked = new Set(code.sources.filter(({ tracked }) => !tracked).map(({ name }) => name));
  const sources = [...new Set([...commands.keys(), ...tags.keys()])].filter((source) => !untracked.has(source));
  return sources.map((source) => {
    const told = commands.get(source) ?? [];
    return {
      source,
      tags: tags.get(source) ?? [],
      waiting: (tags.get(source) ?? []).filter((tag) => judgeGuards(tag.guards, terms?.guards).decider === "user"),
      defaults: told.filter(({ consentAction }) => consentAction === "default"),
      updates: told.filter(({ consentAction }) => consentAction === "update"),
      hasContainer: containers.has(source),
      lacks: mode.requires.filter((state) => !told.some((call) => maySay(call, state))),
    };
  });
}

/** The configuration of a tag that certainly runs before a `default`, with no other before it. */
export function configuredBefore(code: Inventory, late: TrackingCall, of: ConsentMode): SdkStart | undefined {
  const isEarlier = (a: SdkStart | TrackingCall, b: SdkStart | TrackingCall) => compareRanges(a.at, b.at) < 0;
  return of.tags.find((tag) => {
    const call = code.calls.find((one) => compareRanges(one.at, tag.at) === 0);
    const inner = call === undefined ? tag.enclosing : call.innermost;
    const runsWith = (one: TrackingCall) => one.at.file === tag.at.file && one.innermost === inner;
    const isApart = call !== undefined && excludeEachOther(call, late);
    return (
      runsWith(late) &&
      isEarlier(tag, late) &&
      !isApart &&
      !of.defaults.some((one) => isEarlier(one, tag) && runsWith(one))
    );
  });
}

function isGoogle({ vendor }: { readonly vendor: string }): boolean {
  return vendor === mode.vendor;
}

function maySay({ consent }: TrackingCall, state: string): boolean {
  return consent === undefined || !consent.complete || consent.properties.some(({ name }) => name === state);
}
