import { h } from "./dom.ts";
import type { EventModel } from "./model.ts";
import { type PropertyPresence, presences } from "./presence.ts";

const SHARES = ["always", "sometimes", "unknown", "never"] as const;

/** Which properties an event has in the plan, and at how many of its call sites. */
export function propertiesTable(event: EventModel): HTMLElement {
  const rows = presences(event);
  if (rows.length === 0)
    return h("p", { class: "empty card" }, "Neither the plan nor a call gives it properties that are known.");
  return h(
    "div",
    {},
    event.calls.length > 0 &&
      h(
        "p",
        { class: "legend" },
        h("span", { class: "key always" }, "always sent"),
        h("span", { class: "key sometimes" }, "left out on some path"),
        h("span", { class: "key unknown" }, "not known"),
        h("span", { class: "key never" }, "never sent"),
      ),
    h(
      "div",
      { class: "scroll card", role: "region", "aria-label": "Properties", tabindex: 0 },
      h(
        "table",
        { class: "properties" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ["Property", "In the plan", "In code", "Call sites"].map((name) => h("th", { scope: "col" }, name)),
          ),
        ),
        h(
          "tbody",
          {},
          rows.map((row) => propertyRow(row, event.event.plan !== undefined)),
        ),
      ),
    ),
  );
}

function propertyRow(row: PropertyPresence, hasPlan: boolean): HTMLElement {
  const { name, planned, types, values } = row;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, h("code", {}, name)),
    h(
      "td",
      {},
      planned === undefined
        ? hasPlan && h("span", { class: "badge extra" }, "not in the plan")
        : [
            h(
              "span",
              { class: planned.required ? "badge strong" : "badge" },
              planned.required ? "required" : "optional",
            ),
            planned.deprecated && h("span", { class: "badge" }, "deprecated"),
            planned.pii !== undefined && h("span", { class: "badge" }, `personal: ${planned.pii}`),
            planned.types.length > 0 && h("span", {}, " ", h("code", {}, planned.types.join(" | "))),
            planned.description !== undefined && h("small", {}, planned.description),
          ],
    ),
    h(
      "td",
      {},
      types.length > 0 && h("code", {}, types.join(" | ")),
      values.length > 0 && h("small", { class: "values" }, values.join(", ")),
    ),
    h("td", {}, presenceBar(row)),
  );
}

function presenceBar(row: PropertyPresence): HTMLElement | string {
  if (row.sites === 0) return "no call";
  const words = {
    always: "always",
    sometimes: "on some path",
    unknown: "not known",
    never: "never",
  } as const;
  const told = SHARES.filter((share) => row[share] > 0).map((share) => `${row[share]} ${words[share]}`);
  const bar = h("span", { class: "bar split", "aria-hidden": "true" });
  for (const share of SHARES) {
    if (row[share] === 0) continue;
    const part = h("span", { class: `fill ${share}` });
    part.style.width = `${(row[share] / row.sites) * 100}%`;
    bar.append(part);
  }
  return h("span", { class: "presence" }, bar, h("small", {}, told.join(", ")));
}
