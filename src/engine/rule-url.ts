/** The pages of built-in rules are part of the published package, so their address needs no site of its own. */
const PAGES = "https://unpkg.com/tracklint/rules";

/** Address of a rule's page; undefined for a plugin's rule (`name/rule`), whose page we don't know. */
export function ruleUrl(ruleId: string): string | undefined {
  return ruleId.includes("/") ? undefined : `${PAGES}/${ruleId}.md`;
}
