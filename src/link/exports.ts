import type { Evaluator } from "./evaluator.ts";
import { memberOf } from "./member.ts";
import type { Module } from "./module.ts";
import { type Field, objectOf, UNDEFINED, UNKNOWN, unionOf, type Value } from "./value.ts";

/** Stands for the function that a single-file component is. */
export const COMPONENT = -1;

/** What a module exports under a name; `*` and `=` are the whole of it. Follows re-exports, `export *` and CommonJS. */
export function exportOf(ev: Evaluator, m: Module, name: string): Value {
  if (name === "*") return { k: "ns", m };
  if (name === "default" && m.facts.component) return { k: "fn", m, fn: COMPONENT };
  return ev.remember("export", m, name, () => find(ev, m, name));
}

function find(ev: Evaluator, m: Module, name: string): Value {
  for (const fact of m.facts.exports) {
    if ("star" in fact || fact.n !== name) continue;
    if ("b" in fact) {
      if (m.facts.bindings[fact.b]?.kind === "type") continue;
      return ev.binding(m, fact.b);
    }
    if ("x" in fact) return ev.value(m, fact.x);
    return ev.imported(m, m.facts.imports[fact.import]?.specifier ?? "", fact.imported);
  }
  const common = commonJs(ev, m);
  if (common) return name === "=" || name === "default" ? common : memberOf(ev, common, name);
  if (name === "=") return { k: "ns", m };
  const starred = name === "default" ? undefined : fromStars(ev, m, name);
  if (starred) return starred;
  // A component file has its component as the default export, which is nothing to follow.
  return m.facts.exports.length === 0 && name === "default" ? UNKNOWN : UNDEFINED;
}

/** A name that `export * from "…"` brings: of the file that has it, else of the packages, which can't be asked. */
function fromStars(ev: Evaluator, m: Module, name: string): Value | undefined {
  const ofPackages: Value[] = [];
  for (const fact of m.facts.exports) {
    if (!("star" in fact)) continue;
    const specifier = m.facts.imports[fact.star]?.specifier ?? "";
    if (!ev.world.mayExport(specifier, m, name)) continue;
    const target = ev.target(m, specifier, name);
    if (target === undefined) continue;
    const value = ev.imported(m, specifier, name);
    if (target.kind === "package") ofPackages.push(value);
    else if (value.k !== "undef" && value.k !== "unknown") return value;
  }
  return ofPackages.length > 0 ? unionOf(ofPackages) : undefined;
}

/** `module.exports = …`, `export = …`, `exports.x = …`; undefined where the module has none of them. */
function commonJs(ev: Evaluator, m: Module): Value | undefined {
  const equals = m.facts.exports.find((fact) => "x" in fact && fact.n === "=");
  let whole = equals && "x" in equals ? ev.value(m, equals.x) : undefined;
  const fields: Field[] = [];
  for (const write of m.facts.memberWrites) {
    if (write.o < 0) continue;
    const target = m.expr(write.o);
    const at = { m, s: write.pos, e: write.pos };
    if (target.k === "glob" && target.n === "module" && write.n === "exports") whole = ev.value(m, write.x);
    else if (target.k === "glob" && target.n === "exports") fields.push({ n: write.n, v: ev.value(m, write.x), at });
    else if (target.k === "mem" && target.n === "exports") {
      const root = m.expr(target.o);
      if (root.k === "glob" && root.n === "module") fields.push({ n: write.n, v: ev.value(m, write.x), at });
    }
  }
  if (whole === undefined) return fields.length > 0 ? objectOf(fields) : undefined;
  return whole.k === "obj" && fields.length > 0 ? objectOf([...whole.entries, ...fields]) : whole;
}
