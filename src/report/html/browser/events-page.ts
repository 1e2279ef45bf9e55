import { eventAddress, type Filter, NONE } from "./address.ts";
import { filterForm } from "./controls.ts";
import { type Child, count, h, link } from "./dom.ts";
import { type Choice, eventsFor, labelOf, ownersOf, STATES } from "./filters.ts";
import type { Cell, EventModel, EventState, Model } from "./model.ts";
import type { Page, Remember } from "./page.ts";

const FIRST = 150;

/** The matrix: which source sends which event, and which should. */
export function eventsPage(model: Model, filter: Filter, remember: Remember): Page {
  const { events } = model;
  const sources = model.data.sources
    .map(({ name }) => name)
    .filter((name) => events.some(({ cells }) => cells.has(name)));
  const results = h("div", { class: "results" });
  const change = (now: Filter) => {
    const found = eventsFor(events, now);
    const columns = now.source === undefined ? sources : sources.filter((name) => name === now.source);
    results.replaceChildren(...matrix(model, found, columns));
    remember(now);
    return found.length === events.length
      ? count(events.length, "event")
      : `${found.length.toLocaleString("en")} of ${count(events.length, "event")}`;
  };
  const owners = choices(events.flatMap(ownersOf), (value) => labelOf("owner", value));
  const form = filterForm(
    "Events",
    filter,
    [
      {
        key: "state",
        label: "State",
        all: "All",
        choices: choices(
          events.map(({ state }) => state),
          (value) => STATES[value as EventState],
        ),
      },
      {
        key: "source",
        label: "Source",
        all: "All sources",
        choices: choices(
          events.flatMap(({ cells }) => [...cells.keys()]),
          (value) => value,
        ),
      },
      ...(owners.some(({ value }) => value !== NONE)
        ? [{ key: "owner" as const, label: "Owner", all: "All owners", choices: owners }]
        : []),
    ],
    change,
  );
  return { title: "Events", content: [h("h1", { tabindex: -1 }, "Events"), form, legend(), results] };
}

function choices(values: readonly string[], labelOf: (value: string) => string): readonly Choice[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, number]) => ({ value, label: labelOf(value), count: number }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

function legend(): HTMLElement {
  const key = (kind: string, sample: string, text: string) =>
    h("span", {}, h("span", { class: `cell ${kind}`, "aria-hidden": "true" }, sample), text);
  return h(
    "p",
    { class: "legend" },
    key("sent", "3", "call sites"),
    key("missing", "–", "planned there, not sent"),
    key("extra", "1", "sent, not planned there"),
    key("maybe", "?", "may be sent: a part of the name isn't known"),
  );
}

function matrix(model: Model, events: readonly EventModel[], sources: readonly string[]): HTMLElement[] {
  if (events.length === 0) {
    const none = model.events.length === 0 ? "Neither code nor plan has an event." : "No event is like that.";
    return [h("p", { class: "empty card" }, none)];
  }
  const body = h("tbody", {});
  const rest = h("button", { type: "button", class: "more" }, `Show all ${events.length.toLocaleString("en")} events`);
  body.append(...events.slice(0, FIRST).map((event) => eventRow(event, sources)));
  rest.hidden = events.length <= FIRST;
  rest.addEventListener("click", () => {
    const more = events.slice(FIRST).map((event) => eventRow(event, sources));
    body.append(...more);
    rest.hidden = true;
    more[0]?.querySelector("a")?.focus();
  });
  return [
    h(
      "div",
      { class: "scroll card matrix-holder", role: "region", "aria-label": "Events and sources", tabindex: 0 },
      h(
        "table",
        { class: "matrix" },
        h("caption", { class: "hidden" }, "Events by the sources that send them"),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, "Event"),
            sources.map((name) => h("th", { scope: "col", title: name }, h("span", {}, name))),
            h("th", { scope: "col" }, h("span", {}, "Findings")),
          ),
        ),
        body,
      ),
    ),
    rest,
  ];
}

function eventRow({ event, cells, findings, state }: EventModel, sources: readonly string[]): HTMLElement {
  const reported = findings.filter(({ finding }) => finding.suppressed === undefined);
  const errors = reported.filter(({ finding }) => finding.severity === "error").length;
  return h(
    "tr",
    { class: "row" },
    h(
      "th",
      { scope: "row" },
      h("div", { class: "event" }, link(eventAddress(event), event.name), eventBadges({ event, state })),
    ),
    sources.map((source) => cellOf(source, cells.get(source), state)),
    h(
      "td",
      {},
      reported.length > 0 && h("span", { class: errors > 0 ? "tally error" : "tally warn" }, reported.length),
    ),
  );
}

export function eventBadges({ event, state }: Pick<EventModel, "event" | "state">): Child {
  return [
    event.kind !== "track" && h("span", { class: "badge" }, event.kind),
    event.plan !== undefined && event.plan.status !== "active" && h("span", { class: "badge" }, event.plan.status),
    state === "unplanned" && h("span", { class: "badge extra" }, "not in the plan"),
    state === "unsent" && h("span", { class: "badge missing" }, "not sent"),
  ];
}

function cellOf(source: string, cell: Cell | undefined, state: EventState): HTMLElement {
  if (cell === undefined) return h("td", {});
  const total = cell.calls + cell.maybe;
  const isExtra = cell.listed === false || state === "unplanned" || state === "removed";
  if (total === 0) {
    const told = `${source} is listed in the plan, and doesn't send it`;
    return h("td", { title: told }, h("span", { class: "cell missing" }, "–", h("span", { class: "hidden" }, told)));
  }
  const kind = cell.calls === 0 ? "maybe" : isExtra ? "extra" : "sent";
  const told =
    cell.calls === 0
      ? `may be sent from ${count(cell.maybe, "call site")} in ${source}`
      : `${count(cell.calls, "call site")} in ${source}${isExtra ? ", where it is not planned" : ""}`;
  return h(
    "td",
    { title: told },
    h("span", { class: `cell ${kind}`, "aria-hidden": "true" }, cell.calls === 0 ? "?" : cell.calls),
    h("span", { class: "hidden" }, told),
  );
}
