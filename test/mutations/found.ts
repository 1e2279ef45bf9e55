import type { Finding } from "../../src/diagnostics/finding.ts";
import type { Host } from "../../src/host/host.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { check } from "../../src/lint.ts";
import type { PlanPlace } from "../../src/project/plan-place.ts";
import { changed, type Files } from "../init/mutations.ts";
import type { Mutation } from "./mutation.ts";

/** The rules that speak of each change, by a finding that the code as it is doesn't have. */
export async function rulesThatFind(
  files: Files,
  plan: PlanPlace,
  mutations: readonly Mutation[],
  hostOf: (files: Files) => Host = memoryHost,
): Promise<Map<Mutation, readonly string[]>> {
  const before = new Set((await findingsOf(files, plan, hostOf)).map(keyOf));
  const found = new Map<Mutation, readonly string[]>();

  for (const round of roundsOf(mutations)) {
    const after = await findingsOf(
      changed(
        files,
        round.map(({ change }) => change),
      ),
      plan,
      hostOf,
    );
    const fresh = after.filter((finding) => !before.has(keyOf(finding)));
    for (const mutation of round) {
      const spoken = fresh.filter((finding) => mutation.isAlone || speaksOf(finding, mutation));
      found.set(mutation, [...new Set(spoken.map(({ rule }) => rule))]);
    }
  }
  return found;
}

async function findingsOf(files: Files, plan: PlanPlace, hostOf: (files: Files) => Host): Promise<readonly Finding[]> {
  const { findings, internalErrors } = await check({ plan }, hostOf(files));
  const [error] = internalErrors;
  if (error !== undefined) throw error;
  return findings;
}

/** A finding but for what moves with other changes: columns and counts. */
function keyOf({ rule, at, message }: Finding): string {
  return `${rule} ${at.file}:${at.line} ${message.replace(/\d+/g, "#")}`;
}

function speaksOf({ at, related, message }: Finding, { lines, mark }: Mutation): boolean {
  if (mark !== undefined && message.includes(mark)) return true;
  const places = [at, ...related.map((one) => one.at)];
  return places.some((place) =>
    lines.some(({ file, from, to }) => place.file === file && from <= place.endLine && place.line <= to),
  );
}

/** Changes that are made together: each of other lines and of another subject. */
function roundsOf(mutations: readonly Mutation[]): Mutation[][] {
  const rounds: Mutation[][] = [];
  for (const mutation of mutations) {
    const isFree = (round: readonly Mutation[]) => round.every((one) => areApart(one, mutation));
    const round = rounds.find(isFree);
    if (round === undefined) rounds.push([mutation]);
    else round.push(mutation);
  }
  return rounds;
}

function areApart(one: Mutation, other: Mutation): boolean {
  if (one.isAlone || other.isAlone || one.subject === other.subject) return false;
  const overlap = one.lines.some((a) => other.lines.some((b) => a.file === b.file && a.from <= b.to && b.from <= a.to));
  return (
    !overlap &&
    !(
      one.change.file === other.change.file &&
      one.change.start <= other.change.end &&
      other.change.start <= one.change.end
    )
  );
}
