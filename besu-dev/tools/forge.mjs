#!/usr/bin/env node
// Runs forge in besu-dev and ends as it ends.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { program } from "./foundry.mjs";

const cwd = join(dirname(fileURLToPath(import.meta.url)), "..");
process.exitCode = spawnSync(program("forge"), process.argv.slice(2), { cwd, stdio: "inherit" }).status ?? 1;
