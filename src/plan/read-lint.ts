import type { LintSection, RuleSetting } from "./model.ts";
import {
  childOf,
  type Entry,
  entriesOf,
  itemsOf,
  type PlanNode,
  plainOf,
  rangeOf,
  textNodesOf,
  textsOf,
  wordOf,
} from "./node.ts";

const settings = ["off", "warn", "error"] as const satisfies readonly RuleSetting[];

/** The `lint:` section. Rule ids, presets and options are judged where the rules are known. */
export function readLint(entry: Entry | undefined): LintSection {
  const node = entry?.value;
  return {
    extends: textNodesOf(childOf(node, "extends")).map((preset) => ({ name: preset.value, at: rangeOf(preset) })),
    include: textsOf(childOf(node, "include")),
    exclude: textsOf(childOf(node, "exclude")),
    rules: readRules(childOf(node, "rules")),
    overrides: itemsOf(childOf(node, "overrides")).map((item) => ({
      paths: textsOf(childOf(item, "paths")),
      rules: readRules(childOf(item, "rules")),
    })),
    plugins: textNodesOf(childOf(node, "plugins")).map((plugin) => ({
      specifier: plugin.value,
      at: rangeOf(plugin),
    })),
  };
}

function readRules(node: PlanNode | undefined): LintSection["rules"] {
  return new Map(
    entriesOf(node).flatMap(({ name, key, value }) => {
      const [severityNode, optionsNode] = value.kind === "list" ? value.items : [value];
      const severity = wordOf(severityNode, settings);
      if (severity === undefined) return [];
      const options = optionsNode === undefined ? {} : { options: plainOf(optionsNode) };
      return [[name, { severity, ...options, at: rangeOf(key) }] as const];
    }),
  );
}
