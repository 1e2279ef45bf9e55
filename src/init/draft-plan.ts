import type { Inventory } from "../calls/types.ts";
import { isLoginName, isLogoutName, isSignupName } from "../engine/naming/account-events.ts";
import { isConversionName } from "../engine/naming/conversion-events.ts";
import type { Project } from "../lint.ts";
import type { PlanDraft } from "./draft.ts";
import { draftConsent } from "./draft-consent.ts";
import { draftEvents } from "./draft-events.ts";
import { draftEventCasing, draftPropertyCasing } from "./draft-names.ts";
import { draftSources } from "./draft-sources.ts";
import { draftGroups, draftUsers } from "./draft-traits.ts";

export interface DraftOptions {
  /** Sources that the plan describes; default: all. The others are written down as not tracked. */
  readonly sources?: readonly string[];
}

/** A tracking plan that says what the code does. */
export function draftPlan(code: Inventory, projects: readonly Project[], options: DraftOptions = {}): PlanDraft {
  const isIncluded = (source: string) => options.sources?.includes(source) ?? true;
  const judged: Inventory = {
    ...code,
    sources: code.sources.map((source) => (isIncluded(source.name) ? source : { ...source, tracked: false })),
  };
  const { bundles, events, pages, unnamed } = draftEvents(judged);
  const tracks = events.filter(({ kind }) => kind === "track").map(({ name }) => name);
  const name = projects.find(({ directory }) => directory === "")?.name;
  const consent = draftConsent(judged);
  const users = draftUsers(judged);
  return {
    ...(name === undefined || name === "" ? {} : { name }),
    sources: draftSources(code, projects, isIncluded),
    eventNames: draftEventCasing(judged),
    propertyNames: draftPropertyCasing(judged),
    signup: tracks.filter(isSignupName),
    login: tracks.filter(isLoginName),
    logout: tracks.filter(isLogoutName),
    conversions: tracks.filter(isConversionName),
    ...(consent === undefined ? {} : { consent }),
    bundles,
    ...(users === undefined ? {} : { users }),
    groups: draftGroups(judged),
    ...(pages === undefined ? {} : { pages }),
    events: [...events].sort((a, b) => compare(a.name, b.name) || compare(a.kind, b.kind)),
    unnamed,
  };
}

/** True where the code sends nothing that a plan could describe. */
export function isEmptyDraft({ events, users, groups, pages, unnamed }: PlanDraft): boolean {
  return events.length + groups.length + unnamed.length === 0 && users === undefined && pages === undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
