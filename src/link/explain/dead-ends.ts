import type { AskedPlace, Statement } from "../../calls/explanation.ts";
import type { SdkStart, TrackingCall } from "../../calls/types.ts";
import { contains } from "../../diagnostics/range.ts";
import type { CallFact, ExprId } from "../../facts/types.ts";
import { nameRuleFails } from "../by-name.ts";
import { functionKey } from "../call-index.ts";
import { targetsOf } from "../call-targets.ts";
import { COMPONENT } from "../exports.ts";
import { paramText, spokenName } from "../function-name.ts";
import { isNetworkCall } from "../http-requests.ts";
import { memberOf } from "../member.ts";
import type { Module } from "../module.ts";
import { typeOfParam } from "../param-type.ts";
import { reach } from "../sdk-match.ts";
import { arrivalsOf } from "../trace.ts";
import { alternatives, type FunctionValue, type ParamValue, present, type Value } from "../value.ts";
import { callersOfWrapper, functionRange, placeKey } from "../wrappers.ts";
import { calleeText } from "./call-places.ts";
import { ofExternal } from "./externals.ts";
import type { LinkedWorld } from "./linked-world.ts";
import { whereUnknown } from "./unknowns.ts";

/** How many calls, callers and events are named. */
const SHOWN = 6;

/** Says of calls that don't track where the way from them ends. */
export class DeadEnds {
  readonly #linked: LinkedWorld;

  constructor(linked: LinkedWorld) {
    this.#linked = linked;
  }

  /** Why a call is not a tracking call. */
  ofCall(m: Module, call: CallFact): Statement[] {
    const expr = m.expr(call.x);
    if (expr.k !== "call" && expr.k !== "new") return [];
    const { ev, searched, inventory } = this.#linked;
    const [target] = searched.includes(m) ? [] : targetsOf(ev, m, call, undefined);
    if (target !== undefined) {
      const { sdk, methods } = target.match;
      return [
        { text: `it calls \`${methods[0]?.name ?? "?"}\` of ${sdk.vendorName}: searched, it would be in the list` },
      ];
    }
    const at = placeKey(m.rangeOf(call.x));
    const start = inventory.starts.find((one) => placeKey(one.at) === at);
    if (start !== undefined) return [startStatement(start)];
    const callee = present(ev.value(m, expr.f));
    if (m.expr(expr.f).k === "super") return alternatives(callee).map((value) => this.#ofParent(value, m, call));
    const reasons = alternatives(callee).map((value) => this.#ofValue(value, m, expr.f, 0, call));
    const isOpen = alternatives(callee).every((value) => !["fn", "cls", "inst"].includes(value.k));
    const isSdk = alternatives(callee).some((value) => value.k === "ext" && reach(value).length > 0);
    const byName = isOpen && !isSdk && expr.k === "call" ? nameRuleFails(ev, m, call.x) : undefined;
    if (byName !== undefined) reasons.push({ text: `it is not told by its name either: ${byName}` });
    if (isOpen && isNetworkCall(m, call.x)) reasons.push({ text: REQUEST });
    const fromPackage = alternatives(callee).some((value) => value.k === "ext" && value.pkg !== undefined);
    if (isOpen && !isSdk && (fromPackage || callee.k === "unknown")) reasons.push({ text: IF_IT_TRACKS });
    return reasons;
  }

  /** Wrappers that a line declares by a call: `const track = useCallback((name) => …)`. */
  wrappersOn(m: Module, { line }: AskedPlace): Statement[] {
    return m.facts.functions.flatMap((fn, id) => {
      const isHere = m.range(fn.nameAt, fn.nameAt).line === line;
      const isWrapper = this.#linked.traced.wrappers.has(functionKey(m, id));
      return isHere && isWrapper ? [this.#ofFunction({ k: "fn", m, fn: id }, 0)] : [];
    });
  }

  /** What a line without a call has. */
  ofLine(m: Module, { line }: AskedPlace): Statement[] {
    const declared = m.facts.functions.flatMap((fn, id) =>
      fn.name !== "" && m.range(fn.nameAt, fn.nameAt).line === line ? [id] : [],
    );
    if (declared.length > 0) return declared.map((fn) => this.#ofFunction({ k: "fn", m, fn }, 0));
    const text = m.source.lineAt(line).trim();
    if (text === "") return [{ text: "the line is empty" }];
    if (/^(?:\/\/|\/\*|\*|<!--|\{\/\*)/.test(text)) return [{ text: "the line is a comment" }];
    return [{ text: "there is no call on the line" }];
  }

  #ofValue(value: Value, m: Module, x: ExprId, depth: number, call?: CallFact): Statement {
    const written = m.textOf(x, 60);
    switch (value.k) {
      case "fn":
        return this.#ofFunction(value, depth, call && { m, call });
      case "cls":
        return this.#ofClass(value, depth);
      case "ext":
        return ofExternal(this.#linked, value, written, m.rangeOf(x), depth > 0);
      case "param":
        return this.#ofParam(value, depth);
      case "iface": {
        const binding = value.m.facts.bindings[value.b];
        const at = binding && value.m.range(binding.s, binding.e);
        return {
          text: `\`${written}\` is only known as \`${binding?.name ?? "a type"}\`, of which no implementation was found that tracks`,
          ...(at && { at }),
        };
      }
      case "typed":
        return { text: `of \`${written}\` only a type is known, not the function behind it`, at: m.rangeOf(x) };
      case "unknown":
      case "undef":
        return whereUnknown(this.#linked, m, x);
      default:
        return { text: `\`${written}\` is ${nounOf(value)}, and no function that is known`, at: m.rangeOf(x) };
    }
  }

  #ofFunction(target: FunctionValue, depth: number, from?: { readonly m: Module; readonly call: CallFact }): Statement {
    const { m, fn } = target;
    const name = `\`${spokenName(m, fn)}\``;
    const at = functionRange(m, fn);
    const wrapper = this.#linked.traced.wrappers.get(functionKey(m, fn));
    if (wrapper !== undefined) return { text: this.#ofWrapper(name, target, from), at };
    const fact = m.facts.functions[fn];
    if (fn === COMPONENT || fact === undefined) return { text: `${name} is a component`, at };
    if (!fact.body) return { text: `${name} is declared without a body`, at };
    const body = m.range(fact.s, fact.e);
    const sent = this.#linked.inventory.calls.filter((call) => contains(body, call.at));
    if (sent.length > 0)
      return {
        text: `${name} tracks by itself: ${sent.every(({ dynamic }) => dynamic) ? SITE_UNNAMED : SITE_INSIDE}`,
        at,
        because: sent.slice(0, SHOWN).map(sentence),
      };
    if (depth > 0) return { text: `${name}, which sends nothing itself`, at };
    const calls = this.#byInterest(m, callsIn(m, fn));
    if (calls.length === 0) return { text: `${name} sends nothing and calls nothing`, at };
    const rest = calls.length - SHOWN;
    const because = calls.slice(0, SHOWN).map((call) => this.#inner(m, call, depth + 1));
    if (rest > 0) because.push({ text: `${rest} more ${rest === 1 ? "call" : "calls"}` });
    return { text: `${name} sends nothing itself; it calls:`, at, because };
  }

  /** Code of the repository first, then packages, then what the language has; the order of the text else. */
  #byInterest(m: Module, calls: readonly CallFact[]): CallFact[] {
    const rank = ({ x }: CallFact): number => {
      const expr = m.expr(x);
      if (expr.k !== "call" && expr.k !== "new") return 2;
      const [value] = alternatives(present(this.#linked.ev.value(m, expr.f)));
      if (value?.k === "fn" || value?.k === "cls" || isNetworkCall(m, x)) return 0;
      return value?.k === "param" || (value?.k === "ext" && value.pkg !== undefined) ? 1 : 2;
    };
    return calls
      .map((call) => ({ call, rank: rank(call) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ call }) => call);
  }

  /** A wrapper by itself, or one that is called here, and still the call doesn't track. */
  #ofWrapper(name: string, { m, fn }: FunctionValue, from?: { readonly m: Module; readonly call: CallFact }): string {
    if (from === undefined) {
      const count = callersOfWrapper(this.#linked.inventory, m, fn).length;
      const calls = count === 0 ? "no call of it was found" : `${count} ${count === 1 ? "call" : "calls"} of it`;
      return `${name} is a wrapper: ${calls}, see \`scan --wrappers\``;
    }
    const inside = this.#linked.traced.wrappers.get(functionKey(m, fn))?.inside ?? [];
    const enters = { m, fn };
    const reach = inside.flatMap(({ route }) =>
      arrivalsOf(this.#linked.ev, { legs: [{ ...from, enters }, ...route.legs] }),
    );
    if (reach.length === 0) return `${name} is a wrapper, but with these arguments no SDK call inside it is reached`;
    return `${name} is a wrapper, but the file was not searched, so its calls are not in the list`;
  }

  #inner(m: Module, call: CallFact, depth: number): Statement {
    const expr = m.expr(call.x);
    const at = m.rangeOf(call.x);
    const callee = `\`${calleeText(m, call)}\``;
    if (expr.k !== "call" && expr.k !== "new") return { text: callee, at };
    if (isNetworkCall(m, call.x)) return { text: `${callee}: a request, which is none to an address of analytics`, at };
    const [value] = alternatives(present(this.#linked.ev.value(m, expr.f)));
    if (value === undefined) return { text: callee, at };
    const { text, because } = this.#ofValue(value, m, expr.f, depth);
    return { text: text.startsWith(callee) ? text : `${callee}: ${text}`, at, ...(because && { because }) };
  }

  #ofClass({ m, c }: Value & { k: "cls" }, depth: number): Statement {
    const cls = m.facts.classes[c];
    const at = cls && m.range(cls.s, cls.s + 1);
    const name = `\`${cls?.name || "(class)"}\``;
    if (cls?.ctor !== undefined && depth === 0) {
      const inner = this.#ofFunction({ k: "fn", m, fn: cls.ctor }, depth);
      return { text: `it makes an object of the class ${name}`, ...(at && { at }), because: [inner] };
    }
    return { text: `it makes an object of the class ${name}, which sends nothing`, ...(at && { at }) };
  }

  /** `super(…)`: the constructor of the parent. */
  #ofParent(value: Value, m: Module, call: CallFact): Statement {
    if (value.k !== "inst" && value.k !== "cls") {
      return { text: "it calls the constructor of a class that is not of this repository", at: m.rangeOf(call.x) };
    }
    const cls = value.m.facts.classes[value.c];
    if (cls?.ctor === undefined) return { text: `\`${cls?.name ?? "the parent"}\` has no constructor of its own` };
    return this.#ofFunction({ k: "fn", m: value.m, fn: cls.ctor }, 0, { m, call });
  }

  /** What callers pass. */
  #ofParam(param: ParamValue, depth: number): Statement {
    const { ev, index } = this.#linked;
    const { m, fn } = param;
    const at = functionRange(m, fn);
    if (depth > 0) return { text: shortOfParam(param), at };
    const head = `it is what \`${spokenName(m, fn)}\` gets as \`${paramText(param)}\``;
    const props = index.propsOf(functionKey(m, fn));
    const callers = index.callersOf(functionKey(m, fn));
    const passed: Statement[] = [];
    for (const caller of callers.slice(0, SHOWN)) {
      const expr = caller.m.expr(caller.call.x);
      const x = expr.k === "call" || expr.k === "new" ? expr.a[param.index] : undefined;
      if (x === undefined) continue;
      const value = param.path.reduce((whole, key) => memberOf(ev, whole, key), ev.value(caller.m, x));
      const [option] = alternatives(present(value));
      const ends = option === undefined ? [] : [this.#ofValue(option, caller.m, x, depth + 1)];
      passed.push({ text: `\`${caller.m.textOf(x, 60)}\` is passed here`, at: caller.m.rangeOf(x), because: ends });
    }
    if (passed.length > 0) return { text: head, at, because: passed };
    if (props !== undefined) return { text: `${head}, a prop for which no usage passes a tracker`, at };
    const whole = typeOfParam(ev, { ...param, path: [] });
    const declared = present(param.path.reduce((value, key) => memberOf(ev, value, key), whole));
    const known = alternatives(declared).find((value) => value.k === "fn");
    if (known?.k === "fn") return this.#ofFunction(known, depth);
    const taker = takerOf(param);
    if (taker !== undefined) return { text: `${head} from \`${taker}\`, whose code is not followed there`, at };
    const isKnown = whole.k === "iface" || whole.k === "inst";
    const typed = isKnown ? ", and its declared type leads to nothing that tracks" : "";
    return { text: `${head}, and no call that passes it was found in the files that were searched${typed}`, at };
  }
}

const REQUEST =
  "a request counts only where it goes to a collector, an address of analytics, or code here that tracks it, and its message names an event";
const IF_IT_TRACKS = "if it tracks, describe it under `wrappers` in the plan";
const SITE_INSIDE = "that call is the site, and the calls of the function are not, since they don't say what is sent";
const SITE_UNNAMED = "that call is the site, since its name is not just a parameter that is passed on";

function shortOfParam(param: ParamValue): string {
  const taker = takerOf(param);
  return taker === undefined ? "of what callers pass" : `of what \`${taker}\` passes to its callback`;
}

/** What a callback is handed to, but for React's own functions, which only keep it. */
function takerOf({ m, fn }: ParamValue): string | undefined {
  const { argOf } = m.facts.functions[fn] ?? {};
  const call = argOf && m.expr(argOf.call);
  const taker = call?.k === "call" ? m.textOf(call.f, 60) : undefined;
  return taker !== undefined && /\b(?:useCallback|useMemo|memo|forwardRef)$/.test(taker) ? undefined : taker;
}

export function startStatement({ sdk, how, at }: SdkStart): Statement {
  return { text: `it starts \`${sdk}\` (${how}): that sends no event of the code's own`, at };
}

function sentence(call: TrackingCall): Statement {
  const names = call.events.map(({ value }) => `\`${value}\``).slice(0, 3);
  const what = names.length > 0 ? names.join(", ") : call.eventText === undefined ? "" : `\`${call.eventText}\``;
  return { text: `${call.role === "forwarder" ? "passes on" : "sends"} ${call.kind} ${what}`.trim(), at: call.at };
}

/** The calls in a function's own body and in its callbacks, each callee once. */
function callsIn(m: Module, fn: number): CallFact[] {
  const isInside = (id: number): boolean => {
    for (let at = id; at >= 0; at = m.facts.functions[at]?.parent ?? -1) if (at === fn) return true;
    return false;
  };
  const byCallee = new Map(
    m.facts.calls
      .filter((call) => isInside(call.fn) && !waits(m, call))
      .map((call) => [calleeText(m, call), call] as const),
  );
  return [...byCallee.values()];
}

/** `.then(…)` and its like: of the call before it. */
function waits(m: Module, { x }: CallFact): boolean {
  const expr = m.expr(x);
  const callee = expr.k === "call" ? m.expr(expr.f) : undefined;
  return callee?.k === "mem" && /^(?:then|catch|finally)$/.test(callee.n);
}

function nounOf(value: Value): string {
  switch (value.k) {
    case "lit":
      return `the value \`${String(value.v)}\``;
    case "inst":
      return `an object of the class \`${value.m.facts.classes[value.c]?.name || "(class)"}\``;
    case "list":
      return "a list";
    case "tpl":
      return "a text";
    default:
      return "an object";
  }
}
