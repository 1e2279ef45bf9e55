import { type Filter, findingAddress, listAddress } from "./address.ts";
import { filterForm } from "./controls.ts";
import { type Child, count, h, link, prose } from "./dom.ts";
import { choicesOf, findingsFor, GROUPINGS, type Group, groupFindings, groupingOf, labelOf } from "./filters.ts";
import type { FindingModel, Model } from "./model.ts";
import { FIRST, longList } from "./more.ts";
import type { Page, Remember } from "./page.ts";

/** Rows that a group opens with, however many groups there are. */
const SHORTEST = 15;

export function findingsPage(model: Model, filter: Filter, remember: Remember): Page {
  const results = h("div", { class: "results" });
  const reported = findingsFor(model.findings, {});
  const suppressed = findingsFor(model.findings, { state: "suppressed" });
  const change = (now: Filter) => {
    const found = findingsFor(model.findings, now);
    results.replaceChildren(...groupsOf(model, found, now));
    const { group, ...narrowed } = now;
    remember(group === GROUPINGS[0] ? narrowed : now);
    const of = now.state === "suppressed" ? suppressed.length : reported.length;
    return found.length === of
      ? count(of, "finding")
      : `${found.length.toLocaleString("en")} of ${count(of, "finding")}`;
  };
  const hasOwners = reported.some(({ finding }) => finding.owners.length > 0);
  const form = filterForm(
    "Findings",
    filter,
    [
      { key: "rule", label: "Rule", all: "All rules", choices: choicesOf(model.findings, "rule") },
      { key: "severity", label: "Severity", all: "All", choices: choicesOf(reported, "severity") },
      { key: "source", label: "Source", all: "All sources", choices: choicesOf(model.findings, "source") },
      ...(hasOwners || filter.owner !== undefined
        ? [{ key: "owner" as const, label: "Owner", all: "All owners", choices: choicesOf(model.findings, "owner") }]
        : []),
      ...(suppressed.length > 0 || filter.state !== undefined
        ? [
            {
              key: "state" as const,
              label: "Show",
              all: "Reported",
              choices: [{ value: "suppressed", label: "Suppressed in code", count: suppressed.length }],
            },
          ]
        : []),
      {
        key: "group",
        label: "Group by",
        choices: GROUPINGS.filter((one) => hasOwners || one !== "owner").map((value) => ({
          value,
          label: value,
          count: 0,
        })),
      },
    ],
    change,
  );
  return { title: "Findings", content: [h("h1", { tabindex: -1 }, "Findings"), form, results] };
}

function groupsOf(model: Model, found: readonly FindingModel[], filter: Filter): HTMLElement[] {
  if (found.length === 0) {
    const none = model.findings.length === 0 ? "Nothing was found. Code and plan agree." : "No finding is like that.";
    return [h("p", { class: "empty card" }, none)];
  }
  const by = groupingOf(filter);
  const groups = groupFindings(found, by);
  // The more groups there are, the fewer rows each opens with: the page as a whole stays short.
  const first = Math.min(FIRST, Math.max(SHORTEST, Math.floor((2 * FIRST) / groups.length)));
  return groups.map((group, index) => groupSection(model, group, by, `group-${index}`, first));
}

function groupSection(model: Model, group: Group, by: string, id: string, first: number): HTMLElement {
  const list = longList(group.findings, { class: "rows card" }, (one) => findingRow(model, one, by), first);
  const tally = [
    group.errors > 0 && h("span", { class: "badge error" }, count(group.errors, "error")),
    group.warnings > 0 && h("span", { class: "badge warn" }, count(group.warnings, "warning")),
  ];
  return h("section", { "aria-labelledby": id }, h("h2", { id, class: `by-${by}` }, group.label, " ", tally), list);
}

/** A finding in a list; what its group says already is left out. */
export function findingRow(model: Model, { finding }: FindingModel, by = ""): HTMLElement {
  const { rule, source, owners, severity } = finding;
  const said: Child[] = [
    h("span", { class: "place" }, model.place(finding.at)),
    by !== "rule" && h("span", {}, h("code", {}, rule)),
    by !== "source" && source !== null && h("span", {}, source),
    by !== "owner" && owners.length > 0 && h("span", {}, owners.join(", ")),
    finding.fix === "safe" && h("span", { class: "badge" }, "--fix mends it"),
    finding.suppressed !== undefined && h("span", {}, `suppressed: ${finding.suppressed || "no reason given"}`),
  ];
  return h(
    "li",
    { class: `row ${severity}` },
    severityMark(severity),
    h(
      "div",
      {},
      h("a", { href: findingAddress(finding.id), class: "title" }, prose(finding.message)),
      h("p", { class: "meta" }, said),
    ),
  );
}

export function severityMark(severity: "warn" | "error"): HTMLElement {
  const name = severity === "error" ? "Error" : "Warning";
  return h("span", { class: `mark ${severity}`, role: "img", "aria-label": name, title: name });
}

export function ruleLink(rule: string): HTMLElement {
  return link(listAddress("findings", { rule }), h("code", {}, labelOf("rule", rule)));
}
