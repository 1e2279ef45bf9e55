/** What the part of the address after `#` leads to. */
export type Route =
  | { readonly page: "overview" }
  | { readonly page: "findings" | "events"; readonly filter: Filter }
  | { readonly page: "finding"; readonly id: string }
  | { readonly page: "event"; readonly kind: string; readonly name: string }
  | { readonly page: "unknown" };

/** What lists are narrowed by: key to value; a key without a value is left out. */
export type Filter = Readonly<Partial<Record<FilterKey, string>>>;

export const FILTER_KEYS = ["q", "rule", "severity", "source", "owner", "state", "group"] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];

/** Stands for those that have none: findings without an owner. */
export const NONE = "-";

/** Stands for the plan, where findings are told by their source. */
export const PLAN = "+";

export function parseAddress(hash: string): Route {
  const [path = "", query = ""] = split(hash.replace(/^#?\/?/, ""), "?");
  const [page = "", ...rest] = path.split("/").map(decode);
  if (page === "") return { page: "overview" };
  if (page === "findings" || page === "events") return { page, filter: parseFilter(query) };
  if (page === "finding" && rest.length === 1) return { page, id: rest[0]! };
  if (page === "event" && rest.length === 2) return { page, kind: rest[0]!, name: rest[1]! };
  return { page: "unknown" };
}

export function listAddress(page: "findings" | "events", filter: Filter = {}): string {
  const query = FILTER_KEYS.flatMap((key) => {
    const value = filter[key];
    return value === undefined || value === "" ? [] : [`${key}=${encode(value)}`];
  });
  return query.length === 0 ? `#/${page}` : `#/${page}?${query.join("&")}`;
}

export function findingAddress(id: string): string {
  return `#/finding/${encode(id)}`;
}

export function eventAddress({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `#/event/${encode(kind)}/${encode(name)}`;
}

/** As it comes back from an address: half a character can't be written there. */
export function asAddressed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

function parseFilter(query: string): Filter {
  const filter: Partial<Record<FilterKey, string>> = {};
  for (const pair of query.split("&")) {
    const [key, value] = split(pair, "=");
    const known = FILTER_KEYS.find((one) => one === key);
    if (known !== undefined && value !== "") filter[known] = decode(value.replaceAll("+", " "));
  }
  return filter;
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}

function encode(text: string): string {
  return encodeURIComponent(asAddressed(text));
}

/** What somebody typed may be no encoding: then it is meant as it stands. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
