import type { Payload } from "../../calls/types.ts";
import type { Range } from "../../diagnostics/range.ts";
import { valueOutput } from "../scan-output.ts";
import type { OverviewCall } from "../types.ts";
import type { CallData, GuardData, PlaceData, PropertyData } from "./data.ts";
import type { Distinct } from "./distinct.ts";
import { keyOf } from "./link-findings.ts";

/** Of a property that takes many values, a few are enough. */
const SHOWN_VALUES = 6;
const LONGEST_VALUE = 60;

/** Where calls put what many of them share. */
export interface CallTables {
  readonly properties: Distinct<PropertyData>;
  readonly guards: Distinct<GuardData>;
  readonly events: ReadonlyMap<string, number>;
  line(at: Range): PlaceData;
  /** The whole of it, unless it is long. */
  lines(at: Range): PlaceData;
}

/** What the report says of a call. */
export function callData({ call, sends }: OverviewCall, tables: CallTables): CallData {
  const { kind, source, platform, properties, traits, added } = call;
  const payloads = [properties, traits, added];
  const openReason = payloads.find((payload) => payload.openReason !== undefined)?.openReason;
  const isUnknown = call.dynamic || call.unresolved.length > 0;
  const numbers = (isCertain: boolean) =>
    sends.filter((one) => one.isCertain === isCertain).map((one) => tables.events.get(keyOf(one))!);
  const maybe = numbers(false);
  return {
    at: { ...tables.lines(call.at), endLine: call.at.endLine },
    kind,
    source,
    platform,
    sdks: [...new Set(call.sinks.map(({ sdk }) => sdk))],
    sends: numbers(true),
    ...(maybe.length > 0 && { maybe }),
    ...(isUnknown && { unknownName: call.eventText ?? call.unresolved[0] ?? "" }),
    properties: [...propertyData(properties), ...propertyData(traits), ...propertyData(added, true)].map(
      tables.properties.numberOf,
    ),
    complete: payloads.every((payload) => payload.complete),
    ...(openReason === undefined ? {} : { openReason }),
    guards: call.guards.map(({ text, holds, how, at }) =>
      tables.guards.numberOf({ text, holds, how, at: tables.line(at) }),
    ),
    via: call.via.map(({ name }) => name),
    ids: Object.entries(call.ids).map(([role, { origins, text }]) => [role, origins?.[0]?.text ?? text]),
  };
}

function propertyData({ properties }: Payload, added?: true): PropertyData[] {
  return properties.map(({ name, value, optional }): PropertyData => {
    const { types, values } = valueOutput(value);
    const shown = values.slice(0, SHOWN_VALUES).map((one) => JSON.stringify(one).slice(0, LONGEST_VALUE));
    return {
      name,
      types,
      ...(shown.length > 0 && { values: values.length > SHOWN_VALUES ? [...shown, "…"] : shown }),
      ...((optional || types.includes("undefined")) && { optional: true }),
      ...(added && { added }),
    };
  });
}
