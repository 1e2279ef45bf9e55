import type { Inventory } from "../calls/types.ts";
import type { Change, Fix } from "../diagnostics/finding.ts";
import { contains, formatPlace } from "../diagnostics/range.ts";
import type { Plan, PlanEvent } from "../plan/model.ts";
import { groupBy } from "../util/group-by.ts";
import type { Rename } from "./rule.ts";
import { eventKindOf } from "./selectors.ts";

/**
 * The changes that give an event another name, in code and plan; undefined where the plan knows neither name, or a place
 * that writes it can't be changed. Safe is only what renames an event that is still planned, or corrects a name that the
 * plan doesn't have to the only near one that it has: what is live goes on under its old name, as an alias.
 */
export function renameFix(rename: Rename, code: Inventory, plan: Plan | undefined): Fix | undefined {
  const { from, to, kind, isOnlyNear = false } = rename;
  if (plan === undefined || from === to) return undefined;
  const inCode = literalsOf(rename, code);
  const planned = plan.find(from, kind);
  const target = plan.find(to, kind);
  if (inCode === undefined || planned?.status === "removed" || target?.status === "removed") return undefined;
  if (planned === undefined) {
    if (target === undefined || target.name !== to || inCode.length === 0) return undefined;
    return isOnlyNear
      ? { isSafe: true, changes: inCode }
      : { isSafe: false, changes: [...inCode, aliasChange(target, from)] };
  }
  // Two events of the plan are made one by a person.
  if (planned.name !== from || target !== undefined) return undefined;
  const isPlanned = planned.status === "planned";
  const { at } = planned;
  const inPlan: Change = { kind: "plan-event", at, from, to, ...(isPlanned ? {} : { alias: from }) };
  return { isSafe: isPlanned, changes: [inPlan, ...inCode] };
}

function aliasChange({ at, name }: PlanEvent, alias: string): Change {
  return { kind: "plan-event", at, from: name, to: name, alias };
}

/** Each literal that gives the name, once; undefined where a wrapper makes it of another text. */
function literalsOf({ from, to, kind }: Rename, code: Inventory): Change[] | undefined {
  const calls = code.calls.filter((call) => eventKindOf(call) === kind);
  const sent = calls.flatMap((call) =>
    call.events.filter(({ value }) => value === from).map(({ at, written }) => ({ at, written, call })),
  );
  if (sent.some(({ written }) => written !== undefined)) return undefined;
  return [...groupBy(sent, ({ at }) => formatPlace(at)).values()].map((same) => {
    const { at } = same[0]!;
    const isConstant = !same.some(({ call }) => contains(call.at, at));
    return { kind: "literal", at, from, to, ...(isConstant ? { usedAt: same.map(({ call }) => call.at) } : {}) };
  });
}
