#!/usr/bin/env node
// Installs exactly what package-lock.json says, unless it is there already: whoever runs a chain from here keeps it.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { program } from "./foundry.mjs";

const HOME = join(dirname(fileURLToPath(import.meta.url)), "..");
const BIN = join(HOME, "node_modules/.bin");
const INSTALLED = join(HOME, "node_modules/.sillok-lock.json");
const lock = readFileSync(join(HOME, "package-lock.json"), "utf8");

if (!existsSync(INSTALLED) || readFileSync(INSTALLED, "utf8") !== lock) {
  // The packages' install scripts only fetch what npm has fetched already.
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: HOME,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (process.platform !== "win32") {
    for (const name of ["anvil", "forge"]) {
      rmSync(join(BIN, name));
      symlinkSync(relative(BIN, program(name)), join(BIN, name));
    }
  }
  writeFileSync(INSTALLED, lock);
}
