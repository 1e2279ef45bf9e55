import type {
  CallData,
  EventData,
  FindingData,
  GuardData,
  PlaceData,
  PlannedPropertyData,
  PropertyData,
  ReportData,
} from "../data.ts";
import { asAddressed } from "./address.ts";

/** The data with what is looked up in it, worked out once. */
export interface Model {
  readonly data: ReportData;
  readonly events: readonly EventModel[];
  readonly findings: readonly FindingModel[];
  /** `file:line:column` */
  place(at: PlaceData): string;
  event(kind: string, name: string): EventModel | undefined;
  finding(id: string): FindingModel | undefined;
}

export interface EventModel {
  readonly event: EventData;
  readonly planned: readonly PlannedPropertyData[];
  readonly calls: readonly SentCall[];
  readonly findings: readonly FindingModel[];
  readonly state: EventState;
  /** By source. */
  readonly cells: ReadonlyMap<string, Cell>;
  /** What a search looks in. */
  readonly text: string;
}

export interface SentCall {
  readonly call: CallData;
  readonly properties: readonly PropertyData[];
  readonly guards: readonly GuardData[];
  /** False where only a part of the name is known, and other events fit as well. */
  readonly certain: boolean;
}

/** `kept`: planned and sent. `unsent`: active in the plan, and nothing sends it. `waiting`: planned for later, or on its way out. */
export type EventState = "kept" | "unsent" | "waiting" | "unplanned" | "removed";

/** What a source has to do with an event. */
export interface Cell {
  readonly calls: number;
  /** Calls that may send it. */
  readonly maybe: number;
  /** The plan names the source; undefined where the plan allows any, or doesn't know the event. */
  readonly listed?: boolean;
}

export interface FindingModel {
  readonly finding: FindingData;
  readonly text: string;
}

export function createModel(data: ReportData): Model {
  const findings = data.findings.map((finding): FindingModel => ({ finding, text: textOf(finding, data) }));
  const byId = new Map(findings.map((one) => [one.finding.id, one]));
  const calls = data.events.map((): SentCall[] => []);
  for (const call of data.calls) {
    const properties = call.properties.flatMap((number) => data.properties[number] ?? []);
    const guards = call.guards.flatMap((number) => data.guards[number] ?? []);
    for (const event of call.sends) calls[event]?.push({ call, properties, guards, certain: true });
    for (const event of call.maybe ?? []) calls[event]?.push({ call, properties, guards, certain: false });
  }
  const about = data.events.map((): FindingModel[] => []);
  for (const one of findings) for (const event of one.finding.events) about[event]?.push(one);

  const events = data.events.map((event, number): EventModel => {
    const sent = calls[number]!;
    return {
      event,
      planned: (event.plan?.properties ?? []).flatMap((property) => data.plannedProperties[property] ?? []),
      calls: sent,
      findings: about[number]!,
      state: stateOf(event, sent),
      cells: cellsOf(event, sent),
      text: [event.name, ...(event.plan?.aliases ?? []), ...(event.plan?.owners ?? []), ...(event.plan?.tags ?? [])]
        .join("\n")
        .toLowerCase(),
    };
  });
  return {
    data,
    events,
    findings,
    place: ({ file, line, column }) => `${data.files[file] ?? ""}:${line}:${column}`,
    event: (kind, name) =>
      events.find(({ event }) => event.kind === kind && asAddressed(event.name) === asAddressed(name)),
    finding: (id) => byId.get(id),
  };
}

function stateOf({ plan }: EventData, calls: readonly SentCall[]): EventState {
  if (plan === undefined) return "unplanned";
  if (plan.status === "removed") return "removed";
  if (calls.length > 0) return "kept";
  return plan.status === "active" ? "unsent" : "waiting";
}

function cellsOf({ plan }: EventData, calls: readonly SentCall[]): ReadonlyMap<string, Cell> {
  const cells = new Map<string, { calls: number; maybe: number; listed?: boolean }>();
  const listed = plan?.sources ?? undefined;
  for (const source of listed ?? []) cells.set(source, { calls: 0, maybe: 0, listed: true });
  for (const { call, certain } of calls) {
    const cell = cells.get(call.source) ?? { calls: 0, maybe: 0, ...(listed && { listed: false }) };
    if (certain) cell.calls += 1;
    else cell.maybe += 1;
    cells.set(call.source, cell);
  }
  return cells;
}

function textOf({ rule, message, help, at, source, owners, events }: FindingData, data: ReportData): string {
  const names = events.map((event) => data.events[event]?.name ?? "");
  return [rule, message, help ?? "", data.files[at.file] ?? "", source ?? "", ...owners, ...names]
    .join("\n")
    .toLowerCase();
}
