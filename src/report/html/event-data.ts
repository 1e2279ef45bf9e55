import type { Range } from "../../diagnostics/range.ts";
import type { PlannedEvent } from "../types.ts";
import type { EventData, PlaceData, PlanData, PlannedPropertyData } from "./data.ts";
import type { Distinct } from "./distinct.ts";
import type { ReportEvent } from "./link-findings.ts";

/** What the report says of an event, and of what the plan says of it. */
export function eventData(
  { kind, name, planned }: ReportEvent,
  properties: Distinct<PlannedPropertyData>,
  line: (at: Range) => PlaceData,
): EventData {
  return { kind, name, ...(planned && { plan: planData(planned, properties, line) }) };
}

function planData(
  event: PlannedEvent,
  properties: Distinct<PlannedPropertyData>,
  line: (at: Range) => PlaceData,
): PlanData {
  const { status, owners, sources, aliases, tags, description } = event;
  const said: readonly (readonly [string, string | undefined])[] = [
    ["Trigger", event.trigger],
    ["Category", event.category],
    ["Version", event.version],
    ["Consent", event.consent],
    ["Replaced by", event.replacedBy],
    ["Sunset", event.sunset],
  ];
  return {
    at: line(event.at),
    status,
    owners,
    sources: sources ?? null,
    aliases,
    tags,
    notes: said.flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as const])),
    ...(description === undefined ? {} : { description }),
    properties: event.properties.map(({ name, required, types, description: about, pii, deprecated }) =>
      properties.numberOf({
        name,
        required,
        types,
        ...(about === undefined ? {} : { description: about }),
        ...(pii === undefined ? {} : { pii }),
        ...(deprecated && { deprecated }),
      }),
    ),
  };
}
