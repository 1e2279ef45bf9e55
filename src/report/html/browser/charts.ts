import { axisBottom } from "d3-axis";
import { scaleBand, scaleLinear } from "d3-scale";
import { select } from "d3-selection";
import { visible } from "../../visible.ts";
import { h } from "./dom.ts";
import type { Group } from "./filters.ts";

const ROW = 30;
const AXIS = 26;
const SHOWN = 12;
/** About what a character of a label takes. */
const CHARACTER = 7;

/** Bars of errors and warnings, one row for each group; a row leads to its findings. */
export function findingsChart(label: string, groups: readonly Group[], hrefOf: (group: Group) => string): HTMLElement {
  const total = ({ errors, warnings }: Group) => errors + warnings;
  const shown = groups.toSorted((a, b) => total(b) - total(a)).slice(0, SHOWN);
  const holder = h("div", { class: "chart" });
  const draw = (width: number) => holder.replaceChildren(drawn(label, shown, hrefOf, width));
  let last = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.round(entry?.contentRect.width ?? 0);
    if (width === last || width === 0) return;
    const focused = [...holder.querySelectorAll("a")].indexOf(document.activeElement as unknown as HTMLAnchorElement);
    last = width;
    draw(width);
    holder.querySelectorAll("a")[focused]?.focus();
  }).observe(holder);
  const rest = groups.length - shown.length;
  return h(
    "figure",
    { class: "card" },
    h("figcaption", {}, h("h3", {}, label)),
    holder,
    rest > 0 && h("p", { class: "rest" }, `and ${rest.toLocaleString("en")} more`),
  );
}

function drawn(
  label: string,
  groups: readonly Group[],
  hrefOf: (group: Group) => string,
  width: number,
): SVGSVGElement {
  const longest = Math.max(...groups.map((group) => group.label.length));
  const left = Math.min(Math.max(80, longest * CHARACTER + 12), Math.round(width * 0.42));
  const right = 44;
  const height = groups.length * ROW;
  const most = Math.max(...groups.map(({ errors, warnings }) => errors + warnings));
  const x = scaleLinear()
    .domain([0, most])
    .nice(4)
    .range([left, width - right]);
  const y = scaleBand()
    .domain(groups.map(({ value }) => value))
    .range([0, height])
    .padding(0.32);

  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("viewBox", `0 0 ${width} ${height + AXIS}`)
    .attr("width", width)
    .attr("height", height + AXIS)
    .attr("role", "group")
    .attr("aria-label", label);
  const ticks = x.ticks(4).filter(Number.isInteger);
  svg
    .append("g")
    .attr("class", "axis")
    .attr("aria-hidden", "true")
    .attr("transform", `translate(0,${height})`)
    .call(axisBottom(x).tickValues(ticks).tickFormat(x.tickFormat(4, "d")).tickSize(-height).tickPadding(8));
  const row = svg
    .selectAll("a")
    .data(groups)
    .join("a")
    .attr("href", hrefOf)
    .attr("aria-label", ({ label: name, errors, warnings }) => visible(`${name}: ${told(errors, warnings)}`));
  row.append("title").text(({ label: name, errors, warnings }) => visible(`${name}: ${told(errors, warnings)}`));
  row
    .append("rect")
    .attr("class", "row")
    .attr("y", ({ value }) => (y(value) ?? 0) - 4)
    .attr("width", width)
    .attr("height", y.bandwidth() + 8)
    .attr("rx", 4);
  row
    .append("text")
    .attr("class", "name")
    .attr("x", left - 10)
    .attr("y", ({ value }) => (y(value) ?? 0) + y.bandwidth() / 2)
    .text(({ label: name }) => shortened(visible(name), Math.floor((left - 12) / CHARACTER)));
  row
    .append("rect")
    .attr("class", "errors")
    .attr("x", left)
    .attr("y", ({ value }) => y(value) ?? 0)
    .attr("width", ({ errors }) => x(errors) - left)
    .attr("height", y.bandwidth());
  row
    .append("rect")
    .attr("class", "warnings")
    .attr("x", ({ errors }) => x(errors))
    .attr("y", ({ value }) => y(value) ?? 0)
    .attr("width", ({ errors, warnings }) => x(errors + warnings) - x(errors))
    .attr("height", y.bandwidth());
  row
    .append("text")
    .attr("class", "number")
    .attr("x", ({ errors, warnings }) => x(errors + warnings) + 6)
    .attr("y", ({ value }) => (y(value) ?? 0) + y.bandwidth() / 2)
    .text(({ errors, warnings }) => (errors + warnings).toLocaleString("en"));
  return svg.node()!;
}

function told(errors: number, warnings: number): string {
  const parts = [
    errors > 0 && `${errors} ${errors === 1 ? "error" : "errors"}`,
    warnings > 0 && `${warnings} ${warnings === 1 ? "warning" : "warnings"}`,
  ];
  return parts.filter((part) => part !== false).join(", ");
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(1, length - 1))}…`;
}
