#!/usr/bin/env node
// Compiles contracts/ with the settings of foundry.toml and writes what the Java build takes, always the same bytes;
// with --check it compares with what is there, and writes nothing.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { program } from "./foundry.mjs";

const HOME = join(dirname(fileURLToPath(import.meta.url)), "..");
const RESULTS = join(HOME, "src/main/resources/org/sillok/besu/contracts");
const CONTRACTS = ["CheckpointRegistry", "ConsentRegistry", "HospitalRegistry"];
const RUNTIME_LIMIT = 24_576;
const solc = createRequire(import.meta.url)("solc");

function settings() {
  const config = JSON.parse(execFileSync(program("forge"), ["config", "--json"], { cwd: HOME }));
  return {
    evmVersion: config.evm_version,
    optimizer: { enabled: config.optimizer, runs: config.optimizer_runs },
    viaIR: config.via_ir,
    metadata: { bytecodeHash: config.bytecode_hash, appendCBOR: config.cbor_metadata },
    outputSelection: {
      "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode"], "": ["ast"] },
    },
  };
}

function compile(options) {
  const names = readdirSync(join(HOME, "contracts")).filter((name) => name.endsWith(".sol")).sort();
  const sources = Object.fromEntries(
    names.map((name) => [`contracts/${name}`, { content: read(`contracts/${name}`) }]),
  );
  const input = JSON.stringify({ language: "Solidity", sources, settings: options });
  const output = JSON.parse(solc.compile(input, { import: (path) => ({ contents: read(`node_modules/${path}`) }) }));
  const problems = output.errors ?? [];
  if (problems.length > 0) {
    throw new Error(problems.map((problem) => problem.formattedMessage).join("\n"));
  }
  return output;
}

function read(path) {
  return readFileSync(join(HOME, path), "utf8");
}

/** Variable names by their ids in the syntax trees, which differ from one compilation to the next. */
function variables(output) {
  const names = new Map();
  const walk = (node) => {
    if (node?.nodeType === "VariableDeclaration") {
      names.set(String(node.id), node.name);
    }
    if (node && typeof node === "object") {
      Object.values(node).forEach(walk);
    }
  };
  Object.values(output.sources).forEach((source) => walk(source.ast));
  return names;
}

function result(name, output, options, names) {
  const { abi, evm } = output.contracts[`contracts/${name}.sol`][name];
  const runtime = evm.deployedBytecode;
  if (runtime.object.length / 2 > RUNTIME_LIMIT) {
    throw new Error(`${name}: nodes take ${RUNTIME_LIMIT} bytes of code, got ${runtime.object.length / 2}`);
  }
  return {
    contract: name,
    compiler: solc.version(),
    evmVersion: options.evmVersion,
    abi: abi.map(sorted).sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    bytecode: `0x${evm.bytecode.object}`,
    deployedBytecode: `0x${runtime.object}`,
    immutableReferences: sorted(
      Object.fromEntries(
        Object.entries(runtime.immutableReferences).map(([id, places]) => [names.get(id), places]),
      ),
    ),
  };
}

function key(item) {
  return JSON.stringify([item.type, item.name ?? "", item.inputs]);
}

/** The same with members in alphabetical order, except that lists keep theirs. */
function sorted(value) {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
  }
  return value;
}

const check = process.argv.includes("--check");
const options = settings();
const output = compile(options);
const names = variables(output);
mkdirSync(RESULTS, { recursive: true });
for (const name of CONTRACTS) {
  const path = join(RESULTS, `${name}.json`);
  const text = `${JSON.stringify(result(name, output, options, names), null, 1)}\n`;
  if (!check) {
    writeFileSync(path, text);
  } else if (text !== readFileSync(path, "utf8")) {
    console.error(`${path} is not what the sources compile to: run \`npm run build\` in besu-dev and commit`);
    process.exitCode = 1;
  }
}
