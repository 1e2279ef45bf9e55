/** `/` goes to the search, `j` and `k` to the next row and the one before, `Escape` out of the search. */
export function listenToKeys(openSearch: () => void): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key === "Escape" && isTyping) {
      event.target.blur();
      return;
    }
    if (isTyping) return;
    if (event.key === "/") {
      event.preventDefault();
      openSearch();
    } else if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    }
  });
}

function step(by: 1 | -1): void {
  const rows: (HTMLElement | null)[] = [...document.querySelectorAll<HTMLElement>(".row a")];
  const current = rows.indexOf(document.activeElement instanceof HTMLElement ? document.activeElement : null);
  const next = current < 0 ? (by === 1 ? 0 : rows.length - 1) : current + by;
  rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
}
