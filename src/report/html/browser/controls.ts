import type { Filter, FilterKey } from "./address.ts";
import { type Child, h } from "./dom.ts";
import type { Choice } from "./filters.ts";

export interface SelectControl {
  readonly key: FilterKey;
  readonly label: string;
  /** Shown for no choice; absent where one of the choices always holds. */
  readonly all?: string;
  readonly choices: readonly Choice[];
}

/** A form that narrows a list: a search, choices, and how many are left. `change` answers with that. */
export function filterForm(
  name: string,
  filter: Filter,
  controls: readonly SelectControl[],
  change: (filter: Filter) => string,
): HTMLElement {
  const fields = new Map<FilterKey, HTMLInputElement | HTMLSelectElement>();
  const search = h("input", {
    type: "search",
    id: "q",
    placeholder: "Search",
    autocomplete: "off",
    spellcheck: "false",
    value: filter.q ?? "",
  });
  fields.set("q", search);
  const status = h("p", { role: "status", class: "status" });
  const clear = h("button", { type: "button", class: "clear" }, "Clear filters");
  // Keys without a field stay as the address has them.
  const current = (): Filter => {
    const chosen = [...fields].map(([key, field]) => [key, field.value === "" ? undefined : field.value] as const);
    return { ...filter, ...Object.fromEntries(chosen) };
  };
  const update = () => {
    const now = current();
    status.textContent = change(now);
    clear.hidden = Object.entries(now).every(([key, value]) => key === "group" || value === undefined);
  };
  const selects = controls.map((control): Child => {
    const select = choiceField(control, filter[control.key]);
    fields.set(control.key, select);
    return h("label", {}, h("span", {}, control.label), select);
  });
  clear.addEventListener("click", () => {
    for (const [key, field] of fields) if (key !== "group") field.value = "";
    update();
    search.focus();
  });
  const form = h(
    "form",
    { role: "search", class: "filters card", "aria-label": name },
    h("label", { class: "search" }, h("span", {}, "Search"), search),
    selects,
    clear,
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", update);
  update();
  return h("div", {}, form, status);
}

function choiceField({ key, all, choices }: SelectControl, chosen: string | undefined): HTMLSelectElement {
  const known = chosen === undefined || choices.some(({ value }) => value === chosen);
  const select = h(
    "select",
    { id: key },
    all !== undefined && h("option", { value: "" }, all),
    choices.map(({ value, label, count }) =>
      option(value, count === 0 ? label : `${label} (${count.toLocaleString("en")})`),
    ),
    // What an address asks for may be no more: then nothing is found, which is the truth.
    !known && option(chosen, `${chosen} (0)`),
  );
  if (chosen !== undefined) select.value = chosen;
  return select;
}

/** The value as it is, not as it may be shown. */
function option(value: string, label: string): HTMLOptionElement {
  const element = h("option", {}, label);
  element.value = value;
  return element;
}
