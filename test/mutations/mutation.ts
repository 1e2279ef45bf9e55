import { ts } from "ts-morph";
import type { Change } from "../init/mutations.ts";
import type { Site } from "./sites.ts";
import { subjectOf } from "./sites.ts";
import { enclosingFunction, type Lines, linesOf, writtenValue } from "./syntax.ts";

/** A small change of the code, and whether a reader would call it a tracking mistake of RULES.md. */
export interface Mutation {
  /** What is done, whatever it means. */
  readonly operator: string;
  readonly change: Change;
  /** Two changes of one subject are not made at once. */
  readonly subject: string;
  /** A finding that speaks of the change stands there, … */
  readonly lines: readonly Lines[];
  /** … or says this. */
  readonly mark?: string;
  /** It reaches calls elsewhere: made alone, and any new finding speaks of it. */
  readonly isAlone?: boolean;
  readonly isMistake: boolean;
  /** Why it is a mistake, or none; by code and plan as written, never by what a rule says. */
  readonly because: string;
}

/** What a reader says of a change. */
export type Verdict = Pick<Mutation, "isMistake" | "because">;

export function mistake(because: string): Verdict {
  return { isMistake: true, because };
}

export function none(because: string): Verdict {
  return { isMistake: false, because };
}

/** A change at a site, or of what it sends. */
export function atSite(
  operator: string,
  site: Site,
  change: Change,
  verdict: Verdict,
  more: Pick<Mutation, "mark" | "isAlone"> & { readonly node?: ts.Node } = {},
): Mutation {
  const { node, ...rest } = more;
  const lines = [linesOf(site.file, site.statement), ...(node ? [linesOf(site.file, node)] : [])];
  // What a wrapper sends is reported at its callers.
  const isWrapper =
    site.verb === "track" ? site.name !== undefined && ts.isIdentifier(site.name) && !site.event : passesIdsOn(site);
  return {
    operator,
    change,
    subject: subjectOf(site),
    lines,
    ...(isWrapper ? { isAlone: true } : {}),
    ...verdict,
    ...rest,
  };
}

/** Who it is about is what its function is given. */
function passesIdsOn({ message }: Site): boolean {
  return (message?.properties ?? []).some((property) => isGiven(writtenValue(property)));
}

/** A parameter of the function around it: what is wrong with it is reported at who calls that function. */
export function isGiven(node: ts.Expression | undefined): boolean {
  if (node === undefined || !ts.isIdentifier(node)) return false;
  return enclosingFunction(node)?.parameters.flatMap(namesIn).includes(node.text) ?? false;
}

function namesIn({ name }: ts.ParameterDeclaration | ts.BindingElement): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return ts.isObjectBindingPattern(name) ? name.elements.flatMap(namesIn) : [];
}

/** A change as one line. */
export function lineOf({ operator, change, lines, because }: Mutation): string {
  const [at] = lines;
  return `${change.file}:${at?.from} ${operator} → ${change.text.replace(/\s+/g, " ").trim()} (${because})`;
}
