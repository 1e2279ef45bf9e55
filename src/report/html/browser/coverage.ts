import type { CallData } from "../data.ts";
import type { Model } from "./model.ts";
import { presences } from "./presence.ts";

/** How much of a whole. */
export interface Share {
  readonly label: string;
  readonly part: number;
  readonly whole: number;
  /** What is counted, in a sentence. */
  readonly explains: string;
}

/** How far code and plan know each other. Shares of nothing are left out. */
export function coverage({ data, events }: Model): readonly Share[] {
  const eventCalls = data.calls.filter((call) => call.sends.length > 0 || isUnknown(call));
  const known = (call: CallData) =>
    !isUnknown(call) && call.sends.every((event) => data.events[event]?.plan !== undefined);
  const active = events.filter(({ event }) => event.plan?.status === "active");
  const planned = events.filter(({ event }) => event.plan !== undefined && event.plan.status !== "removed");
  const listed = active.flatMap(({ cells }) => [...cells.values()].filter((cell) => cell.listed === true));
  const required = planned.flatMap((one) =>
    one.calls.length === 0 ? [] : presences(one).filter((property) => property.planned?.required === true),
  );
  const ofPlan: readonly Share[] = [
    {
      label: "Planned events seen in code",
      part: active.filter(({ calls }) => calls.length > 0).length,
      whole: active.length,
      explains: "Active events of the plan that at least one call sends.",
    },
    {
      label: "Planned sources that send",
      part: listed.filter((cell) => cell.calls + cell.maybe > 0).length,
      whole: listed.length,
      explains:
        "Pairs of an active event and a source that the plan lists for it, of which the source sends the event.",
    },
    {
      label: "Calls known to the plan",
      part: eventCalls.filter(known).length,
      whole: eventCalls.length,
      explains: "Calls that send an event, of which all names are in the plan.",
    },
    {
      label: "Required properties always sent",
      part: required.filter(({ always, sites }) => always === sites).length,
      whole: required.length,
      explains: "Required properties of events that are sent, which every call of the event certainly has.",
    },
    {
      label: "Planned events with an owner",
      part: planned.filter(({ event }) => (event.plan?.owners.length ?? 0) > 0).length,
      whole: planned.length,
      explains: "Events of the plan that name an owner.",
    },
  ];
  const ofCode: readonly Share[] = [
    {
      label: "Calls with a known name",
      part: eventCalls.filter((call) => !isUnknown(call)).length,
      whole: eventCalls.length,
      explains: "Calls that send an event, of which the name can be read from the code.",
    },
    {
      label: "Calls with known properties",
      part: data.calls.filter((call) => call.complete).length,
      whole: data.calls.length,
      explains: "Calls of which all properties can be read from the code: nothing unknown is spread in.",
    },
  ];
  const hasPlan = events.some(({ event }) => event.plan !== undefined);
  return [...(hasPlan ? ofPlan : []), ...ofCode].filter(({ whole }) => whole > 0);
}

function isUnknown({ unknownName, maybe }: CallData): boolean {
  return unknownName !== undefined || maybe !== undefined;
}
