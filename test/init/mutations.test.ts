import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Inventory, Property, StaticValue, TrackingCall } from "../../src/calls/types.ts";
import type { Finding } from "../../src/diagnostics/finding.ts";
import { formatPlace } from "../../src/diagnostics/range.ts";
import { checkedCalls } from "../../src/engine/conformance.ts";
import { presenceOf, propertiesOf } from "../../src/engine/payloads.ts";
import { EVENT_KINDS, judgedCalls } from "../../src/engine/selectors.ts";
import { alternativesOf } from "../../src/engine/static-values.ts";
import { isVendorName } from "../../src/engine/vendors.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { scan } from "../../src/lint.ts";
import { loadPlan } from "../../src/plan/load-plan.ts";
import { readFolder } from "./folder.ts";
import { conformance, initPlan } from "./init-plan.ts";
import { type Change, changed, type Files, NEW_ENDING, renamed, retyped, withoutKey } from "./mutations.ts";

// Each round reads the whole monorepo anew: a busy machine is no failure.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const FOLDER = new URL("../../fixtures/monorepo/", import.meta.url);

/** A change of the code, and what `check` must then say of a call. */
interface Mutation {
  readonly call: TrackingCall;
  readonly rule: string;
  /** What the message must hold. */
  readonly says: string;
  readonly change: Change;
}

let files: Files;
let code: Inventory;
let plan: string;

beforeAll(async () => {
  files = readFolder(FOLDER);
  const host = memoryHost(files);
  code = (await scan({}, host)).code;
  plan = await initPlan(host);
});

describe("the plan that init wrote for the bundled monorepo", () => {
  it("finds every event that is renamed", async () => {
    const calls = judgedCalls(code, { kinds: EVENT_KINDS });
    const names = calls.flatMap((call) =>
      call.events.filter(({ value }) => !isVendorName(call, value)).map((name) => ({ call, name })),
    );
    const mutations = names.map(({ call, name }): Mutation | undefined => {
      const change = renamed(files, name.at);
      return change && { call, rule: "unknown-event", says: `\`${name.value}${NEW_ENDING}\``, change };
    });

    expect(mutations).not.toContain(undefined);
    expect(names.length).toBeGreaterThan(60);
    expect(await unnoticed(mutations)).toEqual([
      // A comment in the code suppresses `unknown-event` there.
      "apps/web/src/app/(app)/checkout/upgrade-dialog.tsx:16:5 `Upgrade Prompt Viewed Xqz`",
    ]);
  });

  it("finds every required key that is dropped", async () => {
    const keys = requiredKeys();
    const mutations = keys.map(({ call, property }): Mutation | undefined => {
      const change = withoutKey(files, property.at);
      return change && { call, rule: "missing-property", says: `\`${property.name}\``, change };
    });

    expect(mutations).not.toContain(undefined);
    expect(keys.length).toBeGreaterThan(150);
    expect(await unnoticed(mutations)).toEqual([
      // What is spread in beside the key comes from the network, and may hold it.
      "apps/worker/src/functions/saml-login.ts:13:5 `job`",
    ]);
  });

  it("finds every literal that becomes one of another type", async () => {
    const literals = allLiterals();
    const mutations = literals.map(({ call, property, literal }): Mutation | undefined => {
      const other = typeof literal.value === "string" ? "42" : '"other"';
      const change = literal.at && retyped(files, literal.at, other);
      return change && { call, rule: "property-type", says: `\`${property.name}\``, change };
    });

    expect(mutations).not.toContain(undefined);
    expect(literals.length).toBeGreaterThan(150);
    expect(await unnoticed(mutations)).toEqual([]);
  });
});

/** Makes the changes, those of one call one after the other, and tells those after which `check` doesn't speak of the call. */
async function unnoticed(mutations: readonly (Mutation | undefined)[]): Promise<string[]> {
  const missed: string[] = [];
  for (const round of roundsOf(mutations.filter((one) => one !== undefined))) {
    const changes = new Map(round.map(({ change }) => [JSON.stringify(change), change]));
    const findings = await conformance(memoryHost(changed(files, [...changes.values()])), plan);
    for (const mutation of round) {
      const { call, says } = mutation;
      if (!findings.some((finding) => speaksOf(finding, mutation))) missed.push(`${formatPlace(call.at)} ${says}`);
    }
  }
  return missed;
}

/** Rounds in each of which a call, and a piece of text, is changed in one way at most. */
function roundsOf(mutations: readonly Mutation[]): Mutation[][] {
  const rounds: Mutation[][] = [];
  for (const mutation of mutations) {
    const isFree = (round: readonly Mutation[]) =>
      round.every(({ call, change }) => {
        const isSame = JSON.stringify(change) === JSON.stringify(mutation.change);
        return isSame || (call !== mutation.call && !overlap(change, mutation.change));
      });
    const round = rounds.find(isFree);
    if (round === undefined) rounds.push([mutation]);
    else round.push(mutation);
  }
  return rounds;
}

function overlap(one: Change, other: Change): boolean {
  return one.file === other.file && one.start < other.end && other.start < one.end;
}

function speaksOf({ rule, message, at, related }: Finding, { call, rule: expected, says }: Mutation): boolean {
  const isThere = [at, ...related.map((one) => one.at)].some(
    (place) => place.file === call.at.file && place.line >= call.at.line && place.line <= call.at.endLine,
  );
  return rule === expected && message.includes(says) && isThere;
}

/** Every required key that a call sends, as the plan has it. */
function requiredKeys(): { call: TrackingCall; property: Property }[] {
  const loaded = loadPlan(memoryHost({ "tracking-plan.yaml": plan }), "tracking-plan.yaml").plan!;
  return checkedCalls(code, loaded).flatMap(({ call, promised, what }) => {
    const payload = what === "trait" ? call.traits : propertiesOf(call);
    return payload.properties
      .filter(({ name }) => promised.get(name)?.required && presenceOf(payload, name) === "present")
      .map((property) => ({ call, property }));
  });
}

/** Every literal that is the value of a property, or one of its alternatives, where it is written. */
function allLiterals() {
  return judgedCalls(code)
    .filter(({ kind }) => EVENT_KINDS.includes(kind) || kind === "identify" || kind === "group")
    .flatMap((call) => {
      const all = [...propertiesOf(call).properties, ...call.traits.properties];
      return all.flatMap((property) => literalsIn(property.value).map((literal) => ({ call, property, literal })));
    })
    .filter(({ literal }) => literal.value !== null);
}

type Literal = Extract<StaticValue, { kind: "literal" }>;

function literalsIn(value: StaticValue): Literal[] {
  return alternativesOf(value).flatMap((one): Literal[] => {
    if (one.kind === "literal") return [one];
    if (one.kind === "object") return one.shape.properties.flatMap((property) => literalsIn(property.value));
    return one.kind === "array" ? (one.items ?? []).flatMap(literalsIn) : [];
  });
}
