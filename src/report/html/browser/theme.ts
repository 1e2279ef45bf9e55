import { h } from "./dom.ts";

const THEMES = ["auto", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

const KEY = "tracklint-theme";
const NAMES: Readonly<Record<Theme, string>> = { auto: "As the system", light: "Light", dark: "Dark" };

/** Chooses light or dark; without a choice it is as the system has it. */
export function themeSwitch(): HTMLElement {
  let theme = THEMES.find((one) => one === remembered()) ?? "auto";
  const select = h(
    "select",
    { id: "theme" },
    THEMES.map((one) => h("option", { value: one }, NAMES[one])),
  );
  const show = () => {
    document.documentElement.dataset.theme = theme;
  };
  select.value = theme;
  select.addEventListener("change", () => {
    theme = THEMES.find((one) => one === select.value) ?? "auto";
    show();
    remember(theme);
  });
  show();
  return h("label", { class: "theme" }, h("span", { class: "hidden" }, "Colours"), select);
}

/** Browsers may refuse to remember anything of a file: then the choice holds until it is closed. */
function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
