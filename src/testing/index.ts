/** For authors of rules: projects in memory that a rule is tried on, and an inventory made by hand. */
export { inventory, payload, place, toValue, trackingCall, typed, union, unknown } from "./inventory-builder.ts";
export { type Example, readExamples } from "./page.ts";
export { type RuleCases, type TestFunction, testRule } from "./test-rule.ts";
export { tryRule } from "./try-rule.ts";
