import type { ClassId } from "../facts/types.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Module } from "./module.ts";
import { typeOfParam } from "./param-type.ts";
import { alternatives, type External, type Value } from "./value.ts";

/** Everything that the browser dispatches events at: what bubbles reaches the document. */
export const DOM: Emitter = { kinds: ["dom"] };

/** What tells emitters apart. */
export interface Emitter {
  /** Where it is made; undefined where only its type is known. */
  readonly made?: string;
  /** Names of its class and of those that it extends. */
  readonly kinds: readonly string[];
  /** The file of the repository that makes it, or its class. */
  readonly home?: string;
}

/** How many classes may inherit from each other. */
const MAX_PARENTS = 8;

/** The emitters that a value may be. */
export function emittersOf(ev: Evaluator, value: Value): Emitter[] {
  return alternatives(value).flatMap((option) => {
    switch (option.k) {
      case "ext":
        return emitterOfPackage(option);
      case "inst":
        return [{ kinds: kindsOf(ev, option.m, option.c), home: option.m.path }];
      case "cls":
        return [{ kinds: kindsOf(ev, option.m, option.c), home: option.m.path }];
      case "obj":
        return option.at ? [{ kinds: [`${option.at.m.path}:${option.at.s}`], home: option.at.m.path }] : [];
      case "ns":
        return [{ kinds: [option.m.path], home: option.m.path }];
      case "fn":
        // `emit` and `on` are functions of one file.
        return [{ kinds: [option.m.path], home: option.m.path }];
      case "iface":
        return [{ kinds: [`${option.m.path}:${option.b}`] }];
      case "param": {
        const type = typeOfParam(ev, option);
        return type.k === "param" ? [] : emittersOf(ev, type);
      }
      default:
        return [];
    }
  });
}

/** Whether two may be the same: made at one place, or, where that isn't known of both, of one class. */
export function isSameEmitter(a: Emitter, b: Emitter): boolean {
  if (a.made !== undefined && b.made !== undefined) return a.made === b.made;
  return a.kinds.some((kind) => b.kinds.includes(kind));
}

/** `new EventEmitter()`, `mitt()`, an injected `EventEmitter2`, what a package exports. */
function emitterOfPackage({ pkg, steps }: External): Emitter[] {
  const maker = steps.findIndex((step) => typeof step !== "string");
  const names = (maker < 0 ? steps : steps.slice(0, maker)).filter((step) => step !== "default");
  const name = names.at(-1);
  const kind = typeof name === "string" ? name : pkg;
  if (kind === undefined) return [];
  const step = steps[maker];
  const call = typeof step === "object" ? step.call : undefined;
  return [{ kinds: [kind], ...(call && { made: `${call.m.path}:${call.x}`, home: call.m.path }) }];
}

function kindsOf(ev: Evaluator, m: Module, c: ClassId): string[] {
  const kinds: string[] = [];
  let cls: Value = { k: "cls", m, c };
  for (let depth = 0; cls.k === "cls" && depth < MAX_PARENTS; depth += 1) {
    kinds.push(`${cls.m.path}@${cls.c}`);
    cls = ev.parentOf(cls.m, cls.c);
  }
  return kinds;
}
