import { listAddress } from "./address.ts";
import { findingsChart } from "./charts.ts";
import { coverage, type Share } from "./coverage.ts";
import { count, h, link, prose, section } from "./dom.ts";
import { type Grouping, groupFindings } from "./filters.ts";
import type { Model } from "./model.ts";
import type { Page } from "./page.ts";

const CHARTS: readonly (readonly [Grouping, string])[] = [
  ["rule", "By rule"],
  ["source", "By source"],
  ["owner", "By owner"],
];

export function overviewPage(model: Model): Page {
  const { data } = model;
  const sources = new Set(data.calls.map((call) => call.source)).size;
  const shares = coverage(model);
  return {
    title: "Overview",
    content: [
      h("h1", { tabindex: -1 }, "Overview"),
      h(
        "p",
        { class: "lead" },
        `${count(data.calls.length, "tracking call")} in ${count(sources, "source")}, `,
        data.plan === null ? "with no tracking plan." : ["held against ", h("code", {}, data.plan), "."],
      ),
      data.plan !== null &&
        !data.planIsSound &&
        h("p", { class: "notice" }, "The plan has mistakes, so the code was not held against it. Mend them first."),
      tiles(model),
      shares.length > 0 && section("coverage", "Coverage", h("ul", { class: "shares card" }, shares.map(shareBar))),
      findings(model),
      notJudged(model),
    ],
  };
}

function tiles({ data: { summary, quiet } }: Model): HTMLElement {
  const tile = (name: string, value: number, label: string, href?: string) =>
    h(
      "li",
      { class: `tile ${name}` },
      h(href === undefined ? "span" : "a", { href }, h("strong", {}, value.toLocaleString("en")), " ", label),
    );
  return h(
    "ul",
    { class: "tiles", "aria-label": "Findings in numbers" },
    tile(
      "errors",
      summary.errors,
      summary.errors === 1 ? "error" : "errors",
      listAddress("findings", { severity: "error" }),
    ),
    quiet
      ? tile("warnings", summary.warnings, "warnings, left out by --quiet")
      : tile(
          "warnings",
          summary.warnings,
          summary.warnings === 1 ? "warning" : "warnings",
          listAddress("findings", { severity: "warn" }),
        ),
    summary.fixable > 0 && tile("", summary.fixable, "mended by --fix"),
    summary.suppressed > 0 &&
      tile("", summary.suppressed, "suppressed in code", listAddress("findings", { state: "suppressed" })),
    summary.baselined > 0 && tile("", summary.baselined, "hidden by the baseline"),
  );
}

function shareBar({ label, part, whole, explains }: Share): HTMLElement {
  const percent = Math.floor((part / whole) * 100);
  const fill = h("span", { class: "fill" });
  fill.style.width = `${(part / whole) * 100}%`;
  return h(
    "li",
    { title: explains },
    h("span", { class: "label" }, label, h("small", {}, explains)),
    h("span", { class: "bar", "aria-hidden": "true" }, fill),
    h(
      "span",
      { class: "value" },
      h("strong", {}, `${percent}%`),
      " ",
      h("small", {}, `${part.toLocaleString("en")} of ${whole.toLocaleString("en")}`),
    ),
  );
}

function findings(model: Model): HTMLElement {
  const reported = model.findings.filter(({ finding }) => finding.suppressed === undefined);
  if (reported.length === 0) {
    return section("findings", "Findings", h("p", { class: "empty card" }, "Nothing was found. Code and plan agree."));
  }
  const charts = CHARTS.flatMap(([key, label]) => {
    const groups = groupFindings(reported, key);
    const isTelling = key === "rule" || groups.length > 1;
    return isTelling
      ? [
          findingsChart(`Findings ${label.toLowerCase()}`, groups, ({ value }) =>
            listAddress("findings", { [key]: value }),
          ),
        ]
      : [];
  });
  return section(
    "findings",
    "Findings",
    h(
      "p",
      { class: "legend" },
      h("span", { class: "key errors" }, "Errors"),
      h("span", { class: "key warnings" }, "Warnings"),
      link(listAddress("findings"), "All findings"),
    ),
    h("div", { class: "charts" }, charts),
  );
}

function notJudged({ data }: Model): HTMLElement | false {
  if (data.notJudged.length === 0) return false;
  return section(
    "not-judged",
    "Not judged",
    h("p", { class: "quiet note" }, "What these rules ask could not be told, so their silence there says nothing."),
    h(
      "div",
      { class: "scroll card", role: "region", "aria-label": "Not judged", tabindex: 0 },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ["Rule", "Source", "Reason"].map((name) => h("th", { scope: "col" }, name)),
          ),
        ),
        h(
          "tbody",
          {},
          data.notJudged.map(({ rule, source, reason }) =>
            h(
              "tr",
              {},
              h("td", {}, h("code", {}, rule)),
              h("td", {}, source === "*" ? "all" : source),
              h("td", {}, prose(reason)),
            ),
          ),
        ),
      ),
    ),
  );
}
