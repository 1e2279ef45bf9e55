import type { ReportData } from "../data.ts";
import { type Filter, listAddress, parseAddress, type Route } from "./address.ts";
import { append, h, link } from "./dom.ts";
import { eventPage } from "./event-page.ts";
import { eventsPage } from "./events-page.ts";
import { findingPage } from "./finding-page.ts";
import { findingsPage } from "./findings-page.ts";
import { listenToKeys } from "./keyboard.ts";
import { createModel, type Model } from "./model.ts";
import { overviewPage } from "./overview-page.ts";
import type { Page } from "./page.ts";
import { themeSwitch } from "./theme.ts";

const model = createModel(JSON.parse(document.getElementById("report")?.textContent ?? "") as ReportData);
const main = h("main", { id: "main" });
const tabs = navigation(model);
let wantsSearch = false;

document.body.append(
  h("a", { href: "#main", class: "skip" }, "Skip to the content"),
  h(
    "header",
    { class: "top" },
    h("p", { class: "brand" }, link("#/", "Tracking report")),
    h(
      "nav",
      { "aria-label": "Report" },
      tabs.map(({ tab }) => tab),
    ),
    themeSwitch(),
  ),
  main,
  h(
    "footer",
    {},
    h("p", {}, `Made by tracklint ${model.data.version}.`),
    h("p", {}, h("kbd", {}, "/"), " search ", h("kbd", {}, "j"), " ", h("kbd", {}, "k"), " next and previous row"),
  ),
);
document.querySelector(".skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  main.querySelector("h1")?.focus();
});
listenToKeys(() => {
  wantsSearch = true;
  if (document.getElementById("q") === null) location.hash = listAddress("findings");
  else focus();
});
addEventListener("hashchange", () => {
  show();
  scrollTo(0, 0);
  focus();
});
show();

/** A new page is told by its heading, unless it was opened to search. */
function focus(): void {
  const target = wantsSearch ? document.getElementById("q") : main.querySelector("h1");
  wantsSearch = false;
  target?.focus({ preventScroll: true });
}

function show(): void {
  const route = parseAddress(location.hash);
  const page = pageFor(model, route) ?? unknownPage();
  main.replaceChildren();
  append(main, page.content);
  document.title = `${page.title} · Tracking report`;
  for (const { name, tab } of tabs) {
    if (tabOf(route) === name) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}

function pageFor(of: Model, route: Route): Page | undefined {
  switch (route.page) {
    case "overview":
      return overviewPage(of);
    case "findings":
      return findingsPage(of, route.filter, (filter) => remember("findings", filter));
    case "finding":
      return findingPage(of, route.id);
    case "events":
      return eventsPage(of, route.filter, (filter) => remember("events", filter));
    case "event":
      return eventPage(of, route.kind, route.name);
    default:
      return undefined;
  }
}

/** Lists keep their filter in the address, so that it can be handed on. */
function remember(page: "findings" | "events", filter: Filter): void {
  const address = listAddress(page, filter);
  if (location.hash !== address) history.replaceState(null, "", address);
}

function unknownPage(): Page {
  return {
    title: "Not here",
    content: [
      h("h1", { tabindex: -1 }, "Not in this report"),
      h("p", { class: "empty card" }, "It may be mended, or renamed. ", link("#/", "To the overview")),
    ],
  };
}

function tabOf({ page }: Route): string {
  return page === "finding" ? "findings" : page === "event" ? "events" : page;
}

function navigation({ data, findings, events }: Model) {
  const reported = findings.filter(({ finding }) => finding.suppressed === undefined).length;
  const tab = (name: string, href: string, label: string, number?: number) => {
    const counted = number !== undefined && [" ", h("span", { class: "count" }, number.toLocaleString("en"))];
    return { name, tab: h("a", { href }, label, counted) };
  };
  return [
    tab("overview", "#/", "Overview"),
    tab("findings", listAddress("findings"), "Findings", reported),
    tab("events", listAddress("events"), "Events", data.events.length === 0 ? undefined : events.length),
  ];
}
