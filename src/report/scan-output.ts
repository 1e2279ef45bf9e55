import type {
  EventPattern,
  Guard,
  Inventory,
  Payload,
  Sink,
  StaticValue,
  TrackingCall,
  Wrapper,
} from "../calls/types.ts";
import { place, span } from "./check-output.ts";
import type {
  CallOutput,
  GuardOutput,
  PropertyOutput,
  ScanOutput,
  SinkOutput,
  ValueOutput,
  WrappersOutput,
} from "./output-types.ts";

/** The inventory as data. `root` is absolute. */
export function scanOutput(code: Inventory, root: string): ScanOutput {
  return { version: 1, root, calls: code.calls.map(callOutput) };
}

export function callOutput(call: TrackingCall): CallOutput {
  const written = [call.properties, call.traits];
  return {
    ...span(call.at),
    kind: call.kind,
    sdks: unique(call.sinks.map((sink) => sink.sdk)),
    platform: call.platform,
    source: call.source,
    role: call.role,
    events: unique(call.events.map((event) => event.value)),
    patterns: unique(call.patterns.map(patternText)),
    unresolved: unique(call.unresolved),
    dynamic: call.dynamic,
    properties: written.flatMap(propertyOutputs),
    addedProperties: propertyOutputs(call.added),
    propertiesComplete: written.every((payload) => payload.complete),
    identifiers: Object.fromEntries(
      Object.entries(call.ids).map(([role, id]) => [role, { text: id.text, ...valueOutput(id.value) }]),
    ),
    guards: call.guards.map(guardOutput),
    via: call.via.map((hop) => hop.name),
    confidence: call.confidence,
  };
}

/** The wrappers as data. `root` is absolute. */
export function wrappersOutput(wrappers: readonly Wrapper[], root: string): WrappersOutput {
  return {
    version: 1,
    root,
    wrappers: wrappers.map(({ name, at, source, kinds, sinks, feeds, adds, guards, callers }) => ({
      name,
      ...place(at),
      source,
      kinds,
      sinks: sinks.map(sinkOutput),
      feeds,
      adds,
      guards: guards.map(guardOutput),
      callers: callers.map((caller) => ({ ...place(caller.at), role: caller.role })),
    })),
  };
}

export function sinkOutput({ sdk, vendor, method }: Sink): SinkOutput {
  return { sdk, vendor, method };
}

export function guardOutput({ text, holds, at }: Guard): GuardOutput {
  return { text, holds, file: at.file, line: at.line };
}

/** A name with its unknown parts as `*`. */
export function patternText(pattern: EventPattern): string {
  return pattern.parts.map((part) => part ?? "*").join("");
}

/** Types and literals of a value: the alternatives of a union side by side. */
export function valueOutput(value: StaticValue): ValueOutput {
  const alternatives = flatten(value);
  return {
    types: unique(alternatives.map(typeOf)),
    values: unique(alternatives.flatMap((one) => (one.kind === "literal" ? [one.value] : []))),
  };
}

function propertyOutputs(payload: Payload): PropertyOutput[] {
  return payload.properties.map(({ name, value, optional }) => ({ name, ...valueOutput(value), optional }));
}

function flatten(value: StaticValue): Exclude<StaticValue, { kind: "union" }>[] {
  return value.kind === "union" ? value.of.flatMap(flatten) : [value];
}

function typeOf(value: Exclude<StaticValue, { kind: "union" }>): string {
  switch (value.kind) {
    case "literal":
      return value.value === null ? "null" : typeof value.value;
    case "type":
      return value.type;
    case "template":
      return "string";
    default:
      return value.kind;
  }
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
