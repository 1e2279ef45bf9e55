import { eventAddress, listAddress, NONE } from "./address.ts";
import { codeExcerpt } from "./code-excerpt.ts";
import { facts, h, link, prose, section } from "./dom.ts";
import { labelOf, sourceValue } from "./filters.ts";
import { ruleLink, severityMark } from "./findings-page.ts";
import type { Model } from "./model.ts";
import type { Page } from "./page.ts";

const FIXES = { safe: "`--fix` mends it.", suggestion: "`--fix-suggestions` offers a change." } as const;

export function findingPage(model: Model, id: string): Page | undefined {
  const finding = model.finding(id)?.finding;
  if (finding === undefined) return undefined;
  const { at, plan, related, help, rule, severity, owners, suppressed } = finding;
  const events = finding.events.flatMap((number) => model.data.events[number] ?? []);
  const page = Object.hasOwn(model.data.rules, rule) ? model.data.rules[rule] : undefined;
  return {
    title: finding.message.replaceAll("`", ""),
    content: [
      h("p", { class: "back" }, link(listAddress("findings"), "All findings")),
      h("h1", { tabindex: -1, class: "message" }, severityMark(severity), " ", h("span", {}, prose(finding.message))),
      help !== undefined && h("p", { class: "help" }, prose(help)),
      finding.fix !== undefined && h("p", { class: "quiet" }, prose(FIXES[finding.fix])),
      suppressed !== undefined &&
        h("p", { class: "notice" }, `A comment in the code suppresses it: ${suppressed || "no reason given"}.`),
      h("p", { class: "place" }, model.place(at)),
      codeExcerpt(model, at, 1),
      facts([
        [
          "Rule",
          [ruleLink(rule), page !== undefined && [" · ", h("a", { href: page, rel: "noreferrer" }, "what it asks")]],
        ],
        [
          "Source",
          link(listAddress("findings", { source: sourceValue(finding) }), labelOf("source", sourceValue(finding))),
        ],
        [
          "Owner",
          owners.length === 0
            ? link(listAddress("findings", { owner: NONE }), "none")
            : owners.map((owner) => [link(listAddress("findings", { owner }), owner), " "]),
        ],
        [
          events.length === 1 ? "Event" : "Events",
          events.length > 0 && events.map((event) => [link(eventAddress(event), event.name), " "]),
        ],
        ["Fingerprint", h("code", {}, finding.id)],
      ]),
      plan !== undefined &&
        section("plan", "In the plan", h("p", { class: "place" }, model.place(plan)), codeExcerpt(model, plan, 1)),
      related.length > 0 &&
        section(
          "related",
          "See also",
          h(
            "ul",
            { class: "plain card" },
            related.map((one) =>
              h("li", {}, h("span", { class: "place" }, model.place(one.at)), " ", prose(one.message)),
            ),
          ),
        ),
    ],
  };
}
