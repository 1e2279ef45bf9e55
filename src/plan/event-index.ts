import type { EventKind, PlanEvent } from "./model.ts";
import { eventKinds } from "./read-event.ts";

/** Finds events by what they are called: a name before an alias before a name on the wire. */
export class EventIndex {
  readonly #byName = new Map<string, PlanEvent[]>();
  readonly #byAlias = new Map<string, PlanEvent[]>();
  readonly #byWireName = new Map<string, PlanEvent[]>();

  constructor(events: readonly PlanEvent[]) {
    for (const event of [...events].sort((a, b) => eventKinds.indexOf(a.kind) - eventKinds.indexOf(b.kind))) {
      add(this.#byName, event.name, event);
      for (const alias of event.aliases) add(this.#byAlias, alias.name, event);
      for (const name of Object.values(event.names)) add(this.#byWireName, name, event);
    }
  }

  find(name: string, kind?: EventKind): PlanEvent | undefined {
    for (const index of [this.#byName, this.#byAlias, this.#byWireName]) {
      const event = index.get(name)?.find((candidate) => kind === undefined || candidate.kind === kind);
      if (event !== undefined) return event;
    }
    return undefined;
  }
}

function add(index: Map<string, PlanEvent[]>, name: string, event: PlanEvent): void {
  const events = index.get(name);
  if (events === undefined) index.set(name, [event]);
  else events.push(event);
}
