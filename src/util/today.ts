/** ISO date, of Greenwich. */
export function today(): string {
  return new Date().toISOString().slice(0, "2027-01-31".length);
}
