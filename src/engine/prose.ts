/** Items as prose, the first `most` of them: `a, b and 3 more`. */
export function listOf(items: readonly string[], most: number): string {
  return items.length <= most ? items.join(", ") : `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
}
