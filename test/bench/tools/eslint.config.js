// One rule that looks at one kind of node: what is left is parsing and walking.
import parser from "@typescript-eslint/parser";

export default [
  {
    files: ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"],
    languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
    linterOptions: { reportUnusedDisableDirectives: "off", noInlineConfig: true },
    rules: { "no-debugger": "error" },
  },
];
