#!/usr/bin/env node
// What forge takes for the native compiler: the pinned one from npm, which needs no download of its own.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const solc = createRequire(import.meta.url)("solc");

if (process.argv.includes("--version")) {
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}`);
} else if (process.argv.includes("--standard-json")) {
  process.stdout.write(solc.compile(readFileSync(0, "utf8")));
} else {
  console.error(`solc.mjs knows --version and --standard-json, got ${process.argv.slice(2).join(" ")}`);
  process.exitCode = 2;
}
