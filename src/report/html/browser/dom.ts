import { visible } from "../../visible.ts";

export type Child = Node | string | number | false | null | undefined | readonly Child[];

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * An element with its attributes and content. Strings become text, whatever is in them, and what could reorder or hide
 * it becomes visible; addresses lead within the page or to https.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name === "href" && !/^(?:#|https:\/\/)/.test(String(value))) continue;
    element.setAttribute(name, value === true ? "" : visible(String(value)));
  }
  append(element, children);
  return element;
}

export function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (isList(child)) append(parent, child);
    else parent.append(child instanceof Node ? child : visible(String(child)));
  }
}

function isList(child: Child): child is readonly Child[] {
  return Array.isArray(child);
}

/** Text in which names stand in backticks. */
export function prose(text: string): Child[] {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? h("code", {}, part) : part));
}

export function link(href: string, ...children: readonly Child[]): HTMLElement {
  return h("a", { href }, ...children);
}

/** `1 call`, `2 calls`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** A heading and what belongs to it, as a region that has its name. */
export function section(id: string, title: Child, ...children: readonly Child[]): HTMLElement {
  return h("section", { "aria-labelledby": id }, h("h2", { id }, title), ...children);
}

/** Pairs of a term and what is to be said of it; without those of which nothing is. */
export function facts(pairs: readonly (readonly [string, Child])[]): HTMLElement {
  const told = pairs.filter(([, value]) => value !== undefined && value !== null && value !== false && value !== "");
  return h(
    "dl",
    { class: "facts" },
    told.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))),
  );
}
