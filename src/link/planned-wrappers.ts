import type { CallKind } from "../calls/types.ts";
import type { ExprId } from "../facts/types.ts";
import type { PlanWrapper } from "../plan/model.ts";
import type { SdkMethod } from "../sdks/sdk.ts";
import { UNSEEN } from "./by-name.ts";
import { nameOf } from "./conditions.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { reach, type SinkMatch } from "./sdk-match.ts";
import { alternatives, type Env, type Value } from "./value.ts";

/** A tracking function that the plan describes, because its source is not in the repository. */
export function matchPlanned(
  ev: Evaluator,
  wrappers: readonly PlanWrapper[],
  m: Module,
  x: ExprId,
  env: Env | undefined,
): SinkMatch | undefined {
  const call = m.expr(x);
  if (wrappers.length === 0 || call.k !== "call") return undefined;
  const name = nameOf(m, call.f);
  const callee = alternatives(ev.value(m, call.f, env));
  const wrapper = wrappers.find((candidate) => callee.some((value) => fits(candidate, name, value)));
  return wrapper && { sdk: UNSEEN, methods: [methodOf(wrapper)], skip: 0, receiver: [] };
}

/** `name` is the function, or the member that is called; with `module`, it must come from there. */
function fits(wrapper: PlanWrapper, name: string, value: Value): boolean {
  if (value.k === "fn") return false;
  if (wrapper.module === undefined) {
    const isSdk = value.k === "ext" && reach(value).length > 0;
    return !isSdk && (name === wrapper.name || name.endsWith(`.${wrapper.name}`));
  }
  if (value.k !== "ext" || value.pkg === undefined) return false;
  const isFrom = value.pkg === wrapper.module || value.pkg.startsWith(`${wrapper.module}/`);
  const path = value.steps.filter((step) => typeof step === "string").join(".");
  return isFrom && (path === wrapper.name || path.endsWith(`.${wrapper.name}`));
}

function methodOf(wrapper: PlanWrapper): SdkMethod {
  return {
    name: wrapper.name,
    kind: wrapper.kind as CallKind,
    call: "function",
    verified: "source",
    layouts: [{ roles: wrapper.roles }],
  };
}
