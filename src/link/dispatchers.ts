import type { CallFact, ExprId, FunctionId } from "../facts/types.ts";
import type { Sdk } from "../sdks/sdk.ts";
import { type CallIndex, type CallPlace, functionKey } from "./call-index.ts";
import { argumentsOf, invoke } from "./call-result.ts";
import { targetsOf } from "./call-targets.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { roleValue } from "./roles.ts";
import { reach } from "./sdk-match.ts";
import type { TableKind } from "./table.ts";
import { alternatives, type CallRef, UNKNOWN, type Value } from "./value.ts";

/** The SDKs that hand their messages to a function of the project, by the function's key. */
const DISPATCHERS: TableKind<Sdk> = {
  *entriesOf(ev, m) {
    for (const { x } of m.facts.calls) {
      const expr = m.expr(x);
      if (expr.k !== "call" || !expr.a.some((a) => hasDispatch(m, a))) continue;
      for (const { sdk, dispatch } of dispatchOf(ev, { m, x, env: undefined }))
        if (dispatch.k === "fn") yield [functionKey(dispatch.m, dispatch.fn), sdk];
    }
  },
};

/** The calls whose message an SDK hands to a function of the project: react-tracking's `dispatch`. */
export function dispatchesTo(ev: Evaluator, index: CallIndex, m: Module, fn: FunctionId): readonly CallPlace[] {
  const sdk = ev.table(DISPATCHERS).get(functionKey(m, fn)).at(-1);
  return sdk ? [...sinksOf(ev, index, sdk), ...ev.searched.flatMap((module) => decoratorsOf(ev, module, sdk))] : [];
}

function hasDispatch(m: Module, x: ExprId): boolean {
  const expr = m.expr(x);
  return expr.k === "obj" && expr.p.some((prop) => prop.k === "prop" && prop.n === "dispatch");
}

/** What a call gives an SDK as its `dispatch`. */
function dispatchOf(ev: Evaluator, ref: CallRef): { readonly sdk: Sdk; readonly dispatch: Value }[] {
  const expr = ref.m.expr(ref.x);
  const callee = expr.k === "call" ? ev.value(ref.m, expr.f) : UNKNOWN;
  if (callee.k !== "ext") return [];
  return reach(callee).flatMap(({ sdk, entry }) => {
    const method = sdk.methods.find(({ name, call }) => call === "hoc" && name === entry?.symbol);
    const place = method?.layouts[0]?.roles.dispatch;
    const value = place && roleValue(ev, sdk, place, { values: argumentsOf(ev, ref), steps: callee.steps, ref });
    return value ? alternatives(value).map((dispatch) => ({ sdk, dispatch })) : [];
  });
}

/** `trackEvent(…)` of a hook, or of a prop that the SDK gives components. */
function sinksOf(ev: Evaluator, index: CallIndex, sdk: Sdk): CallPlace[] {
  const props = sdk.instances.flatMap(({ how, symbol }) => (how === "prop" ? (symbol.split(".").at(-1) ?? []) : []));
  const methods = sdk.methods.filter((method) => method.dispatches).map(({ name }) => name);
  return index.sinks.flatMap(({ m, call }) => {
    const isMeant =
      targetsOf(ev, m, call, undefined).some(
        ({ match }) => match.sdk.id === sdk.id && match.methods.some((method) => method.dispatches),
      ) || isOnProp(m, call, props, methods);
    return isMeant ? [place(m, call)] : [];
  });
}

function isOnProp(m: Module, call: CallFact, props: readonly string[], methods: readonly string[]): boolean {
  const expr = m.expr(call.x);
  const callee = expr.k === "call" ? m.expr(expr.f) : undefined;
  if (callee?.k !== "mem" || !methods.includes(callee.n)) return false;
  const owner = m.expr(callee.o);
  const name = owner.k === "mem" ? owner.n : owner.k === "id" ? m.facts.bindings[owner.b]?.name : undefined;
  return name !== undefined && props.includes(name);
}

/** `@track({ event: "Clicked" })` on a method sends when the method is called; on a class it only sets up. */
function decoratorsOf(ev: Evaluator, m: Module, sdk: Sdk): CallPlace[] {
  const members = m.facts.classes.flatMap((cls) => cls.members);
  const decorators = new Set([...m.facts.functions, ...members].flatMap((fact) => fact.decorators ?? []));
  return m.facts.calls.flatMap((call) => {
    const expr = m.expr(call.x);
    if (expr.k !== "call" || !decorators.has(call.x)) return [];
    const callee = ev.value(m, expr.f);
    const isMeant =
      callee.k === "ext" &&
      reach(callee).some((found) => found.sdk.id === sdk.id && found.entry?.is === "hoc" && found.rest.length === 0);
    return isMeant ? [place(m, call)] : [];
  });
}

/** The message may be made by a function of the props: `track((props) => ({ … }))`. */
function place(m: Module, call: CallFact): CallPlace {
  return {
    m,
    call,
    hands: (ev, env) => {
      const [message = UNKNOWN] = argumentsOf(ev, { m, x: call.x, env });
      return [message.k === "fn" ? invoke(ev, message, [UNKNOWN, UNKNOWN, UNKNOWN], env) : message];
    },
  };
}
