#!/usr/bin/env node
import module from "node:module";
import process from "node:process";

// Node 22 keeps compiled code between runs.
module.enableCompileCache?.();
const { nodeIo, runCli } = await import("../dist/cli.js");
process.exitCode = await runCli(process.argv.slice(2), nodeIo());
