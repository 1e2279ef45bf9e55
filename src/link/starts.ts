import type { SdkStart } from "../calls/types.ts";
import { compareRanges } from "../diagnostics/range.ts";
import type { Discovery } from "../discover/types.ts";
import type { ExprId } from "../facts/types.ts";
import type { RolePlace, Sdk, SdkStartForm } from "../sdks/sdk.ts";
import { ownerOf } from "./call-graph.ts";
import type { CallIndex } from "./call-index.ts";
import { argumentsOf } from "./call-result.ts";
import { guardsOf } from "./conditions.ts";
import { propsOf } from "./elements.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { type Arguments, holds, roleValue } from "./roles.ts";
import { reach } from "./sdk-match.ts";
import { creationGuards } from "./site-guards.ts";
import { toPayload } from "./static-value.ts";
import { Tenants } from "./tenants.ts";
import { alternatives, type External, present } from "./value.ts";
import { expressionAt } from "./written-at.ts";

/**
 * Where SDKs are started: constructors, factories, init calls, components. Sorted by place.
 *
 * @param among evaluates callees without reading further files, `ev` the arguments of what was found
 */
export function findStarts(
  among: Evaluator,
  ev: Evaluator,
  index: CallIndex,
  modules: readonly Module[],
  sourceOf: Discovery["sourceOf"],
): SdkStart[] {
  const starts: SdkStart[] = [];
  for (const m of modules) {
    for (const call of m.facts.calls) {
      const expr = m.expr(call.x);
      if (expr.k !== "call" && expr.k !== "new") continue;
      for (const callee of alternatives(present(among.value(m, expr.f)))) {
        if (callee.k !== "ext") continue;
        const forms = formsOf(callee, expr.k === "new");
        if (forms.length === 0) continue;
        const ref = { m, x: call.x, env: undefined };
        const args: Arguments = { values: argumentsOf(ev, ref), steps: callee.steps, ref };
        const found = forms.find((form) => fits(ev, form, args));
        if (found === undefined) continue;
        starts.push(
          describe(
            ev,
            index,
            m,
            found,
            args,
            { ctx: call.ctx, fn: call.fn, x: call.x, at: m.rangeOf(call.x) },
            sourceOf,
          ),
        );
      }
    }
    starts.push(...mounted(among, ev, index, m, sourceOf));
  }
  return starts.sort((a, b) => compareRanges(a.at, b.at) || (a.sdk < b.sdk ? -1 : 1));
}

interface Found {
  readonly sdk: Sdk;
  readonly form: SdkStartForm;
  /** The first argument names the start. */
  readonly command?: true;
}

/** The ways of starting an SDK that a call of this callee may be. */
function formsOf(callee: External, created: boolean): Found[] {
  return reach(callee).flatMap(({ sdk, as, entry, rest }) => {
    const names = as === "symbol" ? [entry?.symbol, ...rest] : rest;
    const name = names.join(".");
    // `gtag("config", …)`, `fbq("init", …)`: the global itself is called.
    const isGlobal = callee.pkg === undefined && rest.length === 0 && callee.steps.length === 1;
    const isModule = callee.pkg !== undefined && name !== "" && callee.steps.every((step) => typeof step === "string");
    const commands = isGlobal && sdk.globals.some((g) => g.name === callee.steps[0] && g.commands === "call");
    return sdk.starts.flatMap((form): Found[] => {
      if (form.how === "component" || (form.how === "constructor") !== created) return [];
      if (form.how === "init" && commands) return [{ sdk, form, command: true }];
      if (form.how === "init" && isGlobal) return form.name === callee.steps[0] ? [{ sdk, form }] : [];
      // A factory that hangs on the module: `Mixpanel.init`.
      const isMember = isModule && form.how === "factory" && as === "instance" && form.name.endsWith(`.${name}`);
      return name === form.name || isMember ? [{ sdk, form }] : [];
    });
  });
}

/** Whether the arguments are those of the start: those that the form asks for, and the command that names it. */
function fits(ev: Evaluator, { form, command }: Found, args: Arguments): boolean {
  const [first] = args.values;
  if (command && !(first?.k === "lit" && first.v === form.name)) return false;
  return (form.when ?? []).every((clause) => holds(ev, clause, args));
}

function describe(
  ev: Evaluator,
  index: CallIndex,
  m: Module,
  { sdk, form, command }: Found,
  all: Arguments,
  place: { readonly ctx: number; readonly fn: number; readonly x: number; readonly at: SdkStart["at"] },
  sourceOf: Discovery["sourceOf"],
): SdkStart {
  const args = command ? { ...all, values: all.values.slice(1) } : all;
  const source = sourceOf(m.path);
  const options = (form.options ?? [])
    .map((option) => roleValue(ev, sdk, option, args))
    .find((value) => value !== undefined && alternatives(value).some((v) => v.k === "obj"));
  const owner = ownerOf(m, place.fn);
  const key = form.key && keyAt(m, form.key, all, command === true);
  return {
    sdk: sdk.id,
    vendor: sdk.vendor,
    family: sdk.family,
    platform: sdk.platform === "both" ? source.platform : sdk.platform,
    source: source.name,
    at: place.at,
    how: form.how,
    guards: [...guardsOf(ev, m, place.ctx, undefined), ...creationGuards(ev, index, m, place.fn, place.x)],
    options: toPayload(ev, options),
    ...(key !== undefined && new Tenants(ev, index).isCustomers(m, key) && { tenant: true }),
    ...(owner !== undefined && { enclosing: owner }),
  };
}

/** The expression that gives the key: an argument, or a prop of the component. */
function keyAt(m: Module, { arg, path }: RolePlace, { ref }: Arguments, isCommand: boolean): ExprId | undefined {
  const element = m.facts.elements.find(({ tag }) => tag === ref.x);
  if (element === undefined) return expressionAt(m, ref.x, arg + (isCommand ? 1 : 0), path);
  const attribute = element.attributes.find((a) => a.k === "prop" && a.n === path);
  return attribute?.k === "prop" ? attribute.v : undefined;
}

/** `<PostHogProvider apiKey=…>`, `<GoogleAnalytics gaId=…>`. */
function mounted(
  among: Evaluator,
  ev: Evaluator,
  index: CallIndex,
  m: Module,
  sourceOf: Discovery["sourceOf"],
): SdkStart[] {
  return m.facts.elements.flatMap((element) => {
    if (element.tag === undefined) return [];
    const tag = among.value(m, element.tag);
    if (tag.k !== "ext") return [];
    for (const { sdk, as, entry, rest } of reach(tag)) {
      if (as !== "symbol" || rest.length > 0) continue;
      const forms = sdk.starts.filter(({ how, name }) => how === "component" && name === entry?.symbol);
      if (forms.length === 0) continue;
      const props = propsOf(ev, m, element);
      const args: Arguments = { values: [props], steps: tag.steps, ref: { m, x: element.tag, env: undefined } };
      const form = forms.find(({ when = [] }) => when.every((clause) => holds(ev, clause, args)));
      if (form === undefined) continue;
      // The opening tag stands for the component, not everything inside it.
      const at = m.range(element.s, m.facts.ends[element.tag] ?? element.e);
      return [
        describe(ev, index, m, { sdk, form }, args, { ctx: element.ctx, fn: element.fn, x: element.tag, at }, sourceOf),
      ];
    }
    return [];
  });
}
