import { h } from "./dom.ts";

export const FIRST = 100;
const NEXT = 300;

/** A list of which the first items are made at once and others when asked for, so that long ones open fast. */
export function longList<Item>(
  items: readonly Item[],
  attributes: Readonly<Record<string, string>>,
  itemOf: (item: Item) => HTMLElement,
  first = FIRST,
): HTMLElement {
  const list = h("ol", attributes);
  const button = h("button", { type: "button", class: "more" });
  let made = 0;
  const make = (number: number): HTMLElement[] => {
    const added = items.slice(made, made + number).map(itemOf);
    made += added.length;
    list.append(...added);
    const rest = items.length - made;
    button.textContent = `Show ${Math.min(rest, NEXT).toLocaleString("en")} more of ${rest.toLocaleString("en")}`;
    button.hidden = rest === 0;
    return added;
  };
  button.addEventListener("click", () => make(NEXT)[0]?.querySelector("a")?.focus());
  make(first);
  return h("div", {}, list, button);
}
