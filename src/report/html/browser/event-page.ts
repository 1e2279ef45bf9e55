import type { CallData, GuardData } from "../data.ts";
import { listAddress } from "./address.ts";
import { codeExcerpt } from "./code-excerpt.ts";
import { type Child, count, facts, h, link, prose, section } from "./dom.ts";
import { eventBadges } from "./events-page.ts";
import { findingRow } from "./findings-page.ts";
import type { EventModel, Model, SentCall } from "./model.ts";
import { longList } from "./more.ts";
import type { Page } from "./page.ts";
import { propertiesTable } from "./properties-table.ts";

/** How a condition guards, in words. */
const HOW: Readonly<Record<string, string>> = {
  around: "around the call",
  "early-exit": "else left before the call",
  wrapper: "in a wrapper on the way",
  "only-caller": "in its only caller",
  start: "around the start of the SDK",
  existence: "whether the client exists",
  hook: "in a hook that drops messages",
};

export function eventPage(model: Model, kind: string, name: string): Page | undefined {
  const found = model.event(kind, name);
  if (found === undefined) return undefined;
  const { event, calls, findings } = found;
  const { plan } = event;
  const reported = findings.filter(({ finding }) => finding.suppressed === undefined);
  return {
    title: event.name,
    content: [
      h("p", { class: "back" }, link(listAddress("events"), "All events")),
      h("h1", { tabindex: -1 }, h("span", { class: "event-name" }, event.name), " ", eventBadges(found)),
      plan?.description !== undefined && h("p", { class: "lead" }, prose(plan.description)),
      planFacts(model, found),
      plan !== undefined && codeExcerpt(model, plan.at),
      reported.length > 0 &&
        section(
          "findings",
          ["Findings ", h("span", { class: "quiet" }, reported.length)],
          longList(reported, { class: "rows card" }, (one) => findingRow(model, one)),
        ),
      section(
        "calls",
        ["Call sites ", h("span", { class: "quiet" }, calls.length)],
        calls.length === 0
          ? h("p", { class: "empty card" }, "No call that could be read sends it.")
          : longList(calls, { class: "calls" }, (sent) => callItem(model, sent)),
      ),
      section("properties", "Properties by presence", propertiesTable(found)),
      calls.length > 0 && section("conditions", "Conditions", conditions(model, calls)),
    ],
  };
}

function planFacts(model: Model, { event, cells }: EventModel): HTMLElement {
  const { plan } = event;
  if (plan === undefined) {
    const told = model.data.plan === null ? "There is no tracking plan." : "The plan doesn't know this event.";
    return h("p", { class: "notice" }, told);
  }
  const list = (values: readonly string[]): Child => values.map((value) => [h("span", { class: "chip" }, value), " "]);
  return facts([
    ["In the plan", h("span", { class: "place" }, model.place(plan.at))],
    ["Status", plan.status],
    ["Owner", plan.owners.length === 0 ? "none" : list(plan.owners)],
    ["Planned sources", plan.sources === null ? "any" : list(plan.sources)],
    ["Sent by", list([...cells].filter(([, cell]) => cell.calls + cell.maybe > 0).map(([source]) => source))],
    ["Earlier names", plan.aliases.length > 0 && list(plan.aliases)],
    ["Tags", plan.tags.length > 0 && list(plan.tags)],
    ...plan.notes.map(([label, text]) => [label, prose(text)] as const),
  ]);
}

function callItem(model: Model, { call, guards, certain }: SentCall): HTMLElement {
  return h(
    "li",
    { class: "card" },
    h(
      "p",
      { class: "meta" },
      h("span", { class: "place" }, model.place(call.at)),
      h("span", {}, call.source),
      call.platform !== "unknown" && h("span", {}, call.platform),
      call.sdks.length > 0 && h("span", {}, call.sdks.join(", ")),
      !certain && h("span", { class: "badge maybe" }, "a part of the name isn't known"),
    ),
    codeExcerpt(model, call.at),
    facts([
      ["Through", call.via.length > 0 && call.via.map((name) => [h("code", {}, name), " "])],
      ["Ids", call.ids.length > 0 && call.ids.map(([role, text]) => [`${role} `, h("code", {}, text), " "])],
      [
        "Only if",
        guards.length > 0 &&
          h(
            "ul",
            {},
            guards.map((guard) => guardItem(model, guard)),
          ),
      ],
      ["Not known", !call.complete && (call.openReason === undefined ? "some properties" : prose(call.openReason))],
    ]),
  );
}

function guardItem(model: Model, guard: GuardData): HTMLElement {
  return h("li", {}, conditionOf(guard), h("small", {}, ` ${HOW[guard.how] ?? guard.how}, ${model.place(guard.at)}`));
}

/** What holds at the call: what is denied twice is said once. */
function conditionOf({ text, holds }: GuardData): Child {
  const denied = holds ? undefined : /^!([\w$.?]+(?:\([^()]*\))?)$/.exec(text)?.[1];
  return denied === undefined ? [!holds && "not ", h("code", {}, text)] : h("code", {}, denied);
}

/** The conditions of all call sites, those of most sites first, and how many have none. */
function conditions(model: Model, calls: readonly SentCall[]): Child {
  const groups = new Map<string, { readonly guard: GuardData; readonly calls: Set<CallData> }>();
  for (const { call, guards } of calls) {
    for (const guard of guards) {
      const key = `${guard.holds} ${guard.text}`;
      const group = groups.get(key) ?? { guard, calls: new Set<CallData>() };
      group.calls.add(call);
      groups.set(key, group);
    }
  }
  const free = calls.filter(({ guards }) => guards.length === 0).length;
  if (groups.size === 0) return h("p", { class: "empty card" }, "No condition stands before any of its calls.");
  return h(
    "ul",
    { class: "plain card" },
    [...groups.values()]
      .sort((a, b) => b.calls.size - a.calls.size)
      .map(({ guard, calls: guarded }) =>
        h(
          "li",
          {},
          h("strong", {}, count(guarded.size, "call")),
          " only if ",
          conditionOf(guard),
          h("small", {}, ` ${model.place(guard.at)}`),
        ),
      ),
    free > 0 && h("li", {}, h("strong", {}, count(free, "call")), " without any condition"),
  );
}
