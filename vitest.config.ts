import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Not the tests of the code in fixtures/.
    dir: "test",
    // The first test of a file may have to load the TypeScript compiler, on a machine that is busy; and the tests of
    // hooks make several commits, each with a program that starts programs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
