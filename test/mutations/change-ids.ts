import { ts } from "ts-morph";
import { removed } from "../init/mutations.ts";
import { atSite, isGiven, type Mutation, mistake, none, type Verdict } from "./mutation.ts";
import type { Codebase, Site } from "./sites.ts";
import { keyOf, propertyOf, replaced, swapped, writtenValue } from "./syntax.ts";

/** Who it is about: an id dropped, renamed or made constant, two ids or two arguments swapped. */
export function* changedIds(code: Codebase): Generator<Mutation> {
  for (const site of code.sites) {
    if (site.message !== undefined) yield* inMessage(site, site.message);
    yield* swappedArguments(code, site);
  }
}

const IDS: ReadonlySet<string> = new Set(["userId", "distinctId", "anonymousId", "previousId", "groupId"]);

function* inMessage(site: Site, message: ts.ObjectLiteralExpression): Generator<Mutation> {
  for (const property of message.properties) {
    const key = keyOf(property);
    const value = writtenValue(property);
    if (key === undefined || value === undefined) continue;
    if (key === "event" && site.verb === "track") {
      const nameless = mistake("no event has no name");
      yield atSite("drop a field", site, removed(site.file, property.getSourceFile().text, property), nameless);
      yield atSite("rename a field", site, replaced(site.file, property, `name: ${value.getText()}`), nameless);
    }
    if (!IDS.has(key)) continue;
    const absent = missing(site, message, key);
    yield atSite("drop a field", site, removed(site.file, property.getSourceFile().text, property), absent);
    yield atSite("rename a field", site, replaced(site.file, property, `${key}_: ${value.getText()}`), absent);
    yield atSite(
      "make an id constant",
      site,
      replaced(site.file, property, `${key}: "anonymous"`),
      everybody(site, key, value),
    );
  }
  const [user, previous] = [propertyOf(message, "userId"), propertyOf(message, "previousId")];
  const [one, other] = [writtenValue(user), writtenValue(previous)];
  if (one === undefined || other === undefined) return;
  if (user === undefined || previous === undefined || user.pos > previous.pos) return;
  yield atSite("swap two ids", site, swapped(site.file, one, other), swappedIds(one));
}

function missing({ verb }: Site, message: ts.ObjectLiteralExpression, key: string): Verdict {
  const isOther = [...IDS].some((one) => one !== key && one !== "groupId" && propertyOf(message, one) !== undefined);
  if (verb !== "alias" && key !== "groupId" && isOther) return none("another id stands beside it");
  return mistake("the call needs the id");
}

function everybody({ verb, message }: Site, key: string, value: ts.Expression): Verdict {
  if (key === "groupId") return none("a group may be one for all");
  const isOfGroup = verb === "group" || propertyOf(message, "groups") !== undefined;
  if (isOfGroup) return none("what is said of a group may go out under one id");
  const isFallback = /(\?\?|\|\|) *["']/.test(value.getText());
  return isFallback ? none("the id could be a constant before") : mistake("one id for everybody is nobody's id");
}

/** The ids of an alias that is wrong as it is are right when they are swapped. */
function swappedIds(user: ts.Expression): Verdict {
  return /visitor|anon|guest/i.test(user.getText())
    ? none("the user's id stood in the other's place before")
    : mistake("the visitor's id stands in the user's place");
}

/** The order of arguments is the SDK's. */
function* swappedArguments(code: Codebase, site: Site): Generator<Mutation> {
  const { arguments: given } = site.call;
  for (const [index, other] of given.entries()) {
    const one = given[index - 1];
    if (one === undefined) continue;
    const isPlain = (node: ts.Expression) => ts.isIdentifier(node) && code.names.textOf(node) === undefined;
    const isGroup = site.verb === "group" && site.source.platform === "browser";
    const verdict = isGroup
      ? none("RULES.md asks nothing of groups in a browser")
      : isPlain(one) && isPlain(other)
        ? none("both are names, which tell nothing of their order")
        : mistake("the arguments stand in another's place");
    const reaches = [one, other].some(isGiven) ? { isAlone: true } : {};
    yield atSite("swap two arguments", site, swapped(site.file, one, other), verdict, reaches);
  }
}
