import type { PlannedPropertyData } from "../data.ts";
import type { EventModel } from "./model.ts";

/** At how many call sites of an event a property is sent. */
export interface PropertyPresence {
  readonly name: string;
  readonly planned?: PlannedPropertyData;
  /** Types that code gives it. */
  readonly types: readonly string[];
  readonly values: readonly string[];
  readonly sites: number;
  /** Sites that send it on every path. */
  readonly always: number;
  /** Sites that leave it out on some path. */
  readonly sometimes: number;
  /** Sites that may send it, because something unknown is spread in. */
  readonly unknown: number;
  readonly never: number;
}

const SHOWN_VALUES = 6;

/** The properties of an event, of plan and code: planned ones first in their order, then by name. */
export function presences({ planned: ofPlan, calls }: EventModel): readonly PropertyPresence[] {
  const planned = new Map(ofPlan.map((property) => [property.name, property]));
  const sent = new Set(calls.flatMap(({ properties }) => properties.map(({ name }) => name)));
  const others = [...sent].filter((name) => !planned.has(name)).sort();
  return [...planned.keys(), ...others].map((name) => {
    const counts = { always: 0, sometimes: 0, unknown: 0, never: 0 };
    const types = new Set<string>();
    const values = new Set<string>();
    for (const { call, properties } of calls) {
      const found = properties.filter((property) => property.name === name);
      for (const property of found) {
        for (const type of property.types) types.add(type);
        for (const value of property.values ?? []) values.add(value);
      }
      if (found.some(({ optional }) => optional !== true)) counts.always += 1;
      else if (found.length > 0) counts.sometimes += 1;
      else if (call.complete) counts.never += 1;
      else counts.unknown += 1;
    }
    const property = planned.get(name);
    return {
      name,
      ...(property && { planned: property }),
      types: [...types].filter((type) => type !== "undefined"),
      values: [...values].slice(0, SHOWN_VALUES),
      sites: calls.length,
      ...counts,
    };
  });
}
